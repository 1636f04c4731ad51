import { eventsOf, textOf } from '../../../app/texts.js';
import type { HearingSubject } from '../../../domain/exit-case/hearing.js';
import { formatDate } from '../../../domain/kernel/time.js';
import { Typed } from './act-links.js';
import type { CaseCall } from './case-page.js';

/** A hearing is shared with the whole unit; a reader to whom it was not is told so. */
const NOT_MINE = 'Du er ikke blandt dem, den er delt med.';

/** What the candidate was heard about and what he answered: to be read where the decision is taken, and afterwards (FM-LAW-1, FM-DEC-5). */
export const Hearings = ({ on: { opened }, about }: { readonly on: CaseCall; readonly about: HearingSubject }) => {
  const answers = eventsOf(opened, 'HearingAnswered');
  return (
    <>
      {eventsOf(opened, 'HearingSent').filter(({ event }) => event.about === about).map(({ event, version }) => {
        const answer = answers.findLast((one) => one.event.hearing === event.hearing);
        const { deadline } = event;
        return (
          <article class="entry" key={event.hearing}>
            <h3>{deadline === undefined ? `Partshøring undladt ${formatDate(event.on)}` : `Partshøring ${formatDate(event.on)}, svarfrist ${formatDate(deadline)}`}</h3>
            <Typed {...(deadline === undefined ? {} : { label: 'Kandidaten er hørt om' })} text={textOf(opened, version, deadline === undefined ? 'exception' : 'facts') ?? NOT_MINE} />
            {answer && <Typed label={`Kandidatens svar ${formatDate(answer.event.on)}`} text={textOf(opened, answer.version, 'answer') ?? NOT_MINE} />}
            {deadline !== undefined && !answer && <p class="muted">Kandidaten har ikke svaret endnu.</p>}
          </article>
        );
      })}
    </>
  );
};
