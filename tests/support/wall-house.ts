import { createHmac } from 'node:crypto';
import type { ScopeKind } from '../../src/domain/kernel/command.js';
import { sayImpartial } from '../../src/store/lists.js';
import type { Ticket } from '../../src/store/vault/vault.js';
import { takenCase, type TestHouse, testHouse } from './house.js';
import { people, type PersonName } from './people.js';
import { type Attempt, type Prompt, prompt } from './wall-sql.js';

/** Limits that no test of the wall comes near. */
export const noLimits = { openingsPerHour: 1_000_000, namesPerHour: 1_000_000 };

export const KINDS: readonly ScopeKind[] = ['identity', 'general', 'sealed', 'police', 'probation', 'health', 'economy', 'address', 'card', 'measure', 'precaution', 'bundle'];
/** All kinds of scope as an SQL array. */
export const kindsSql = `array[${KINDS.map((kind) => `'${kind}'`).join(', ')}]`;

/** A house with two cases whose circles share nobody, and somebody at the web's prompt and the vault's. */
export interface TwoCases {
  readonly house: TestHouse;
  readonly web: Prompt;
  readonly vault: Prompt;
  /** Of `police`, `municipal` and `probation`; with notes in `general`, `health` and `police`. */
  readonly mine: string;
  /** Of `policeFyn`, `odense` and `probation2`. */
  readonly others: string;
  readonly ticketOf: (who: PersonName, caseId: string) => Promise<Ticket>;
  /** Redeems it, with the log's word that its row is committed. */
  readonly release: (ticket: Ticket) => Promise<Attempt>;
  /** A ticket with a genuine signature: what only the owner of the database could write. */
  readonly signed: (payload: string) => Promise<Ticket>;
  readonly scopeOf: (caseId: string, kind: ScopeKind) => Promise<string>;
  readonly close: () => Promise<void>;
}

export async function twoCases(): Promise<TwoCases> {
  const house = await testHouse(noLimits);
  const mine = await takenCase(house);
  await house.does('police', mine, 'journal.add', { text: 'Kun os', kind: 'personal', own: true });
  await house.does('municipal', mine, 'journal.add', { text: 'Søvn', kind: 'health' });
  const others = await caseOfFyn(house);
  await house.does('policeFyn', others, 'journal.add', { text: 'Noget', kind: 'personal' });
  const web = await prompt(house.db, 'udvej_web');
  const vault = await prompt(house.db, 'udvej_vault');
  return {
    house, web, vault, mine, others,
    ticketOf: async (who, caseId) => {
      const { rows } = await web.tries(house.tokens[who], 'select payload, mac from sec.open_case($1, $2, $3, 20) where payload is not null', { values: [caseId, 'test', KINDS] });
      return one(rows);
    },
    release: async ({ payload, mac }) => {
      const { rows: [stamped] } = await web.tries('', 'select sec.stamp($1) as stamp', { values: [payload.split('|')[3]] });
      return vault.tries('', 'select * from keys.release($1, $2, $3)', { values: [payload, mac, stamped?.['stamp'] ?? null] });
    },
    signed: async (payload) => {
      const [row] = await house.db.superuser<{ secret: Buffer }>('select secret from sec.ticket_secret');
      return { payload, mac: createHmac('sha256', row?.secret ?? '').update(payload).digest() };
    },
    scopeOf: async (caseId, kind) => (await house.db.superuser<{ id: string }>('select id from app.scope where case_id = $1 and kind = $2', [caseId, kind]))[0]?.id ?? '',
    close: async () => {
      await web.close();
      await vault.close();
      await house.close();
    },
  };
}

const one = (rows: Attempt['rows']): Ticket => {
  const [row] = rows;
  if (!row) throw new Error('no ticket');
  return row as unknown as Ticket;
};

/** A case of Fyn and Odense, taken by somebody who has no conflict of interest; none of Vestegn's people has ever had to do with it. */
export async function caseOfFyn(house: TestHouse, input: object = {}): Promise<string> {
  await house.db.superuser(`update app.staff set authority = 'probation:fyn' where id = $1`, [people.probation2.user]);
  const done = await house.order('odense', 'inquiry.register', { municipality: '0461', said: 'Vil ud', name: 'Karl Lund', channel: 'phone', ...input });
  if (done.kind !== 'done') throw new Error(`not registered: ${JSON.stringify(done)}`);
  const [row] = await house.db.superuser<{ id: string }>('select id from app.exit_case where number = $1', [done.receipt.number]);
  const id = row?.id ?? '';
  await house.does('policeFyn', id, 'inquiry.take', { police: people.policeFyn.user, municipal: people.odense.user, probation: people.probation2.user });
  await sayImpartial(house.web, house.tokens.policeFyn, id);
  return id;
}
