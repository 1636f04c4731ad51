import { eventsOf, wordsOf } from '../../../app/texts.js';
import { isFullMember } from '../../../domain/exit-case/circle.js';
import { formatInstant } from '../../../domain/kernel/time.js';
import { Fold } from '../../ui/fold.js';
import type { CaseCall } from './case-page.js';

/** What was known of where the person belongs, and why the contact point named this unit: for its own members, until it is decided whether it takes him (FM-INT-7). */
export const WhoseUnit = ({ on: { opened } }: { readonly on: CaseCall }) => {
  if (!isFullMember(opened.state, opened.actor.user) || opened.state.decision.outcome !== undefined) return null;
  const texts = eventsOf(opened, 'InquiryRegistered', 'UnitDisputed', 'UnitNamed').flatMap(({ version, at, event }) => {
    const { whereabouts, reason } = wordsOf(opened, version, 'bundle');
    const text = event.type === 'UnitNamed' ? reason : whereabouts;
    return typeof text === 'string' ? [{ version, at, named: event.type === 'UnitNamed', text }] : [];
  });
  if (texts.length === 0) return null;
  return (
    <Fold summary="Hvor personen hører til">
      {texts.map(({ version, at, named, text }) => (
        <div key={version}>
          <p class="muted small">{`${named ? 'Kontaktpunktet udpegede enheden' : 'Skrevet'} ${formatInstant(at)}`}</p>
          <p class="typed">{text}</p>
        </div>
      ))}
    </Fold>
  );
};
