import { decideAndTell, TELLING_MISSING, tellAgain, type TellingSent } from '../../app/doubles.js';
import { isRefused, refusedBy } from '../../app/house.js';
import { askMatchNames, isUnsettled, matchAsked, namesAsked, settleMatch } from '../../app/matches.js';
import type { Fault } from '../../domain/kernel/rejection.js';
import { isInstant } from '../../domain/kernel/time.js';
import { isTelling, isTellingBasis } from '../../domain/reference/telling-bases.js';
import type { Approval } from '../../store/approvals.js';
import { type DeskHit, listMatchDesk } from '../../store/matching/tellings.js';
import { askedAgainOn, BASES, OUTCOMES } from '../pages/sammenfald/words.js';
import type { Answer, Route, SignedInCall } from '../route.js';
import { faulty, sentIn } from './sent.js';

const RULE = { rule: 'FM-INT-3' };
const idOf = ({ params }: SignedInCall): string => params['id'] ?? '';

/** `cases`: the first and the second, as `telling` names them. */
const rowOf = (row: DeskHit) => {
  const { id, numbers, units, phases, places, urgent, found_at: foundAt, due, outcome, basis, settled_at: settledAt, telling, law, decided_at: decidedAt, untold, told, names_refused: namesRefused } = row;
  const cases = ([0, 1] as const).map((at) => ({ number: numbers[at], unit: units[at], phase: phases[at], place: places[at], urgent: urgent[at] }));
  return { id, cases, foundAt, due, outcome, basis, settledAt, namesRefused, telling, law, decidedAt, askedAgainOn: askedAgainOn(row), untold, told };
};

async function list({ house, visitor }: SignedInCall): Promise<Answer> {
  try {
    return { kind: 'json', body: (await listMatchDesk(house.web, visitor.token)).map(rowOf) };
  } catch (error) {
    return refusedBy(error);
  }
}

/** A colleague was faster: what was sent is not carried out, and the match is to be read again. */
const MEANWHILE = faulty([{ message: 'En kollega i kontaktpunktet har afgjort det i mellemtiden. Intet er ændret. Læs sammenfaldet igen.' }], { title: 'Det kan ikke gøres nu', ...RULE });

/** It is as the caller read it, and a unit has been told so. */
const TOLD = faulty([{ name: 'telling', message: 'Der er givet besked, og det kan ikke ændres.' }], { title: 'Det kan ikke gøres nu', ...RULE });

const namesWord = (asked: Approval | undefined): 'none' | 'waiting' | 'allowed' | 'refused' => (asked === undefined ? 'none' : asked.given === null ? 'waiting' : asked.given ? 'allowed' : 'refused');

async function one(call: SignedInCall): Promise<Answer> {
  const { house, visitor } = call;
  try {
    const row = await matchAsked(house, visitor.token, idOf(call));
    if (!row) return { kind: 'absent' };
    return { kind: 'json', body: { ...rowOf(row), names: isUnsettled(row) ? namesWord(await namesAsked(house, visitor.token, row)) : null } };
  } catch (error) {
    return refusedBy(error);
  }
}

/** A match that is not there is said to be so before anything is said of what was sent; and what holds more than it should is carried out by no part. */
async function settle(call: SignedInCall): Promise<Answer> {
  const { fields, other } = sentIn(call.body, ['outcome', 'basis']);
  const done = await settleMatch(call.house, call.visitor.token, idOf(call), {
    outcome: OUTCOMES.find(({ value }) => value === fields['outcome'])?.value, basis: BASES.find(({ value }) => value === fields['basis'])?.value,
  });
  if (isRefused(done)) return done;
  if (done.kind === 'meanwhile') return MEANWHILE;
  return done.kind === 'settled' ? { kind: 'json', body: { outcome: done.outcome } } : faulty(other ? [other] : done.faults, RULE);
}

/** To be asked for by program; to be seen once on a screen alone, by somebody who sits there (control 17). */
async function askNames(call: SignedInCall): Promise<Answer> {
  const asked = await askMatchNames(call.house, call.visitor.token, idOf(call));
  if (isRefused(asked)) return asked;
  if (asked.kind === 'meanwhile') return MEANWHILE;
  return asked.kind === 'asked' ? { kind: 'json', body: { names: 'waiting' } } : faulty([{ message: 'En kollega har sagt ja. Navnene vises én gang, i Udvej på skærmen, og gives ikke til programmer.' }], { title: 'Det kan ikke gøres nu', rule: 'FM-INT-3' });
}

const TELL_FIELDS = ['telling', 'law', 'checked', 'decidedAt'] as const;
const WRONG_SEEN: Fault = { name: 'decidedAt', message: 'Send decidedAt, som du læste det i sammenfaldet, eller null, når der intet er besluttet.' };
const alone = (name: string): Fault => ({ name, message: 'Når ingen får besked, siges intet om grundlaget.' });

/** Who is told, part by part; a part that is given and is none, or that goes with nothing, is wrong, and never taken as absent. */
function tellingIn(body: unknown): { readonly sent: TellingSent; readonly wrong: readonly Fault[] } {
  const { fields: { telling, law, checked, decidedAt = null }, other } = sentIn(body, TELL_FIELDS);
  const given = (value: unknown): boolean => value !== undefined;
  return {
    sent: { ...(isTelling(telling) ? { telling } : {}), ...(isTellingBasis(law) ? { law } : {}), checked: checked === true, seen: isInstant(decidedAt) ? decidedAt : null },
    wrong: [
      ...(other ? [other] : []), ...(given(telling) && !isTelling(telling) ? [TELLING_MISSING.telling] : []), ...(given(law) && !isTellingBasis(law) ? [TELLING_MISSING.law] : []),
      ...(given(checked) && typeof checked !== 'boolean' ? [TELLING_MISSING.checked] : []), ...(decidedAt === null || isInstant(decidedAt) ? [] : [WRONG_SEEN]),
      ...(telling === 'nobody' && isTellingBasis(law) ? [alone('law')] : []), ...(telling === 'nobody' && checked === true ? [alone('checked')] : []),
    ],
  };
}
const isEmpty = (body: unknown): boolean => body === undefined || (typeof body === 'object' && body !== null && !Array.isArray(body) && Object.keys(body).length === 0);

/** An empty body alone sends again what was decided: the word that a unit is given cannot be called back. */
async function tell(call: SignedInCall): Promise<Answer> {
  const { house, visitor, body } = call;
  const { sent, wrong } = tellingIn(body);
  const done = isEmpty(body) ? await tellAgain(house, visitor.token, idOf(call)) : await decideAndTell(house, visitor.token, idOf(call), sent, wrong);
  if (isRefused(done)) return done;
  if (done.kind === 'meanwhile') return done.row.decided_at === sent.seen ? TOLD : MEANWHILE;
  return done.kind === 'faulty' ? faulty(done.faults, RULE) : { kind: 'json', body: { outcome: done.kind } };
}

/** The queue of possible doubles, for the contact point alone (FM-INT-3). */
export const matchApi: readonly Route[] = [
  { method: 'GET', path: '/api/v1/matches', permission: 'contact-point', purpose: 'matches', audit: 'matches.listed', rate: 'read', handle: list },
  { method: 'GET', path: '/api/v1/matches/:id', permission: 'contact-point', purpose: 'match', audit: 'matches.listed', rate: 'read', handle: one },
  { method: 'POST', path: '/api/v1/matches/:id/settle', permission: 'contact-point', purpose: 'match', audit: 'match.settled', rate: 'write', handle: settle },
  { method: 'POST', path: '/api/v1/matches/:id/names', permission: 'contact-point', purpose: 'match', audit: 'approval.asked', rate: 'write', stepUp: 'everybody', handle: askNames },
  { method: 'POST', path: '/api/v1/matches/:id/tell', permission: 'contact-point', purpose: 'match', audit: 'match.decided', rate: 'write', handle: tell },
];
