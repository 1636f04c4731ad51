import type { TestHouse } from './house.js';
import { againstAcceptance, forAcceptance, refusal } from './assessment-states.js';
import { caseNumberOf, registration, takenCase } from './house.js';
import { people, type PersonName } from './people.js';
import { sayImpartial } from '../../src/store/lists.js';

/** A case of a test house, with the number that stands on its letters. */
export interface Numbered {
  readonly caseId: string;
  readonly number: string;
}

export const numberOf = async (house: TestHouse, caseId: string): Promise<Numbered> => ({ caseId, number: await caseNumberOf(house, caseId) });

/** The question of the case that was asked last. */
export async function questionOf(house: TestHouse, caseId: string): Promise<string> {
  const [row, another] = await house.db.superuser<{ id: string }>('select q.id from app.question q where q.case_id = $1 and q.asked_at = (select max(o.asked_at) from app.question o where o.case_id = q.case_id)', [caseId]);
  if (another) throw new Error('two questions of one moment');
  return row?.id ?? '';
}

type Votes = Readonly<Record<'police' | 'municipal' | 'probation', 'accept' | 'refuse'>>;

/** All three have concluded, and the candidate need not be heard. */
export async function concludedCase(house: TestHouse, votes: Votes): Promise<string> {
  const caseId = await takenCase(house);
  const does = (who: PersonName, command: string, input: object = {}) => house.does(who, caseId, command, input);
  await does('police', 'assessment.begin');
  await does('police', 'assessment.targetGroup', { category: '1a', registration: 'registered' });
  await does('police', 'assessment.recordObtained', { nothingFound: true });
  await does('probation', 'assessment.recordObtained', { nothingFound: true });
  await does('municipal', 'assessment.clarifyRelocation', { need: 'none', reason: 'Ingen kendte trusler' });
  for (const who of ['police', 'municipal', 'probation'] as const) await does(who, 'assessment.submit', votes[who] === 'accept' ? forAcceptance : againstAcceptance);
  await does('municipal', 'hearing.send', { exception: 'Kan ikke nås' });
  return caseId;
}

/** Refused by the majority of the local unit. */
export async function refusedCase(house: TestHouse): Promise<Numbered> {
  const caseId = await concludedCase(house, { police: 'accept', municipal: 'refuse', probation: 'refuse' });
  await house.does('police', caseId, 'decision.refuse', refusal);
  return numberOf(house, caseId);
}

/** Two officials of different authorities take the question of the case and answer it alike. */
export async function answeredAtDesk(house: TestHouse, caseId: string, command: string, position: object): Promise<void> {
  const question = await questionOf(house, caseId);
  for (const who of ['officialKl', 'officialDfk'] as const) {
    await house.does(who, caseId, 'contactPoint.takeQuestion', { question });
    await house.does(who, caseId, command, { question, reasons: 'Samlet set', ...position });
  }
}

/** Refused by the contact point, to which the unit had put its disagreement. */
export async function refusedAtDesk(house: TestHouse): Promise<Numbered> {
  const caseId = await concludedCase(house, { police: 'accept', municipal: 'refuse', probation: 'refuse' });
  await house.does('police', caseId, 'assessment.referToContactPoint', { account: 'Vi er ikke enige' });
  await answeredAtDesk(house, caseId, 'contactPoint.decide', { position: 'refuse', criterion: 'motivation' });
  return numberOf(house, caseId);
}

/** Refused by DfK, which is the unit in custody. */
export async function refusedInCustody(house: TestHouse): Promise<Numbered> {
  const done = await house.order('municipal', 'inquiry.register', { ...registration, place: 'custody', channel: 'custody' });
  if (done.kind !== 'done') throw new Error(JSON.stringify(done));
  const [row] = await house.db.superuser<{ id: string }>('select case_id as id from app.unit_inbox where number = $1', [done.receipt.number]);
  const caseId = row?.id ?? '';
  const does = (who: PersonName, command: string, input: object = {}) => house.does(who, caseId, command, input);
  await does('custody', 'inquiry.take', { custody: people.custody.user });
  await sayImpartial(house.web, house.tokens.custody, caseId);
  await does('custody', 'assessment.begin');
  await does('custody', 'circle.add', { user: people.police.user, role: 'police', reason: 'Bekræfter registrering' });
  await does('custody', 'assessment.targetGroup', { category: '1a' });
  await does('police', 'assessment.targetGroup', { registration: 'registered' });
  await does('custody', 'assessment.recordObtained', { nothingFound: true });
  await does('custody', 'assessment.clarifyRelocation', { need: 'none', reason: 'Afsoner endnu to år' });
  await does('custody', 'assessment.submit', againstAcceptance);
  await does('custody', 'hearing.send', { exception: 'Kan ikke nås' });
  await does('custody', 'decision.refuse', refusal);
  return numberOf(house, caseId);
}
