import { type EmergencyCard, showCard } from '../../../app/emergency.js';
import { isId } from '../../../domain/kernel/ids.js';
import { formatInstant } from '../../../domain/kernel/time.js';
import { unitName } from '../../../domain/reference/authorities.js';
import type { Answer, SignedInCall } from '../../route.js';
import { Alert } from '../../ui/alert.js';
import { PageHead } from '../../ui/layout.js';
import { signedInPage } from '../signed-in-page.js';
import { denied } from './page.js';

/** What stands on the card, and what is said where nothing does: a card that names nobody along says that nobody is. */
const LINES: readonly (readonly [keyof EmergencyCard, string, string])[] = [
  ['safeContact', 'Sikker kontakt', 'Ikke oplyst'], ['call', 'Ring til', 'Ikke oplyst'], ['precautions', 'Pas på', 'Ikke oplyst'], ['along', 'Hvem er med', 'Ingen'],
];

/** Who truly was told: while the case has no co-ordinator, those of its unit who can take it, and they only that a card was opened. */
const toldWords = (attended: boolean, unit: string): string => attended
  ? 'Koordinator, revisor og kontaktpunkt har fået besked.'
  : `Revisor, kontaktpunkt og exitenheden, ${unitName(unit)}, har fået besked. Exitenheden læser din grund, når en af dem har taget sagen.`;

/** The card, and nothing else of the case but its unit: whom to ask for, also when nobody is named (FM-SEC-6). */
export async function emergencyCardPage(call: SignedInCall): Promise<Answer> {
  const id = call.params['id'] ?? '';
  // What is no id is answered and logged as an id of nothing.
  if (!isId(id)) return denied(call, id);
  const card = await showCard(call.house, call.visitor.token, id);
  if (card.kind !== 'card') return card;
  const { number, unit, until, attended, call: named } = card;
  const lines = LINES.filter(([field]) => field === 'safeContact' || named !== undefined);
  // Whoever the card names may have left with the co-ordinator.
  const labelOf = (field: keyof EmergencyCard, label: string): string => (field === 'call' && !attended ? 'Skrevet på kortet under Ring til' : label);
  return signedInPage(call, { title: 'Sikkerhedskort', place: 'Mit arbejde', within: true }, (
    <>
      <PageHead title={<>Sikkerhedskort <span class="nowrap">{number}</span></>}>
        <p class="muted">{`Åbent for dig til ${formatInstant(until)}. ${toldWords(attended, unit)}`}</p>
      </PageHead>
      <p><strong>Ring 112, hvis det sker nu.</strong> Tag ikke kontakt på andre måder, end der står her.</p>
      {!attended && (
        <Alert kind="warning" title="Sagen har ingen koordinator">
          {`Ring til politiet på 114, og spørg efter exitenheden i ${unitName(unit)}.${named === undefined ? '' : ' Den, der står på kortet, er måske fratrådt.'}`}
        </Alert>
      )}
      {named === undefined && <p>{`Politiet har ikke udfyldt kortet endnu.${attended ? ` Ring til politiet på 114, og spørg efter exitenheden i ${unitName(unit)}.` : ''}`}</p>}
      <dl class="pairs card-lines">
        {lines.map(([field, label, nothing]) => (
          <>
            <dt>{labelOf(field, label)}</dt>
            <dd class="typed">{card[field] === undefined || card[field] === '' ? nothing : card[field]}</dd>
          </>
        ))}
      </dl>
      <p>Slog du op med et CPR-nummer, kan der være mere end én sag om personen. Du ser kun kortet i én.</p>
      <p>{`Når faren er over, så ring til ${attended ? 'sagens koordinator i exitenheden' : 'exitenheden'}, ${unitName(unit)}.`}</p>
    </>
  ));
}
