import { openCase } from '../../app/open-case.js';
import { demonstrationPerson } from '../../domain/reference/demonstration-people.js';
import { endSession } from '../../store/lists.js';
import { withClient } from '../../store/postgres/engine-guard.js';
import { startSession } from '../../store/session-start.js';
import { asOwner } from './history/history-staff.js';
import type { DemonstrationParts } from './parts.js';

/** A second officer of Københavns Vestegn, who has no business in the cases of Fyn. */
const LOGIN = 'politi.vestegnen.2';
const TRIES = 5;

/**
 * Somebody tries cases that he is in none of, as anybody would who has got hold of their addresses: he gets nothing, and the auditor finds him. May be
 * asked at every start: it happens once.
 */
export async function tryOthersCases({ house, login, superuser, issuer }: DemonstrationParts): Promise<void> {
  const person = demonstrationPerson(LOGIN);
  if (person === undefined) return;
  const cases = await withClient('migrate', superuser, async (client) => (await client.query<{ id: string }>(
    `select c.id from app.exit_case c where c.unit = 'fyn' and not exists (select from app.case_member m where m.case_id = c.id and m.user_id = $1)
       and not exists (select from audit.review r where r.person = $1) order by c.created_at, c.id limit $2`, [person.id, TRIES])).rows);
  if (cases.length === 0) return;
  const token = await startSession(login, { ...person, issuer, subject: LOGIN, authTime: new Date(), level: 'substantial' });
  if (token === undefined) return;
  const [{ began } = { began: '' }] = await withClient('migrate', superuser, async (client) => (await client.query<{ began: string }>('select clock_timestamp()::text as began')).rows);
  for (const { id } of cases) await openCase(house, token, id, 'overview', [], 0);
  await endSession(house.web, token);
  // The rules come by once a minute; whoever looks before that is to see it too. Of what was filled in before they find nothing, were it told at night.
  await withClient('migrate', superuser, (client) => asOwner(client, 'select audit.find($1, clock_timestamp())', [began]));
}
