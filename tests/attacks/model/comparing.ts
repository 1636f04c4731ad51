import { cast, type CastName } from '../../properties/cast.js';
import { KINDS, kindsSql } from '../../support/wall-house.js';
import type { Prompt } from '../../support/wall-sql.js';
import type { DrivenCase, DrivenHouse } from './driven-house.js';
import type { Lying } from './who-sees.js';

const nameOf = ({ version, kind, subject }: Lying): string => `${version} ${kind} ${subject}`;
const lines = (some: readonly Lying[]): readonly string[] => [...new Set(some.map(nameOf))].sort();
const differing = (what: string, system: readonly string[], model: readonly string[]): readonly string[] => [
  ...system.filter((one) => !model.includes(one)).map((one) => `${what}: shown ${one}, which the model hides`),
  ...model.filter((one) => !system.includes(one)).map((one) => `${what}: not shown ${one}, which the model shows`),
];

/** Every text of a case that a statement of one's own can reach as the web's role, whatever kinds it asks for. */
export async function byOpening(at: DrivenHouse, prompt: Prompt, one: DrivenCase, who: CastName): Promise<readonly string[]> {
  const { rows } = await prompt.tries(at.tokenOf(who), [
    `select 1 from sec.open_case('${one.id}', 'test', ${kindsSql}, 20)`,
    'select b.version, s.kind, s.subject from app.case_body b join app.scope s on s.id = b.scope_id',
  ]);
  // An address comes by no opening at all; its one way is asked below.
  const mine = one.bodies.filter((body) => body.kind !== 'address' && KINDS.some((kind) => kind === body.kind) && one.model.reads(cast[who].user, body, at.today()));
  return differing(`opening as ${who}`, lines(rows as unknown as readonly Lying[]), lines(mine));
}

/** Each file of a case, over the API: there for who reads its scope, and for nobody else. */
export async function byFiles(at: DrivenHouse, one: DrivenCase, who: CastName): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const [file, version] of one.files) {
    const { statusCode } = await at.web.app.inject({ method: 'GET', url: `/api/v1/cases/${one.id}/attachments/${file}`, headers: { authorization: `Bearer ${at.tokenOf(who)}` } });
    const isHis = one.bodies.some((body) => body.version === version && one.model.reads(cast[who].user, body, at.today()));
    if (statusCode !== (isHis ? 200 : 404)) wrong.push(`file of ${version} as ${who}: ${statusCode}, the model ${isHis ? 'shows' : 'hides'} it`);
  }
  return wrong;
}

/** The protected address, by its one way: the newest, to who may read it, and to him alone. */
export async function byAddress(at: DrivenHouse, prompt: Prompt, one: DrivenCase, who: CastName): Promise<readonly string[]> {
  await at.web.house.db.superuser('update sec.session set auth_time = now() where user_id = $1', [cast[who].user]);
  const { rows } = await prompt.tries(at.tokenOf(who), `select version, 'address' as kind, '' as subject from sec.read_address('${one.id}', 'check') where ct is not null`);
  const mine = one.bodies.filter((body) => body.kind === 'address' && one.model.reads(cast[who].user, body, at.today()));
  return differing(`address as ${who}`, lines(rows as unknown as readonly Lying[]), lines(mine.slice(-1)));
}

/** The cases on one's list by SQL, and bodies without an opening: none. */
export async function byList(at: DrivenHouse, prompt: Prompt, who: CastName): Promise<readonly string[]> {
  const { rows } = await prompt.tries(at.tokenOf(who), 'select id from app.exit_case union all select case_id from app.case_body union all select case_id from app.case_event');
  const mine = at.cases.filter((one) => one.id !== '' && one.model.knows(cast[who].user, at.today())).map((one) => one.id);
  return differing(`list of ${who}`, rows.map((row) => String(row['id'])).sort(), mine.sort());
}

/** Whom the database lets begin to write in the case, and what he reaches as the commander then: rows of this case alone. */
export async function byCommanding(at: DrivenHouse, prompt: Prompt, one: DrivenCase, who: CastName): Promise<readonly string[]> {
  const { rows } = await prompt.tries(at.tokenOf(who), [
    `select 1 from sec.begin_command('${one.id}', 'journal.add', 0, null, null)`,
    'set local role udvej_command',
    'select distinct case_id from app.case_member union select case_id from app.scope union select id from app.exit_case',
  ]);
  return differing(`commanding as ${who}`, rows.map((row) => String(row['case_id'])), one.model.knows(cast[who].user, at.today()) ? [one.id] : []);
}

/** The desk's table: cases in assessment or course, none whose course has ended and waits for its discharge document, to the contact point alone, and not to who was shut out of one (access.md). */
export async function byDesk(at: DrivenHouse, prompt: Prompt, who: CastName): Promise<readonly string[]> {
  const { rows } = await prompt.tries(at.tokenOf(who), 'select case_id from app.overview', { role: 'udvej_national' });
  const isOfficial = cast[who].functions.some((one) => one === 'contact_point');
  const shown = at.cases.filter(({ state, id, model }) => isOfficial && id !== '' && !model.blocked.has(cast[who].user)
    && state.assessment.begun !== undefined && !['completed', 'interrupted'].includes(state.course.status) && state.ending.closed === undefined);
  return differing(`desk of ${who}`, rows.map((row) => String(row['case_id'])).sort(), shown.map((one) => one.id).sort());
}

/** The case over the API: there or not, and no word of a text that is not for the reader; his list of cases beside it. */
export async function byHttp(at: DrivenHouse, one: DrivenCase, who: CastName): Promise<readonly string[]> {
  const { user } = cast[who];
  const get = (url: string) => at.web.app.inject({ method: 'GET', url, headers: { authorization: `Bearer ${at.tokenOf(who)}` } });
  const [reply, open, closed] = await Promise.all([get(`/api/v1/cases/${one.id}`), get('/api/v1/cases'), get('/api/v1/cases?closed=true')]);
  const wrong = [...differing(`API list of ${who}`, [open, closed].flatMap((list) => list.json<readonly { id: string }[]>().map(({ id }) => id)).sort(),
    at.cases.filter((each) => each.id !== '' && each.model.knows(user, at.today())).map((each) => each.id).sort())];
  const inside = one.model.knows(user, at.today());
  if (reply.statusCode !== (inside ? 200 : 404)) wrong.push(`API as ${who}: ${reply.statusCode}, the model says ${inside ? 'inside' : 'outside'}`);
  for (const { text, versions } of one.texts) {
    const lying = one.bodies.filter((body) => versions.includes(body.version));
    // One text may begin as another does: “tekst h-4” is not “tekst h-4q”.
    if (new RegExp(`${text}(?!\\w)`).test(reply.body) && !lying.some((body) => one.model.reads(user, body, at.today()))) wrong.push(`API as ${who}: says “${text}”, of ${lines(lying).join(', ')}`);
  }
  return wrong;
}
