import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { beginCommand } from '../../src/store/case-stream.js';
import { withTransaction } from '../../src/store/postgres/pools.js';
import type { Ticket } from '../../src/store/vault/vault.js';
import { takenCase, type TestHouse } from '../support/house.js';
import { people, type PersonName } from '../support/people.js';
import { twoCases, type TwoCases } from '../support/wall-house.js';
import { fingerprint, type Prompt } from '../support/wall-sql.js';

let cases: TwoCases;
let house: TestHouse;
let web: Prompt;
let mine: string;
let others: string;
beforeAll(async () => {
  cases = await twoCases();
  ({ house, web, mine, others } = cases);
});
afterAll(() => cases.close());

describe('commanding', () => {
  const begin = (caseId: string, command = 'journal.add') => `select * from sec.begin_command('${caseId}', '${command}', 0, null, null) where payload is not null`;
  const as = 'set local role udvej_command';
  const writes = (caseId: string, scope: string): readonly string[] => [
    `update app.exit_case set phase = 'closed' where id = '${caseId}'`, `update app.case_member set valid_to = now() where case_id = '${caseId}'`,
    `update app.unit_inbox set taken_at = null where case_id = '${caseId}'`, `update app.question set status = 'open' where case_id = '${caseId}'`, `delete from app.task where case_id = '${caseId}'`,
    `delete from app.overview where case_id = '${caseId}'`, `update app.scope_member set valid_to = null where case_id = '${caseId}'`, `update app.task set title = 'x' where case_id = '${caseId}'`,
    `insert into app.case_event values ('${caseId}', 999, 'NoteAdded', now(), now(), '${people.police.user}', true, '\\x00')`,
    `insert into app.case_body values ('${caseId}', 1, 9, '${scope}', '\\x00')`, `insert into app.case_member (case_id, user_id, role) values ('${caseId}', '${people.police.user}', 'police')`,
    `insert into app.scope_member (scope_id, case_id, user_id) values ('${scope}', '${caseId}', '${people.police.user}')`, `insert into app.block values ('${caseId}', '${people.odense.user}')`,
    `insert into app.scope (id, case_id, kind, subject) values ('${randomUUID()}', '${caseId}', 'measure', 'x')`,
    `insert into app.task values ('${people.police.user}', '${caseId}', 'k', 't', true, 'o', now(), 'c')`, `insert into app.overview values ('${caseId}', 'UV', 'u', null, 'p', 'f', now(), null, null)`,
    `insert into app.notification (kind, case_id, version, number, unit, at) values ('refused', '${caseId}', 1, 'UV', 'u', now())`,
    `insert into app.question values ('${randomUUID()}', '${caseId}', 'advice', 'UV', 'u', now(), now(), 'open')`,
    `select app.append('${caseId}', 1, array['NoteAdded'], now(), now(), array[true], array['\\x00'::bytea], '{}', '{}', '{}', '{}', null, null, null)`,
    `insert into app.unit_inbox values ('${caseId}', 'fyn', 'UV', now(), null, 'phone', 'freedom', false, now(), null)`,
  ];
  const changed = ({ rows, refused }: { rows: readonly unknown[]; refused?: string }, sql: string) => refused === undefined && (rows.length > 0 || /^insert|^select/.test(sql));

  it('is not begun by somebody outside the circle, for any command that asks for it', async () => {
    for (const who of ['odense', 'policeFyn', 'police2', 'auditor', 'admin', 'officialKl', 'custody', 'jobcentre'] as const) {
      for (const command of ['journal.add', 'inquiry.take', 'contactPoint.takeQuestion', 'contactPoint.advise', 'inquiry.register', 'findes.ikke', '']) {
        expect(await web.tries(house.tokens[who], begin(mine, command)), `${who} ${command}`).toEqual({ rows: [] });
      }
    }
    // The web's own statement leaves it who it was, when nobody was admitted.
    const role = await withTransaction(house.web, async (client) => {
      expect(await beginCommand(client, house.tokens.odense, mine, 'journal.add', 20)).toBeUndefined();
      return (await client.query<{ role: string }>('select current_user::text as role')).rows[0]?.role;
    });
    expect(role).toBe('udvej_web');
  });

  it('by taking its role alone reads nothing and writes nothing', async () => {
    const before = await fingerprint(house.db);
    const done: string[] = [];
    const scope = await cases.scopeOf(mine, 'general');
    const receipts = [
      `insert into app.receipt values ('${people.police.user}', 'UV-9999-999', now(), 'fyn')`, `insert into app.command values ('${people.police.user}', 'k', '\\x00', '{}', now(), 1, '${mine}')`,
    ];
    for (const sql of [...writes(mine, scope), ...receipts]) if (changed(await web.tries(house.tokens.police, sql, { role: 'udvej_command' }), sql)) done.push(sql);
    for (const table of ['exit_case', 'case_event', 'scope', 'case_member', 'scope_member', 'task', 'unit_inbox', 'question', 'notification', 'overview', 'block']) {
      const { rows } = await web.tries(house.tokens.police, `select * from app.${table}`, { role: 'udvej_command' });
      if (rows.length > 0) done.push(`read ${table}`);
    }
    expect(done).toEqual([]);
    expect(await fingerprint(house.db)).toEqual(before);
  });

  it('one case touches no row of another', async () => {
    const before = await fingerprint(house.db, ['audit.event', 'sec.commanding_case']);
    const scope = await cases.scopeOf(others, 'general');
    const done: string[] = [];
    const ruined = [`update app.task set case_id = '${others}'`, `update app.case_member set case_id = '${others}'`, `update app.exit_case set id = '${others}'`];
    for (const sql of [...writes(others, scope), ...ruined]) {
      const { refused } = await web.tries(house.tokens.police, [begin(mine), as, sql]);
      if (refused === undefined && /^(insert|select)/.test(sql)) done.push(sql);
    }
    for (const table of ['exit_case where id', ...['case_event', 'scope', 'case_member', 'scope_member', 'task', 'unit_inbox', 'question', 'notification', 'overview', 'block'].map((name) => `${name} where case_id`)]) {
      const { rows } = await web.tries(house.tokens.police, [begin(mine), as, `select * from app.${table} = '${others}'`]);
      if (rows.length > 0) done.push(`read ${table}`);
    }
    expect(done).toEqual([]);
    expect(await fingerprint(house.db, ['audit.event', 'sec.commanding_case'])).toEqual(before);
  });

  it('one case cannot use a scope of another: neither hand out its key nor put text in it', async () => {
    const foreign = await cases.scopeOf(others, 'general');
    for (const sql of [
      `insert into app.scope_member (scope_id, case_id, user_id) values ('${foreign}', '${mine}', '${people.police.user}')`, `insert into app.case_body values ('${mine}', 1, 9, '${foreign}', '\\x00')`,
    ]) {
      expect((await web.tries(house.tokens.police, ['savepoint s', begin(mine), as, sql, 'rollback to s'])).refused, sql).toMatch(/^(23503|42501)$/);
    }
  });

  it('does not tell whether a case of another exists', async () => {
    const unknown = await web.tries(house.tokens.odense, begin(randomUUID()));
    const known = await web.tries(house.tokens.odense, begin(mine));
    expect(known).toEqual(unknown);
  });

  it('ends with the role given back', async () => {
    for (const back of ['reset role', 'set role none', 'set role udvej_web']) {
      const { rows } = await web.tries(house.tokens.police, [begin(mine), as, back, 'select current_user::text as role']);
      expect(rows).toEqual([{ role: 'udvej_web' }]);
      expect((await web.tries(house.tokens.police, [begin(mine), as, back, `update app.exit_case set phase = 'x'`])).refused).toBe('42501');
      expect(await web.tries(house.tokens.police, [begin(mine), as, back, 'select * from app.case_event'])).toEqual({ rows: [] });
    }
    expect((await web.tries(house.tokens.police, 'select current_user::text as role')).rows).toEqual([{ role: 'udvej_web' }]);
  });

  describe('in its second transaction', () => {
    const resume = (caseId: string, command: string, ticket: Ticket) => `select sec.resume_command('${caseId}', '${command}', '${ticket.payload}', '\\x${ticket.mac.toString('hex')}', 0) is not null as yes`;
    const commandTicket = async (who: PersonName, caseId: string): Promise<Ticket> => {
      const { rows } = await web.tries(house.tokens[who], 'select payload, mac from sec.begin_command($1, $2, 0, null, null) where payload is not null', { values: [caseId, 'journal.add'] });
      if (rows.length !== 1) throw new Error('no ticket');
      return rows[0] as unknown as Ticket;
    };
    const yes = async (who: PersonName, sql: string) => (await web.tries(house.tokens[who], sql)).rows[0]?.['yes'];

    it('goes on for who began it, with the ticket of it', async () => {
      expect(await yes('police', resume(mine, 'journal.add', await commandTicket('police', mine)))).toBe(true);
    });

    it('is not for another case, another mac, or a ticket that is too old', async () => {
      const ticket = await commandTicket('policeFyn', others);
      expect(await yes('policeFyn', resume(mine, 'journal.add', ticket))).toBe(false);
      expect(await yes('policeFyn', resume(others, 'journal.add', { ...ticket, mac: Buffer.alloc(32) }))).toBe(false);
      const old = ticket.payload.split('|').with(2, String(Math.floor(Date.now() / 1000) - 1)).join('|');
      expect(await yes('policeFyn', resume(others, 'journal.add', await cases.signed(old)))).toBe(false);
    });

    it.each(['journal.add', 'inquiry.take', 'contactPoint.takeQuestion', 'inquiry.register', 'findes.ikke'])('is for nobody else than who began it: %s with a ticket of another', async (command) => {
      const ticket = await commandTicket('policeFyn', others);
      for (const who of ['police2', 'officialKl', 'auditor', 'odense'] as const) expect(await yes(who, resume(others, command, ticket)), who).not.toBe(true);
    });

    it.each(['inquiry.take', 'contactPoint.takeQuestion', 'findes.ikke'])('is not gone on with as %s by a ticket that was given for reading, which leaves no row of a command', async (command) => {
      expect(await yes('police', resume(mine, command, await cases.ticketOf('police', mine)))).not.toBe(true);
    });

    it('is not for who has left the circle between the two, nor for who was shut out of it', async () => {
      const id = await takenCase(house);
      const removed = await commandTicket('probation', id);
      await house.does('municipal', id, 'circle.remove', { user: people.probation.user, reason: 'Andet arbejde' });
      for (const command of ['journal.add', 'inquiry.take', 'contactPoint.takeQuestion', 'findes.ikke']) expect(await yes('probation', resume(id, command, removed)), command).not.toBe(true);
      const excluded = await commandTicket('police', id);
      await house.does('municipal', id, 'circle.exclude', { user: people.police.user, reason: 'Fætter' });
      for (const command of ['journal.add', 'inquiry.take', 'findes.ikke']) expect(await yes('police', resume(id, command, excluded)), command).not.toBe(true);
    });
  });
});
