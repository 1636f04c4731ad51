import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cast, castNames } from '../../properties/cast.js';
import { diceOf } from '../../properties/dice.js';
import { plans } from '../../properties/plan.js';
import { prompt } from '../../support/wall-sql.js';
import { byAddress, byCommanding, byDesk, byFiles, byHttp, byList, byOpening } from './comparing.js';
import { drivenHouse } from './driven-house.js';

/** The seed of the run: fixed, or given to look further. */
const SEED = Number(process.env['MODEL_SEED'] ?? 20_261_122);
const COMMANDS = Number(process.env['MODEL_COMMANDS'] ?? 1_000);
const CASES = 20;
/** Commands of one house: a longer run takes another house, with other cases, for each thousand. */
const OF_A_HOUSE = 1_000;
/** After how many commands everybody is asked about everything by his list, and about a case by opening it. */
const ROUND = 100;

async function run(seed: number, commands: number) {
  const at = await drivenHouse(fc.sample(plans, { seed, numRuns: CASES }));
  const web = await prompt(at.web.house.db, 'udvej_web');
  const dice = diceOf(seed);
  const disagreements: string[] = [];
  const history: string[] = [];
  const count = { given: 0, done: 0, compared: 0, inside: 0, hidden: 0, files: 0, addresses: 0 };
  const note = (of: string, wrong: readonly string[]): void => {
    count.compared += 1;
    disagreements.push(...wrong.map((one) => `${of}: ${one}`));
  };
  try {
    while (count.given < commands && disagreements.length === 0) {
      // A closed case has little left in it but readers.
      const one = dice.weighed(at.cases, ({ state }) => (state.ending.closed === undefined ? 1 : 0.25)) ?? dice.one(at.cases);
      const step = await at.step(one, dice);
      if (step === undefined) continue;
      count.given += 1;
      if (step.done) count.done += 1;
      const label = `${one.id} after ${step.said}`;
      history.push(label);
      note(label, step.wrong);
      if (one.id === '') continue;
      // Mostly somebody who has to do with the case, or had.
      const near = castNames.filter((name) => one.state.circle.members.some(({ user }) => user === cast[name].user));
      const who = dice.any(dice.percent(75) ? near : castNames) ?? dice.one(castNames);
      if (one.model.knows(cast[who].user, at.today())) count.inside += 1;
      else if (near.includes(who)) count.hidden += 1;
      note(label, await byOpening(at, web, one, who));
      if (dice.percent(25)) note(label, await byHttp(at, one, who));
      if (dice.percent(15)) note(label, await byCommanding(at, web, one, who));
      if (one.files.size > 0) {
        count.files += one.files.size;
        note(label, await byFiles(at, one, who));
      }
      if (one.bodies.some((body) => body.kind === 'address')) {
        count.addresses += 1;
        note(label, await byAddress(at, web, one, who));
      }
      if (count.given % ROUND !== 0) continue;
      for (const name of castNames) {
        note(label, await byList(at, web, name));
        note(label, await byDesk(at, web, name));
        note(label, await byOpening(at, web, one, name));
      }
    }
    const some = dice.some(at.cases.filter((one) => one.id !== ''), 40);
    for (const one of some) for (const name of castNames) note(`${one.id} at the end`, await byOpening(at, web, one, name));
  } finally {
    await web.close();
    await at.close();
  }
  const [first] = disagreements;
  const id = first?.slice(0, 36) ?? '-';
  return { count, told: first === undefined ? [] : [...disagreements.slice(0, 12), ...history.filter((line) => line.startsWith(id)).slice(-60)] };
}

it(`agree, the program and a model of access.md, on who sees what in each of ${COMMANDS} commands (security.md, L6)`, async () => {
  for (let house = 0; house * OF_A_HOUSE < COMMANDS; house += 1) {
    const seed = SEED + house;
    const { count, told } = await run(seed, Math.min(OF_A_HOUSE, COMMANDS - house * OF_A_HOUSE));
    console.log(`MODEL_SEED=${seed}: ${count.given} commands, ${count.done} carried out, ${count.compared} comparisons, of them ${count.inside} of people inside and ${count.hidden} of people who are out again; ${count.files} times a file, ${count.addresses} times an address`);
    expect(told, `MODEL_SEED=${seed}`).toEqual([]);
    expect(count.inside).toBeGreaterThan(count.given / 4);
    expect(Math.min(count.files, count.addresses)).toBeGreaterThan(count.given / 100);
  }
}, 60_000 + COMMANDS * 200);
