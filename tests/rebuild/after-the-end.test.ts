import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCase } from '../../src/app/open-case.js';
import { consentTextOn } from '../../src/domain/reference/consent-texts.js';
import { knownDate } from '../../src/domain/kernel/time.js';
import { setDatabaseClock } from '../../src/store/command-table.js';
import { caseLog, listCases, listTasks } from '../../src/store/lists.js';
import { withClient } from '../../src/store/postgres/engine-guard.js';
import { takenCase, type TestHouse, testHouse } from '../support/house.js';
import { people, type PersonName } from '../support/people.js';
import { noLimits } from '../support/wall-house.js';
import { type Prompt, prompt } from '../support/wall-sql.js';

const TODAY = knownDate('2026-11-02');
/** The last of 30 days, and midnight in Copenhagen after it. */
const END = '2026-12-02T23:00:00.000Z';
const CIRCLE = ['police', 'municipal', 'probation'] as const;

let house: TestHouse;
let web: Prompt;
beforeAll(async () => {
  house = await testHouse(noLimits);
  web = await prompt(house.db, 'udvej_web');
});
afterAll(async () => {
  await web.close();
  await house.close();
});

const clockOfDatabase = (at: number) => withClient('migrate', house.db.url('superuser'), (client) => setDatabaseClock(client, at));

/** An assessment that was interrupted while a measure of the job centre goes on. */
async function closedCase(): Promise<{ readonly id: string; readonly measure: string }> {
  const id = await takenCase(house);
  await house.does('police', id, 'assessment.begin');
  await house.does('municipal', id, 'consent.give', {
    kinds: ['personal', 'economic', 'social'], sensitiveKinds: ['criminal', 'health', 'social-problems', 'abuse', 'private'], language: 'da', textVersion: consentTextOn(TODAY).version,
    authorities: [people.police, people.municipal, people.probation, people.jobcentre].map((one) => one.authority), evidence: { signedOn: TODAY, keptAt: 'Ishøj 26/1042' },
  });
  await house.does('municipal', id, 'measure.propose', { type: 'virksomhedspraktik', owner: people.jobcentre.user, text: '13 uger hos en murermester' });
  const measure = (await house.opens('jobcentre', id)).state.measures.measures[0]?.id ?? '';
  await house.does('jobcentre', id, 'measure.decide', { measure, outcome: 'granted' });
  // A task that outlives the case: a colleague is asked to annul the consent.
  await house.does('municipal', id, 'record.annul', { what: 'consent', reason: 'Forkert sag' });
  await house.does('police', id, 'assessment.interrupt', { reason: 'withdrew' });
  return { id, measure };
}

const ends = async (caseId: string): Promise<Readonly<Record<string, string>>> => {
  const rows = await house.db.superuser<{ user_id: string; until: string }>(
    `select user_id, array_to_string(array_agg(distinct case when until = 'infinity' then 'infinity' else to_char(until at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') end), ',') as until
     from (select user_id, until from app.case_member where case_id = $1 and valid_to is null union all select user_id, until from app.scope_member where case_id = $1 and valid_to is null) m group by 1`, [caseId]);
  const name = (user: string): string => Object.entries(people).find(([, person]) => person.user === user)?.[0] ?? user;
  return Object.fromEntries(rows.map((row) => [name(row.user_id), row.until]));
};
const endsAt = async (caseId: string, moment: string): Promise<void> => {
  for (const table of ['case_member', 'scope_member', 'task']) await house.db.superuser(`update app.${table} set until = ${moment} where case_id = $1 and until < 'infinity'`, [caseId]);
};
const inList = async (who: PersonName, caseId: string): Promise<boolean> =>
  (await listCases(house.web, house.tokens[who], { closed: true, limit: 100 })).some((row) => row.id === caseId);
const opens = async (who: PersonName, caseId: string) => (await openCase(house, house.tokens[who], caseId, 'overview')).kind;
const log = (who: PersonName, caseId: string) =>
  house.db.superuser<{ action: string; purpose: string }>('select action, purpose from audit.event where actor = $1 and case_ref = $2 order by at desc limit 1', [people[who].user, caseId]);

describe('a closed case', () => {
  let id: string;
  let measure: string;
  beforeAll(async () => { ({ id, measure } = await closedCase()); });

  it('is kept with the day its circle’s reading ends; the owner of a measure that goes on has none (FM-END-4)', async () => {
    expect(await ends(id)).toEqual({ police: END, municipal: END, probation: END, jobcentre: 'infinity' });
  });

  it('is read until then, as before (FM-END-4)', async () => {
    await clockOfDatabase(Date.now());
    await endsAt(id, `now() + interval '1 minute'`);
    for (const who of CIRCLE) {
      expect(await opens(who, id)).toBe('open');
      expect(await inList(who, id)).toBe(true);
    }
    expect((await listTasks(house.web, house.tokens.police)).some((task) => task.case_id === id)).toBe(true);
    expect(await caseLog(house.web, house.tokens.police, id)).not.toEqual([]);
  });

  it('does not exist from that moment for those who were in the circle: not to open, list, name, search or command (FM-CNF-2, control 2)', async () => {
    await clockOfDatabase(Date.now());
    await endsAt(id, `now() - interval '1 second'`);
    for (const who of CIRCLE) {
      expect(await openCase(house, house.tokens[who], id, 'overview')).toEqual(await openCase(house, house.tokens[who], randomUUID(), 'overview'));
      expect(await log(who, id)).toEqual([{ action: 'case.denied', purpose: 'overview' }]);
      for (const command of ['record.annul', 'journal.add', 'circle.add']) {
        expect(await house.order(who, command, { what: 'consent', reason: 'Forkert sag' }, { caseId: id })).toEqual({ kind: 'absent' });
        expect(await log(who, id)).toEqual([{ action: 'case.denied', purpose: command }]);
      }
      expect(await inList(who, id)).toBe(false);
      expect((await listTasks(house.web, house.tokens[who])).some((task) => task.case_id === id)).toBe(false);
      const token = house.tokens[who];
      for (const asked of [
        `select * from app.exit_case where id = '${id}'`, `select * from app.task where case_id = '${id}'`, `select * from app.case_event where case_id = '${id}'`,
        `select * from sec.my_cases() as c (id) where c.id = '${id}'`, `select * from sec.names(array['${id}'::uuid])`, `select * from sec.search_own() where case_id = '${id}'`, `select * from sec.case_log('${id}')`,
      ]) expect(await web.tries(token, asked), `${who}: ${asked}`).toEqual({ rows: [] });
    }
  });

  it('goes on for the owner of the measure, with what he could always read (FM-END-4, FM-DEC-3)', async () => {
    expect(await opens('jobcentre', id)).toBe('open');
    expect(await inList('jobcentre', id)).toBe(true);
    await house.does('jobcentre', id, 'measure.start', { measure, on: TODAY });
    expect((await listTasks(house.web, house.tokens.jobcentre)).every((task) => task.command !== 'record.annul')).toBe(true);
    await house.does('jobcentre', id, 'measure.complete', { measure, on: TODAY });
    expect((await ends(id))['jobcentre']).toBe(END);
  });

  it('is read for its time by a demonstration’s clock that is set back', async () => {
    const back = await takenCase(house);
    await house.does('municipal', back, 'inquiry.close', { reason: 'withdrawn', note: 'Vil ikke mere' });
    await endsAt(back, `now() - interval '1 hour'`);
    await clockOfDatabase(Date.now() - 2 * 3_600_000);
    expect(await opens('police', back)).toBe('open');
    expect(await inList('police', back)).toBe(true);
    // One that is ahead gives nobody more, and takes nothing.
    for (const clock of [Date.now(), Date.now() + 86_400_000]) {
      await clockOfDatabase(clock);
      expect(await opens('police', back)).toBe('absent');
      expect(await inList('police', back)).toBe(false);
    }
  });

  it('cannot be kept by those who read it: neither the day nor the clock is theirs to set', async () => {
    for (const statement of [
      `update app.case_member set until = 'infinity'`, `update app.scope_member set until = 'infinity'`, `update sec.setting set value = 100000000 where name = 'clock_behind'`, `select * from sec.setting`,
    ]) expect((await web.tries(house.tokens.police, statement)).refused, statement).toBe('42501');
    for (const table of ['case_member', 'scope_member']) {
      expect((await web.tries(house.tokens.police, `update app.${table} set until = 'infinity' where case_id = '${id}' returning 1`, { role: 'udvej_command' })).rows).toEqual([]);
    }
  });
});
