import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { FreshDatabase } from './database.js';
import { people } from './people.js';
import { kindsSql } from './wall-house.js';
import { type Arguments, everyReach } from './wall-sql.js';

/** A statement, and the role it is said in; the web's own when there is none. */
export interface Reach {
  readonly role?: string;
  readonly sql: string;
}

/** Everything the web's three roles can say, by the catalogue: every table they read and every function they call, with the case and its people as arguments. */
export async function webReach(db: FreshDatabase, caseId: string): Promise<readonly Reach[]> {
  const given: Arguments = {
    p_token: `current_setting('app.session')`, p_case: `'${caseId}'`, p_cases: `array['${caseId}']::uuid[]`, p_ids: `array['${people.police.user}']::uuid[]`, p_actor: `'${people.police.user}'`,
    p_command: `'journal.add'`, p_purpose: `'overview'`, p_kinds: kindsSql, p_kind: `'guidance'`, p_entries: '20', p_key: `'key-1'`, p_hash: `'\\x00'::bytea`, p_action: `'cases.listed'`, p_name: `'national'`,
    p_payload: `'${caseId}||99999999999|${randomUUID()}'`, p_mac: `'\\x00'::bytea`, p_closed: 'false', p_phase: 'null', p_limit: '25', p_offset: '0', p_page: '1', p_all: 'true', p_expected: '1', p_types: `array['NoteAdded']`,
    p_measures: `array['bolig']`, p_journal: 'array[true]', p_cores: `array['\\x00'::bytea]`, p_body_versions: `'{}'::int[]`, p_body_ns: `'{}'::int[]`, p_body_scopes: `'{}'::uuid[]`, p_bodies: `'{}'::bytea[]`, p_result: `'{}'::jsonb`, p_versions: `'{}'::int[]`, p_session: 'null::json', p_ticket: 'null::json', p_at: 'now()',
    p_nonce: `'${randomUUID()}'`, p_recorded_at: 'now()', p_from: `'2000-01-01'`, p_as_of: `'2100-01-01'`, p_drawn_at: 'now()', p_state: `'course'`, p_unit: `'fyn'`, p_municipality: 'null', p_category: 'null', p_place: `'freedom'`, p_age_band: 'null',
    p_week: `'2026-11-16'`, p_people: `array['${people.municipal.user}']::uuid[]`, p_days: `array['2026-11-17']::date[]`, p_review: `'${randomUUID()}'`, p_outcome: `'same'`, p_basis: `'units'`, p_words: `'Spurgt'`, p_approval: `'${randomUUID()}'`, p_alarm: `'${randomUUID()}'`, p_wanted: `'${randomUUID()}'`,
    p_text: `'Navn'`, p_person: `'${people.municipal.user}'`, p_first: `'2000-01-01'`, p_last: `'2100-01-01'`,
    p_until: 'now()', p_replaces: 'false', p_withdraw: 'false', p_another: 'false', p_nth: '1', p_type: `'mentor'`, p_on: `'2026-01-01'`, p_due: `'2026-01-01'`, p_held: 'null', p_part: `'cells'`,
    p_today: `'2026-11-02'`, p_due_before: `'2026-11-02'`, p_late: 'false', p_sort: `'due'`, p_label: `'Falken'`, p_since: `'2026-01-01'`, p_seat: `'police'`, p_user: `'${people.police2.user}'`,
    p_attachment: `'${randomUUID()}'`, p_scope: `'${randomUUID()}'`, p_size: '1', p_chunks: `'\\x00'::bytea`, p_reason: `'visit'`,
    p_id: `'${randomUUID()}'`, p_telling: `'nobody'`, p_law: 'null', p_seen: 'null', p_yes: 'true', p_match: `'${randomUUID()}'`, p_sealed: `'\\x00'::bytea`, p_number: `'UV-2222-222'`, p_last_year: '2025', p_but_police: 'false', p_body: `'{"numbers": {}}'::jsonb`, p_ranges: `'{}'::jsonb`, p_before: '0',
  };
  const of = async (role: string) => (await everyReach(db, role, given)).map((sql) => ({ sql, ...(role === 'udvej_web' ? {} : { role }) }));
  return [...(await of('udvej_web')), ...(await of('udvej_command')), ...(await of('udvej_national'))];
}

/** A session that begins now, proved well enough for everything: some of what is said ends it. */
export async function newSession(db: FreshDatabase, user: string): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await db.superuser(`insert into sec.session (token_hash, user_id, functions, authority, auth_time, level) select $1, id, functions, authority, now(), 'high' from app.staff where id = $2`, [
    createHash('sha256').update(token).digest(), user,
  ]);
  return token;
}
