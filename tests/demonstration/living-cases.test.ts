import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keyOf } from '../../src/cli/demonstration/carried-out.js';
import { tryOthersCases } from '../../src/cli/demonstration/curious-officer.js';
import { fillLivingCases, LIVING_CASES, livingScripts } from '../../src/cli/demonstration/living-cases.js';
import { phaseOf, PHASES } from '../../src/domain/exit-case/follows.js';
import { isDemonstrationCpr } from '../../src/domain/kernel/cpr.js';
import { ACKNOWLEDGED_KINDS, notificationAge } from '../../src/domain/exit-case/notification.js';
import { addMinutes, type Instant, instantOf, knownDate } from '../../src/domain/kernel/time.js';
import { DEMONSTRATION_PEOPLE, type DemonstrationLogin } from '../../src/domain/reference/demonstration-people.js';
import { listCases, listInbox, listQuestions, listTasks } from '../../src/store/lists.js';
import { listNotifications } from '../../src/store/notifications.js';
import { type DemonstrationHouse, demonstrationHouse } from './demonstration-house.js';
import { toldInMemory } from './told-in-memory.js';

/** Those who work in cases; screening, auditor and administrator have none. */
const AT_WORK = DEMONSTRATION_PEOPLE.filter(
  ({ functions }) => !functions.some((one) => ['screening', 'auditor', 'admin'].includes(one)),
);

const afternoon = (day: string): Instant => instantOf(knownDate(day), 14, 0);

describe('the scripts of the living cases', () => {
  it.each(['2026-11-22', '2026-12-25', '2027-01-01', '2027-03-28', '2024-02-29', '2019-01-14', '2018-06-10'])(
    'ask for nothing the framework forbids, whatever the day: %s',
    (day) => {
      const now = afternoon(day);
      for (const script of livingScripts(now)) {
        expect(toldInMemory(script, DEMONSTRATION_PEOPLE)).toHaveLength(script.steps.length);
        const times = script.steps.map((step) => step.at);
        expect(times).toEqual([...times].sort());
        expect((times.at(-1) ?? now) <= now).toBe(true);
      }
    },
  );

  it('may be begun on one day and go on on another, wherever they were interrupted', () => {
    const begun = livingScripts(afternoon('2026-11-20'));
    const resumed = livingScripts(afternoon('2026-11-23'));
    for (const [place, script] of begun.entries()) {
      const rest = resumed[place]?.steps ?? [];
      for (let cut = 1; cut < script.steps.length; cut += 3) {
        const steps = [...script.steps.slice(0, cut), ...rest.slice(cut)];
        expect(() => toldInMemory({ ...script, steps }, DEMONSTRATION_PEOPLE), `${script.name} at ${cut}`).not.toThrow();
      }
    }
  });

  it('leave a case in every phase', () => {
    const phases = livingScripts(afternoon('2026-11-20')).map((script) => {
      const last = toldInMemory(script, DEMONSTRATION_PEOPLE).at(-1);
      return last && phaseOf(last).phase;
    });
    for (const phase of PHASES) expect(phases).toContain(phase);
    expect(phases).toHaveLength(LIVING_CASES);
  });

  it('name people who cannot exist, each once but for the one who has two cases (FM-LAW-3, FM-INT-3)', () => {
    const asked = livingScripts(afternoon('2026-11-20')).map(
      ({ steps }) => steps[0]?.input as { name: string; cpr?: string; phone?: string },
    );
    const numbers = asked.flatMap(({ cpr }) => cpr ?? []);
    expect(numbers.length).toBeGreaterThan(25);
    expect(numbers.every(isDemonstrationCpr)).toBe(true);
    expect(new Set(numbers).size).toBe(numbers.length - 1);
    expect(new Set(asked.map(({ name }) => name)).size).toBe(asked.length - 1);
    // No telephone number in Denmark begins with a nought.
    expect(asked.flatMap(({ phone }) => phone ?? []).every((phone) => phone.startsWith('00 '))).toBe(true);
  });
});

describe('a demonstration filled with living cases', () => {
  let house: DemonstrationHouse;
  let tookMs: number;
  beforeAll(async () => {
    house = await demonstrationHouse();
    const began = performance.now();
    await fillLivingCases(house);
    tookMs = performance.now() - began;
  });
  afterAll(() => house.close());

  it('is ready in well under a minute', ({ annotate }) => {
    void annotate(`filled in ${Math.round(tookMs)} ms`);
    expect(tookMs).toBeLessThan(60_000);
  });

  const waitsFor = async (login: DemonstrationLogin): Promise<number> => {
    const token = await house.tokenOf(login);
    const [tasks, inbox, questions] = await Promise.all(
      [listTasks, listInbox, listQuestions].map((list) => list(house.house.web, token)),
    );
    return (tasks ?? []).filter((task) => 'mine' in task && task.mine).length + (inbox?.length ?? 0) + (questions?.length ?? 0);
  };

  it.each(AT_WORK.map(({ login }) => login))('has something waiting for %s', async (login) => {
    expect(await waitsFor(login)).toBeGreaterThan(0);
  });

  it('leaves nobody signed in', async () => {
    const [row] = await house.db.superuser<{ n: number }>(
      'select count(*)::int as n from sec.session s join app.staff f on f.id = s.user_id where revoked_at is null and f.subject = $1',
      ['misbrug.ishoj'],
    );
    // The one that `waitsFor` opened, at most.
    expect(row?.n).toBeLessThanOrEqual(1);
  });

  it('has an urgent inquiry and a late one in the inbox (FM-INT-2)', async () => {
    const inbox = await listInbox(house.house.web, await house.tokenOf('politi.vestegnen'));
    expect(inbox.some((one) => one.urgent)).toBe(true);
    expect(inbox.some((one) => one.due < knownDate('2026-11-20'))).toBe(true);
  });

  it('has notifications old and too old in the contact point’s inbox, and none of long ago that nobody read (FM-NOT-1)', async () => {
    const asked = { all: true, limit: 200, page: 1, kinds: ACKNOWLEDGED_KINDS };
    const { waiting, rows } = await listNotifications(house.house.web, await house.tokenOf('kontaktpunkt.kl'), asked);
    const states = rows.slice(0, waiting).map(({ at }) => notificationAge(at, knownDate('2026-11-20')));
    for (const state of ['old', 'too-old']) expect(states.map((one) => one.state)).toContain(state);
    expect(Math.max(...states.map(({ days }) => days))).toBeLessThanOrEqual(9);
    expect(rows.length).toBeGreaterThan(waiting);
  });

  it('lacks of no running course what the figures are divided by: category, age and home are written down (FM-STA-2)', async () => {
    const courses = await house.db.superuser<{ lacks: boolean }>(
      `select s.category is null or s.age_band is null or s.place = 'freedom' and s.municipality is null as lacks
       from stat.in_force('2015-04-01', '2026-11-20', 'infinity', '{}', null) s where s.state = 'course'`,
    );
    expect(courses.length).toBeGreaterThan(5);
    expect(courses.filter(({ lacks }) => lacks)).toEqual([]);
  });

  it('is not filled a second time, and not on a later day', async () => {
    const casesOf = async () =>
      (await listCases(house.house.web, await house.tokenOf('politi.vestegnen'), { limit: 200 })).length;
    const before = await casesOf();
    expect(await fillLivingCases(house)).toBe(0);
    house.setClock(afternoon('2027-02-01'));
    expect(await fillLivingCases(house)).toBe(0);
    house.setClock(afternoon('2026-11-20'));
    expect(await casesOf()).toBe(before);
  });

  it('has an officer who tried cases of others, found once by the rule, and nothing else that the rules would have made of its own filling (control 21)', async () => {
    for (let start = 0; start < 2; start += 1) await tryOthersCases(house);
    await house.db.superuser('select audit.review_turn()');
    expect(await house.db.superuser('select r.kind, f.subject, cardinality(r.events) as n from audit.review r join app.staff f on f.id = r.person')).toEqual([{ kind: 'denials', subject: 'politi.vestegnen.2', n: 5 }]);
  });

  it('leaves nobody in an open case whose access has ended, or ends within a month (control 44)', async () => {
    const rows = await house.db.superuser<{ n: number }>(
      `select count(*)::int as n from app.case_member m join app.exit_case c on c.id = m.case_id where c.phase <> 'closed' and m.valid_to is null and m.until < $1`,
      [addMinutes(afternoon('2026-11-20'), 30 * 24 * 60)],
    );
    expect(rows[0]?.n).toBe(0);
  });

  it('says that every event happened, and was recorded, when its clock said so', async () => {
    const [row] = await house.db.superuser<{ apart: number; late: number }>(
      `select count(*) filter (where at <> recorded_at)::int as apart, count(*) filter (where at > $1)::int as late from app.case_event`,
      [afternoon('2026-11-20')],
    );
    expect(row).toEqual({ apart: 0, late: 0 });
  });
});

describe('a filling that was interrupted', () => {
  it('goes on where it stopped: every command is carried out once', async () => {
    const house = await demonstrationHouse();
    try {
      for (let round = 1; round <= 4; round += 1) {
        const controller = new AbortController();
        const filled = fillLivingCases(house.until(controller.signal));
        await stepsDone(house, round * 120);
        controller.abort();
        await filled;
        house.setClock(addMinutes(afternoon('2026-11-20'), round));
      }
      const [halfway] = await house.db.superuser<{ n: number }>('select count(*)::int as n from app.command');
      const scripts = livingScripts(afternoon('2026-11-20'));
      const all = scripts.reduce((sum, { steps }) => sum + steps.length, 0);
      expect(halfway?.n).toBeLessThan(all);
      await fillLivingCases(house);
      const keys = await house.db.superuser<{ key: string }>('select key from app.command');
      const day = knownDate('2026-11-20');
      // Renewals that nobody was there for are left out.
      const may = scripts.flatMap(({ name, steps }) =>
        steps.map((step, place) => ({ key: keyOf('levende', day, name, place, place === steps.length - 1), must: step.command !== 'circle.renew' || place === steps.length - 1 })),
      );
      const done = keys.map(({ key }) => key);
      expect(done.filter((key) => may.every((one) => one.key !== key))).toEqual([]);
      expect(may.filter((one) => one.must && !done.includes(one.key))).toEqual([]);
      expect(new Set(done).size).toBe(done.length);
      const [cases] = await house.db.superuser<{ n: number }>('select count(*)::int as n from app.exit_case');
      expect(cases?.n).toBe(scripts.length);
    } finally {
      await house.close();
    }
  }, 120_000);
});

/** Resolves when so many commands have been carried out. */
async function stepsDone(house: DemonstrationHouse, count: number): Promise<void> {
  for (;;) {
    const [row] = await house.db.superuser<{ n: number }>('select count(*)::int as n from app.command');
    if ((row?.n ?? 0) >= count) return;
  }
}
