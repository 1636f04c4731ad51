import type { Action } from '../../../app/actions.js';
import { SEAT_NAMES } from '../../../domain/exit-case/event-titles.js';
import { type Retention, retentionOf } from '../../../domain/exit-case/retention.js';
import { formatDate } from '../../../domain/kernel/time.js';
import { periodWords } from '../../../domain/reference/retention-periods.js';
import { Section } from '../../ui/layout.js';
import { ActLinks } from './act-links.js';
import type { CaseCall } from './case-page.js';

/** When a closed case is deleted, in a sentence; undefined while it is open (FM-WORK-4). */
export const deletionWords = ({ opened: { state } }: Pick<CaseCall, 'opened'>): string | undefined => {
  const retention = retentionOf(state);
  if (retention === undefined) return undefined;
  return `Afsluttede sager som denne gemmes i ${periodWords(retention.outcome)}. ${whenWords(retention)}`;
};

const whenWords = ({ dueOn, heldUntil }: Retention): string => {
  if (dueOn === undefined) return 'Fristen begynder, når det sidste tiltag er slut.';
  const then = `${formatDate(dueOn)} bliver enheden spurgt, om sagen skal slettes. To medarbejdere fra hver sin myndighed skal sige ja.`;
  return heldUntil === undefined ? then : `Sletningen er stoppet til og med ${formatDate(heldUntil)}. ${then}`;
};

/** How long the case is kept, whose archive has what it must, and what can stop its deletion (FM-WORK-4, FM-LAW-2). */
export const RetentionSection = ({ on, actions }: { readonly on: CaseCall; readonly actions: readonly Action[] }) => {
  const retention = retentionOf(on.opened.state);
  if (retention === undefined) return null;
  const { archived, missing } = retention;
  return (
    <Section id="sletning" title="Sletning">
      <p>{deletionWords(on)}</p>
      <p>
        {archived.length === 0 ? 'Ingen af myndighederne har bekræftet, at deres eget arkiv har det, det skal have.' : `Arkivet er bekræftet af ${archived.map((seat) => SEAT_NAMES[seat]).join(', ')}.`}
        {archived.length > 0 && missing.length > 0 && ` Mangler: ${missing.map((seat) => SEAT_NAMES[seat]).join(', ')}.`}
      </p>
      <ActLinks caseId={on.opened.id} actions={actions.filter(({ possible }) => possible)} names={['retention.archive', 'retention.hold', 'retention.release']} />
    </Section>
  );
};
