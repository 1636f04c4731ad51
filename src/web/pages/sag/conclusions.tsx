import { eventsOf, textOf } from '../../../app/texts.js';
import { seatsOf, seatsToSpeak } from '../../../domain/exit-case/circle.js';
import { type Conclusion, mayReadConclusion } from '../../../domain/exit-case/conclusion.js';
import { MOTIVATIONS, NEEDS, SUITABILITIES } from '../../../domain/exit-case/conclusion-form.js';
import { tasksOf } from '../../../domain/exit-case/follows.js';
import { conclusionOf, holderOf, verdict, votingSeats } from '../../../domain/exit-case/vote.js';
import { copenhagenDate, dueInWords, formatDate } from '../../../domain/kernel/time.js';
import { authorityName } from '../../../domain/reference/authorities.js';
import { paths } from '../../paths.js';
import { Alert } from '../../ui/alert.js';
import { Badge } from '../../ui/badge.js';
import { LinkButton } from '../../ui/buttons.js';
import { Icon } from '../../ui/icon.js';
import { Section } from '../../ui/layout.js';
import { verbOf } from '../command-words.js';
import { Typed } from './act-links.js';
import { type CaseCall, nameOf } from './case-page.js';
import { pageActions } from './subjects.js';

/** What a value chosen in a form is called. */
export const labelOf = (options: readonly { readonly value: string; readonly label: string }[], value: string): string => options.find((one) => one.value === value)?.label ?? value;

/** One column an authority, the reader's own first: given and readable, given and sealed, or not given. */
export const Three = ({ on }: { readonly on: CaseCall }) => {
  const { opened, call } = on;
  const { state, actor } = opened;
  const today = copenhagenDate(call.now);
  const [mine] = seatsOf(state, actor.user);
  const seats = seatsToSpeak(state);
  const maySubmit = pageActions(opened, call.now).some(({ name, possible }) => name === 'assessment.submit' && possible);
  return (
    <Section id="vurderinger" title={seats.length === 1 ? 'Vurderingen' : 'De tre vurderinger'}>
      <ul class="no-max-width plain-list three">
        {[...seats].sort((a, b) => Number(b === mine) - Number(a === mine)).map((seat) => {
          const conclusion = conclusionOf(state, seat);
          const holder = holderOf(state, seat);
          const due = tasksOf(state).find((task) => task.key === `assessment.submit:${seat}`)?.due;
          return (
            <li key={seat} class={seat === mine ? 'mine' : undefined}>
              <h3>{holder ? authorityName(holder.authority) : 'Ingen repræsentant'}</h3>
              {conclusion === undefined
                ? (
                    <>
                      <Badge kind="absent">Ikke afgivet</Badge>
                      <p>{`${holder ? nameOf(on, holder.user) : 'Pladsen er tom'}.${due === undefined ? '' : ` Frist: ${dueInWords(due, today).toLowerCase()}.`}`}</p>
                      {seat === mine && maySubmit && <p class="no-print"><LinkButton href={paths.act(opened.id, 'assessment.submit')}>{verbOf('assessment.submit')}</LinkButton></p>}
                    </>
                  )
                : mayReadConclusion(state, mine, seat)
                  ? <Conclusions conclusion={conclusion} />
                  : (
                      <>
                        <Badge kind="done">Afgivet</Badge>
                        <p>{`Afgivet ${formatDate(conclusion.on)}. Vises, når ${mine === undefined ? 'alle har afgivet deres' : 'din er afgivet'}.`}</p>
                      </>
                    )}
            </li>
          );
        })}
      </ul>
      <Agreement on={on} />
    </Section>
  );
};

const Conclusions = ({ conclusion }: { readonly conclusion: Conclusion }) => (
  <>
    {conclusion.outdatedOn === undefined ? <Badge kind="done">{`Afgivet ${formatDate(conclusion.on)}`}</Badge> : <Badge kind="changed">Skal afgives igen</Badge>}
    <dl>
      <dt>Motivation</dt><dd>{labelOf(MOTIVATIONS, conclusion.motivation)}</dd>
      <dt>Egnethed</dt><dd>{labelOf(SUITABILITIES, conclusion.suitability)}</dd>
      <dt>Behov</dt><dd>{conclusion.need === 'need' ? 'Har behov' : 'Har ikke behov'}</dd>
      <dt>Samlet</dt><dd>{conclusion.overall === 'accept' ? 'Bør optages' : 'Bør ikke optages'}</dd>
    </dl>
  </>
);

/** When all are in: what they agree on in one sentence, or that they do not and the two ways on (FM-ASM-7). */
const Agreement = ({ on: { opened } }: { readonly on: CaseCall }) => {
  const { state } = opened;
  const voting = votingSeats(state);
  if (state.decision.outcome !== undefined || voting.length < 2 || voting.some((seat) => conclusionOf(state, seat) === undefined)) return null;
  const { differs, result } = verdict(state);
  if (!differs) {
    return <p class="mt-4"><strong>{result === 'accept' ? 'Alle finder, at kandidaten bør optages.' : 'Alle finder, at kandidaten ikke bør optages.'}</strong></p>;
  }
  return (
    <Alert kind="info" title="I er ikke enige">
      <p>{result === 'split'
        ? 'To myndigheder står mod hinanden. Sagen skal forelægges kontaktpunktet.'
        : `Flertallet finder, at kandidaten ${result === 'accept' ? 'bør optages' : 'ikke bør optages'}. Enten afgør flertallet, eller en af jer forelægger sagen for kontaktpunktet.`}</p>
    </Alert>
  );
};

/** Reasons for and against face each other, an authority at a time, as far as the reader may read them (FM-ASM-12). */
export const Opened = ({ on }: { readonly on: CaseCall }) => {
  const { opened } = on;
  const { state, actor } = opened;
  const [mine] = seatsOf(state, actor.user);
  const readable = seatsToSpeak(state).filter((seat) => conclusionOf(state, seat) !== undefined && mayReadConclusion(state, mine, seat));
  return (
    <>
      {readable.map((seat) => {
        const given = eventsOf(opened, 'ConclusionSubmitted').filter((one) => one.event.seat === seat).at(-1);
        const holder = holderOf(state, seat);
        if (!given) return null;
        const text = (field: string) => textOf(opened, given.version, field);
        return (
          <Section key={seat} id={`grunde-${seat}`} title={`Grunde: ${holder ? authorityName(holder.authority) : ''}`}>
            <Weigh title="Motivation" conclusion={labelOf(MOTIVATIONS, given.event.motivation)} pro={text('motivationFor')} con={text('motivationAgainst')} />
            <Weigh title="Egnethed" conclusion={labelOf(SUITABILITIES, given.event.suitability)} pro={text('suitabilityFor')} con={text('suitabilityAgainst')} />
            <Weigh title="Behov" conclusion={labelOf(NEEDS, given.event.need)} pro={text('needFor')} con={text('needAgainst')} />
            <Typed label="Bemærkninger" text={text('remarks')} />
            <Typed label="Hvorfor vurderingen er ændret" text={text('changeReason')} />
          </Section>
        );
      })}
    </>
  );
};

interface WeighProps {
  readonly title: string;
  readonly conclusion: string;
  readonly pro: string | undefined;
  readonly con: string | undefined;
}
const Weigh = ({ title, conclusion, pro, con }: WeighProps) => (
  <div class="weigh">
    <div class="weigh-head"><h3>{title}</h3><p>Konklusion: <strong>{conclusion}</strong></p></div>
    <div class="weigh-pair">
      <div><h4><Icon name="plus" />Taler for</h4><p class="typed">{pro ?? 'Ingen noteret'}</p></div>
      <div><h4><Icon name="minus" />Taler imod</h4><p class="typed">{con ?? 'Ingen noteret'}</p></div>
    </div>
  </div>
);
