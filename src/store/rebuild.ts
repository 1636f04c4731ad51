import { emptyCase, evolve, type ExitCase } from '../domain/exit-case/case.js';
import type { ScopeKind } from '../domain/kernel/command.js';
import { type Instant, instantFromEpoch } from '../domain/kernel/time.js';
import { openStream } from './case-rows.js';
import { blockRows, inboxRows, memberRows, overviewRows, readersOf, retentionRows, structureColumns, taskRowsOf } from './followed-rows.js';
import { type Pool, type PoolClient, withTransaction } from './postgres/pools.js';
import type { KeyRing, Ticket, Vault } from './vault/vault.js';

/** SQLSTATE of an approval that names nobody, or somebody whose access is closed. */
export const NOT_APPROVED = 'UV403';

const asMaintenance = <T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> =>
  withTransaction(pool, async (client) => {
    await client.query('set local role udvej_maintenance');
    return work(client);
  });

/** The cases that can be rebuilt, oldest first; shredded ones are not among them. @throws with code `NOT_APPROVED`. */
export const rebuildable = (pool: Pool, approvedBy: string): Promise<readonly string[]> =>
  asMaintenance(pool, async (client) => (await client.query<{ id: string }>('select sec.rebuildable($1) as id', [approvedBy])).rows.map((row) => row.id));

/**
 * Folds the whole stream of a case and makes every row that follows it what it should be; records and figures are left as they are. The
 * row in the log is committed before the core's key leaves the vault; commands on the case wait meanwhile.
 * @param pool of the operator
 * @param approvedBy login of the colleague who answers for it
 * @returns how many rows were not as they should be; undefined when there is no such case, or it has been shredded.
 * @throws with code `NOT_APPROVED`; when a key is gone or a row of the stream was changed. The case is then left as it was.
 */
export async function rebuildCase(pool: Pool, vault: Vault, caseId: string, approvedBy: string): Promise<number | undefined> {
  const ticket = await asMaintenance(pool, async (client) => (await client.query<Ticket & Record<string, unknown>>('select payload, mac from sec.begin_rebuild($1, $2)', [caseId, approvedBy])).rows[0]);
  if (ticket === undefined) return undefined;
  const ring = await vault.redeem(ticket);
  return asMaintenance(pool, async (client) => {
    const { rows } = await client.query<{ answer: Answer | null }>('select sec.resume_rebuild($1, $2, $3) as answer', [caseId, ticket.payload, ticket.mac]);
    const answer = rows[0]?.answer;
    if (!answer) throw new Error('the ticket of a rebuild was not honoured');
    const written = await client.query<{ n: number }>('select sec.rebuilt($1) as n', [JSON.stringify(followingRows(caseId, answer, ring))]);
    return written.rows[0]?.n ?? 0;
  });
}

/** The case as `sec.resume_rebuild` answers it; the cores of facts in base64, none of the journal's entries. */
interface Answer {
  readonly number: string;
  /** `made`: the version of the first event in the scope. */
  readonly scopes: readonly (readonly [id: string, kind: string, subject: string, generation: number, made: number])[];
  readonly events: readonly (readonly [version: number, type: string, at: number, actor: string, core: string | null])[];
}

/** All rows of the tables that follow the stream, by table. */
function followingRows(caseId: string, answer: Answer, ring: KeyRing) {
  const head = { caseId, number: answer.number };
  const { state, readings } = replay(caseId, answer, ring);
  return {
    exit_case: structureColumns(state), case_member: memberRows(head, state), scope_member: readings, block: blockRows(head, state),
    unit_inbox: inboxRows(head, state), task: taskRowsOf(head, state), overview: overviewRows(head, state), retention: retentionRows(head, state),
  };
}

interface Reading {
  readonly scope_id: string;
  readonly case_id: string;
  readonly user_id: string;
  readonly valid_from: Instant;
  readonly valid_to: Instant | null;
  readonly until: Instant | 'infinity';
}

/** Command by command: who came to read which scope, and who ceased to. The entries of the journal count for the scopes they made. */
function replay(caseId: string, { number, scopes: answered, events }: Answer, ring: KeyRing): { readonly state: ExitCase; readonly readings: readonly Reading[] } {
  const scopes = answered.map(([id, kind, subject, generation, made]) => ({ id, kind: kind as ScopeKind, subject, generation, made }));
  const facts = new Map(
    openStream(caseId, {
      actor: { user: '', authority: '', functions: [] }, standing: '', number, label: '', version: events.length, impartial: false, scopes, bodies: [],
      events: events.flatMap(([version, type, at, actor, core]) => (core === null ? [] : [[version, type, at, actor, 0, Buffer.from(core, 'base64')] as const])),
    }, ring).facts.map((one) => [one.version, one]),
  );
  const rows = new Map<string, Reading>();
  const keep = (row: Reading): Reading => {
    rows.set(`${row.scope_id}|${row.user_id}|${row.valid_from}`, row);
    return row;
  };
  let current = new Map<string, Reading>();
  let state = emptyCase;
  events.forEach(([version, , epoch, actor], place) => {
    const fact = facts.get(version);
    if (fact !== undefined) state = evolve(state, fact.event, fact);
    const next = events[place + 1];
    // The facts of one command have its moment and its actor in common.
    if (next?.[2] === epoch && next[3] === actor) return;
    const at = instantFromEpoch(epoch);
    const readers = readersOf(state, scopes.filter((scope) => scope.made <= version));
    for (const [key, row] of current) if (!readers.has(key)) keep({ ...row, valid_to: at, until: 'infinity' });
    current = new Map([...readers].map(([key, until]) => {
      const [scope = '', user = ''] = key.split('|');
      return [key, keep({ ...(current.get(key) ?? { scope_id: scope, case_id: caseId, user_id: user, valid_from: at, valid_to: null }), until })];
    }));
  });
  return { state, readings: [...rows.values()] };
}
