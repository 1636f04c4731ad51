import { type EmergencyCard, showCard } from '../../../app/emergency.js';
import { isId } from '../../../domain/kernel/ids.js';
import { formatInstant } from '../../../domain/kernel/time.js';
import { unitName } from '../../../domain/reference/authorities.js';
import type { Answer, SignedInCall } from '../../route.js';
import { PageHead } from '../../ui/layout.js';
import { signedInPage } from '../signed-in-page.js';
import { denied } from './page.js';

/** What stands on the card, and what is said where nothing does: a card that names nobody along says that nobody is. */
const LINES: readonly (readonly [keyof EmergencyCard, string, string])[] = [
  ['safeContact', 'Sikker kontakt', 'Ikke oplyst'], ['call', 'Ring til', 'Ikke oplyst'], ['precautions', 'Pas på', 'Ikke oplyst'], ['along', 'Hvem er med', 'Ingen'],
];

/** The card, and nothing else of the case but its unit: whom to ask for, also when nobody is named (FM-SEC-6). */
export async function emergencyCardPage(call: SignedInCall): Promise<Answer> {
  const id = call.params['id'] ?? '';
  // What is no id is answered and logged as an id of nothing.
  if (!isId(id)) return denied(call, id);
  const card = await showCard(call.house, call.visitor.token, id);
  if (card.kind !== 'card') return card;
  const { number, unit, until, call: named } = card;
  const lines = LINES.filter(([field]) => field === 'safeContact' || named !== undefined);
  return signedInPage(call, { title: 'Sikkerhedskort', place: 'Mit arbejde', within: true }, (
    <>
      <PageHead title={<>Sikkerhedskort <span class="nowrap">{number}</span></>}>
        <p class="muted">{`Åbent for dig til ${formatInstant(until)}. Koordinator, revisor og kontaktpunkt har fået besked.`}</p>
      </PageHead>
      <p><strong>Ring 112, hvis det sker nu.</strong> Tag ikke kontakt på andre måder, end der står her.</p>
      {named === undefined && <p>{`Politiet har ikke udfyldt kortet endnu. Ring til politiet på 114, og spørg efter exitenheden i ${unitName(unit)}.`}</p>}
      <dl class="pairs card-lines">
        {lines.map(([field, label, nothing]) => (
          <>
            <dt>{label}</dt>
            <dd class="typed">{card[field] === undefined || card[field] === '' ? nothing : card[field]}</dd>
          </>
        ))}
      </dl>
      <p>{`Når faren er over, så ring til sagens koordinator i exitenheden, ${unitName(unit)}.`}</p>
    </>
  ));
}
