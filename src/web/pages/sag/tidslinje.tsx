import { type Happening, happenings } from '../../../app/case-view.js';
import type { Sent } from '../../../app/notifications.js';
import type { EventCategory } from '../../../domain/exit-case/event-titles.js';
import { paths } from '../../paths.js';
import type { Answer } from '../../route.js';
import { Empty } from '../../ui/empty.js';
import { Section } from '../../ui/layout.js';
import { Timeline, type TimelineItem } from '../../ui/timeline.js';
import { type CaseCall, casePage, nameOf } from './case-page.js';
import { SentToContactPoint } from './sent.js';

/** How many of the journal's latest entries stand on the time line; the facts of the case stand there all. */
export const LINE_ENTRIES = 100;

interface Choice {
  /** As it stands in the address; none for everything. */
  readonly vis?: string;
  readonly label: string;
  readonly category?: EventCategory;
}
const EVERYTHING: Choice = { label: 'Alt' };
const CHOICES: readonly Choice[] = [
  EVERYTHING,
  { vis: 'afgoerelser', label: 'Afgørelser og vurderinger', category: 'decision' },
  { vis: 'kontakt', label: 'Kontakt', category: 'contact' },
  { vis: 'videregivelser', label: 'Videregivelser', category: 'disclosure' },
  { vis: 'notater', label: 'Notater og møder', category: 'note' },
];

/** Happenings as the lines one reads: what, about whom or what, and by whom. */
export const lines = (on: CaseCall, happened: readonly Happening[]): readonly TimelineItem[] =>
  happened.map(({ key, title, about, actor, person, at }) => {
    const anothers = person !== undefined && person !== actor;
    const whom = [...(anothers ? [nameOf(on, person)] : []), ...(about === undefined ? [] : [about])];
    return { key, text: `${title}${whom.length === 0 ? '' : `: ${whom.join(', ')}`} (${anothers ? 'ved ' : ''}${nameOf(on, actor)})`, at };
  });

/**
 * All that happened as far as the reader may know, newest first, or one kind of it (FM-WORK-6).
 * @param sent what the contact point was told of it
 */
export function timeline(on: CaseCall, sent: readonly Sent[] = []): Answer {
  const { opened, call } = on;
  const chosen = CHOICES.find(({ vis }) => vis !== undefined && vis === call.query['vis']) ?? EVERYTHING;
  const shown = happenings(opened).filter(({ category }) => chosen.category === undefined || category === chosen.category);
  const cut = opened.entries.length >= LINE_ENTRIES && (chosen.category === undefined || chosen.category === 'note');
  return casePage(on, {
    page: 'tidslinje',
    children: (
      <Section id="tidslinje" title="Tidslinje">
        <SentToContactPoint sent={sent} />
        <Filter caseId={opened.id} chosen={chosen} />
        {shown.length === 0 ? <Nothing caseId={opened.id} chosen={chosen} /> : <Timeline now={call.now} items={lines(on, shown)} />}
        {cut && <p class="muted mt-4">{`Af notater og møder er de seneste ${LINE_ENTRIES} med. Der kan være flere, som er ældre.`}</p>}
      </Section>
    ),
  });
}

const hrefOf = (caseId: string, { vis }: Choice): string => `${paths.case(caseId, 'tidslinje')}${vis === undefined ? '' : `?vis=${vis}`}`;

/** Plain links, the current one marked; on paper only what was chosen. */
const Filter = ({ caseId, chosen }: { readonly caseId: string; readonly chosen: Choice }) => (
  <>
    <nav class="no-print mb-4" aria-label="Vis på tidslinjen">
      <ul class="tools no-max-width plain-list">
        {CHOICES.map((choice) => (
          <li key={choice.label}>
            {choice === chosen
              ? <a href={hrefOf(caseId, choice)} aria-current="true"><strong>{choice.label}</strong></a>
              : <a href={hrefOf(caseId, choice)}>{choice.label}</a>}
          </li>
        ))}
      </ul>
    </nav>
    {chosen !== EVERYTHING && <p class="print-only">{`Vist: ${chosen.label}`}</p>}
  </>
);

const Nothing = ({ caseId, chosen }: { readonly caseId: string; readonly chosen: Choice }) => chosen === EVERYTHING
  ? <Empty title="Der er ikke noget at vise endnu.">Det, der sker i sagen, står her, nyeste øverst.</Empty>
  : <Empty title={`Der er ikke noget under “${chosen.label}” endnu.`}><a href={hrefOf(caseId, EVERYTHING)}>Vis hele tidslinjen</a></Empty>;
