import type { Action } from '../../../app/actions.js';
import { eventsOf, textOf } from '../../../app/texts.js';
import { looksAt } from '../../../domain/exit-case/card-opening.js';
import { formatInstant } from '../../../domain/kernel/time.js';
import { authorityName } from '../../../domain/reference/authorities.js';
import { Badge } from '../../ui/badge.js';
import { Section } from '../../ui/layout.js';
import { ActLinks, Typed } from './act-links.js';
import { type CaseCall, nameOf } from './case-page.js';

/** Who opened the safety card from outside of the circle, when, and the threat he gave as his reason: it lies with the card, and who reads that reads it (FM-CNF-10). */
export const OpeningWords = ({ on, opening }: { readonly on: CaseCall; readonly opening: unknown }) => {
  const opened = eventsOf(on.opened, 'CardOpened').find(({ event }) => event.opening === opening);
  if (opened === undefined) return null;
  const authority = on.staff.get(opened.actor)?.authority;
  return (
    <>
      <p>{`${nameOf(on, opened.actor)}${authority === undefined ? '' : `, ${authorityName(authority)},`} åbnede sikkerhedskortet ${formatInstant(opened.at)}.`}</p>
      <Typed label="Grunden" text={textOf(on.opened, opened.version, 'reason')} />
    </>
  );
};

/** The emergency openings of the case, newest first, with what was said to come of them; no section while there are none. */
export const CardOpenings = ({ on, actions }: { readonly on: CaseCall; readonly actions: readonly Action[] }) => {
  const { state, actor } = on.opened;
  const noted = eventsOf(on.opened, 'CardOpeningNoted');
  return state.cardOpenings.length === 0 ? null : (
    <Section id="noedopslag" title="Nødopslag">
      {state.cardOpenings.toReversed().map((one) => {
        const seen = noted.find(({ event }) => event.opening === one.id);
        return (
          <article class="entry" key={one.id}>
            <OpeningWords on={on} opening={one.id} />
            {seen === undefined
              ? looksAt(state, actor.user, one)
                ? <ActLinks caseId={on.opened.id} actions={actions} names={['safetyCard.noteOpening']} choice={{ opening: one.id }} primary />
                : <Badge kind="waiting">Ikke set endnu</Badge>
              : <p class="muted">{`Set ${formatInstant(seen.at)} af ${nameOf(on, seen.actor)}.`}</p>}
            {seen !== undefined && <Typed label="Hvad kom der ud af det" text={textOf(on.opened, seen.version, 'note')} />}
          </article>
        );
      })}
    </Section>
  );
};
