import { openCase } from '../../../src/app/open-case.js';
import { caseCommand } from '../../../src/domain/exit-case/case.js';
import { addDays, addMinutes, epochMilliseconds, instantOf, knownDate, type PlainDate } from '../../../src/domain/kernel/time.js';
import { startSession } from '../../../src/store/session-start.js';
import { cast, type CastName, castNames } from '../../properties/cast.js';
import type { Dice } from '../../properties/dice.js';
import { Director } from '../../properties/driving.js';
import type { Plan } from '../../properties/plan.js';
import { Play } from '../../properties/playing.js';
import { testHouse } from '../../support/house.js';
import { noLimits } from '../../support/wall-house.js';
import { multipartBody, pdf } from '../../support/uploads.js';
import { type TestWeb, testWeb } from '../../support/web.js';
import { type Lying, WhoSees } from './who-sees.js';

/** Where the clock begins, and the day it never passes: the database's own must be behind it, or nothing would lapse there. */
const FIRST_DAY = knownDate('2026-01-05');
const LAST_DAY = knownDate('2026-11-15');
/** A day of one history is so much less of the house's: its cases go side by side. */
const SIDE_BY_SIDE = 9;

/** A case of the real house, with the framework's state beside it to choose sensible commands by, and the model that is asked who sees it. */
export class DrivenCase extends Play {
  id = '';
  readonly model = new WhoSees();
  bodies: readonly Lying[] = [];
  /** What was typed, and the versions that came of it. */
  readonly texts: { readonly text: string; readonly versions: readonly number[] }[] = [];
  /** The files that lie in the case, and the versions they came with. */
  readonly files = new Map<string, number>();
  readonly director: Director;
  told = 0;

  constructor(plan: Plan, mark: string) {
    super(FIRST_DAY);
    this.director = new Director(this, plan, mark);
  }
}

export interface DrivenHouse {
  readonly web: TestWeb;
  readonly cases: readonly DrivenCase[];
  readonly tokenOf: (who: CastName) => string;
  readonly today: () => PlainDate;
  /** One command in one case, by its plan; what the model says against it, if anything. Undefined: there was nothing to do. */
  readonly step: (one: DrivenCase, dice: Dice) => Promise<{ readonly said: string; readonly done: boolean; readonly wrong: readonly string[] } | undefined>;
  /** A request with a JSON body, as somebody. */
  readonly send: (who: CastName, url: string, input: object) => ReturnType<TestWeb['api']>;
  readonly close: () => Promise<void>;
}

const textsIn = (value: unknown): readonly string[] =>
  typeof value === 'string' ? (value.startsWith('tekst ') ? [value] : []) : typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];

/** The program as it runs, with everybody of the histories signed in and no limit in the way. */
export async function drivenHouse(plans: readonly Plan[]): Promise<DrivenHouse> {
  const web = await testWeb(await testHouse(noLimits), 1_000_000);
  const { house } = web;
  const tokens = new Map<string, string>(Object.entries(house.tokens));
  for (const name of castNames.filter((one) => !tokens.has(one))) {
    const { user, authority, functions } = cast[name];
    await house.db.superuser('insert into app.staff (id, issuer, subject, name, authority, functions) values ($1, $2, $3, $4, $5, $6)', [user, 'test', name, `Navn ${name}`, authority, functions]);
    const token = await startSession(house.login, { issuer: 'test', subject: name, name: `Navn ${name}`, authority, functions, authTime: new Date(), level: 'substantial' });
    if (token === undefined) throw new Error('no session');
    tokens.set(name, token);
  }
  const tokenOf = (who: CastName): string => tokens.get(who) ?? '';

  let now = instantOf(FIRST_DAY, 9, 0);
  let today = FIRST_DAY;
  let fractions = 0;
  const setTime = async (): Promise<void> => {
    house.setClock(now);
    await house.db.superuser(`update sec.setting set value = extract(epoch from now())::bigint - $1 where name = 'clock_behind'`, [Math.floor(epochMilliseconds(now) / 1000)]);
  };
  await setTime();
  const later = async (days: number): Promise<void> => {
    fractions += days / SIDE_BY_SIDE;
    const whole = Math.floor(fractions);
    const day = addDays(today, whole);
    if (whole === 0 || day > LAST_DAY) {
      now = addMinutes(now, 0.2);
      house.setClock(now);
      return;
    }
    fractions -= whole;
    today = day;
    now = instantOf(day, 9, 0);
    await setTime();
  };

  /** Reads what has happened since, as somebody who may; the framework's state serves to choose by, the new facts go to the model. */
  const refresh = async (one: DrivenCase, actor: CastName): Promise<string | undefined> => {
    const inside = [actor, ...castNames].find((name) => one.model.knows(cast[name].user, today)) ?? actor;
    for (const [who, purpose] of [[actor, 'overview'], [inside, 'overview'], ...castNames.map((name) => [name, 'actions'] as const)] as const) {
      const opened = await openCase(house, tokenOf(who), one.id, purpose, [], 1_000);
      if (opened.kind !== 'open') continue;
      one.state = opened.state;
      const stream = [...opened.facts, ...opened.entries].sort((a, b) => a.version - b.version);
      one.stream.splice(0, Infinity, ...stream.map((fact) => ({ ...fact, bodies: [] })));
      for (const fact of opened.facts) if (fact.version > one.told) one.model.tell(fact);
      for (const { event, version } of opened.entries) if (event.type === 'AttachmentAdded') one.files.set(event.file, version);
      one.told = Math.max(one.told, ...stream.map((fact) => fact.version));
      one.bodies = await house.db.superuser<Lying & Record<string, unknown>>(
        'select b.version, s.kind, s.subject from app.case_body b join app.scope s on s.id = b.scope_id where b.case_id = $1 order by 1, 2, 3', [one.id]);
      return undefined;
    }
    return one.model.knows(cast[inside].user, today) ? `nobody can open the case, ${inside} should` : undefined;
  };

  const post = (who: CastName, url: string, type: string, payload: string | Buffer) =>
    web.app.inject({ method: 'POST', url, headers: { authorization: `Bearer ${tokenOf(who)}`, 'content-type': type }, payload });
  const send: DrivenHouse['send'] = (who, url, input) => post(who, url, 'application/json', JSON.stringify(input));
  const sendFile = (who: CastName, caseId: string, input: object) => {
    const fields = Object.fromEntries(Object.entries(input).map(([name, value]) => [name, String(value)]));
    const { type, payload } = multipartBody({ fields, files: [{ bytes: pdf(), name: 'fil.pdf' }] });
    return post(who, `/api/v1/cases/${caseId}/attachments`, type, payload);
  };

  const step: DrivenHouse['step'] = async (one, dice) => {
    one.at(now);
    let days = 0;
    const given = one.director.next(dice, (some) => { days = some; });
    await later(days);
    if (given === undefined || (one.id !== '' && given.command === 'inquiry.register')) return undefined;
    const { who, command, input } = given;
    one.at(now);
    const wrong: string[] = [];
    const reply = command === 'attachment.add' ? await sendFile(who, one.id, input) : await send(who, one.id === '' ? '/api/v1/cases' : `/api/v1/cases/${one.id}/commands/${command}`, input);
    const done = reply.statusCode < 300;
    if (reply.statusCode >= 500) wrong.push(`answered ${reply.statusCode}`);
    // Membership comes before everything else: who is in the circle is not told 404, and everybody else is.
    if (one.id !== '' && caseCommand(command)?.admission === 'circle' && (reply.statusCode === 404) === one.model.knows(cast[who].user, today)) {
      wrong.push(`the command was answered ${reply.statusCode}; the model says ${one.model.knows(cast[who].user, today) ? 'inside' : 'outside'}`);
    }
    if (done) {
      one.director.done(command);
      if (one.id === '') one.id = (await house.db.superuser<{ id: string }>('select id from app.exit_case where number = $1', [reply.json<{ number: string }>().number]))[0]?.id ?? '';
      const before = one.told;
      const said = await refresh(one, who);
      if (said !== undefined) wrong.push(said);
      const versions = [...new Set(one.bodies.map(({ version }) => version).filter((version) => version > before))];
      one.texts.push(...textsIn(input).map((text) => ({ text, versions })));
    }
    one.steps.push({ number: one.steps.length + 1, who, command, input, at: now, today, kind: done ? 'done' : 'rejected', told: [], before: one.state, after: one.state, length: [0, 0] });
    return { said: `${today} ${who} ${command} ${JSON.stringify(input).slice(0, 200)}: ${reply.statusCode}`, done, wrong };
  };
  return { web, cases: plans.map((plan, index) => new DrivenCase(plan, `${String.fromCharCode(97 + index)}-`)), tokenOf, today: () => today, step, send, close: () => web.close() };
}
