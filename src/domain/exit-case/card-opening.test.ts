import { describe, expect, it } from 'vitest';
import { aCase, aCustodyCase, type Scenario } from '../../../tests/support/scenario.js';
import { people } from '../../../tests/support/people.js';
import { cardOpeningTasks, safetyCardOpen } from './card-opening.js';
import { taskRows } from './follows.js';

const REASON = { reason: 'Han har ringet og sagt, at to mænd med våben står uden for hans dør nu.' };
const owners = ({ state }: Scenario) => cardOpeningTasks(state).map(({ owner }) => owner);
const openingsOf = ({ state }: Scenario) => state.cardOpenings.map(({ id }) => id);
const waitsFor = ({ state }: Scenario) => taskRows(state).filter((row) => row.mine && row.command === 'safetyCard.noteOpening').map((row) => row.reader);
const handedToPolice2 = (scenario: Scenario) => scenario.does('municipal', 'circle.remove', { user: people.police.user, reason: 'Ny i enheden' }).does('municipal', 'circle.add', { user: people.police2.user, role: 'police', reason: 'Afløser' });

describe('an emergency opening of the safety card', () => {
  it('is looked at by the co-ordinator, the same day (FM-CNF-10)', () => {
    const scenario = aCase('2026-11-02').does('policeFyn', 'safetyCard.open', REASON);
    expect(cardOpeningTasks(scenario.state)).toMatchObject([{ owner: { seat: 'police' }, due: '2026-11-02' }]);
    expect(owners(scenario.does('police', 'safetyCard.noteOpening', { opening: openingsOf(scenario)[0] }))).toEqual([]);
    expect(scenario.refusal('municipal', 'safetyCard.noteOpening', { opening: openingsOf(scenario)[0] }).rule).toBe('FM-CNF-2');
  });

  it('says at what hour and from which authority in its task, so that two of a minute are told apart', () => {
    const scenario = aCase().does('policeFyn', 'safetyCard.open', REASON);
    expect(cardOpeningTasks(scenario.state)[0]?.title).toMatch(/ kl\. \d+\.\d\d af Fyns Politi: se hvorfor$/);
  });

  it('has a reason in words: letters and no words say nothing to who reads it afterwards', () => {
    for (const reason of ['a'.repeat(60), '\u{1F6A8}'.repeat(45)]) expect(safetyCardOpen.input.safeParse({ reason }).error?.issues[0]?.message).toContain('Skriv med ord');
    expect(safetyCardOpen.input.safeParse(REASON).success).toBe(true);
  });

  it('is in custody the custody officer’s, also when a police officer is in the circle (FM-CUS-3)', () => {
    const scenario = aCustodyCase().does('custody', 'circle.add', { user: people.police.user, role: 'police', reason: 'Politiets dele' }).does('policeFyn', 'safetyCard.open', REASON);
    expect(waitsFor(scenario)).toEqual([people.custody.user]);
    expect(owners(scenario.does('custody', 'safetyCard.noteOpening', { opening: openingsOf(scenario)[0] }))).toEqual([]);
  });

  it('is not looked at by who made it and has become co-ordinator since, but by the next seat of the circle (FM-CNF-10)', () => {
    const scenario = handedToPolice2(aCase().does('police2', 'safetyCard.open', REASON).does('policeFyn', 'safetyCard.open', REASON));
    const [own = '', others = ''] = openingsOf(scenario);
    expect([...waitsFor(scenario)].sort()).toEqual([people.municipal.user, people.police2.user]);
    expect(owners(scenario)).toEqual([{ seat: 'municipal' }, { seat: 'police' }]);
    expect(scenario.refusal('police2', 'safetyCard.noteOpening', { opening: own })).toMatchObject({ rule: 'FM-CNF-10', field: 'opening' });
    expect(scenario.refusal('municipal', 'safetyCard.noteOpening', { opening: others })).toMatchObject({ rule: 'FM-CNF-10', field: 'opening' });
    expect(scenario.refusal('probation', 'safetyCard.noteOpening', { opening: own }).rule).toBe('FM-CNF-2');
    scenario.does('municipal', 'safetyCard.noteOpening', { opening: own }).does('police2', 'safetyCard.noteOpening', { opening: others });
    expect(owners(scenario)).toEqual([]);
  });

  it('is nobody’s task as long as who made it is alone in the circle, and that of the first who joins him (FM-CNF-10)', () => {
    const scenario = aCustodyCase().does('custody2', 'safetyCard.open', REASON).does('custody', 'circle.handOver', { user: people.custody.user, to: people.custody2.user, reason: 'Orlov' });
    expect(owners(scenario)).toEqual([]);
    expect(scenario.refusal('custody2', 'safetyCard.noteOpening', { opening: openingsOf(scenario)[0] })).toMatchObject({ rule: 'FM-CNF-10', field: 'opening' });
    scenario.does('custody2', 'circle.add', { user: people.police.user, role: 'police', reason: 'Politiets dele' });
    expect(waitsFor(scenario)).toEqual([people.police.user]);
    expect(owners(scenario.does('police', 'safetyCard.noteOpening', { opening: openingsOf(scenario)[0] }))).toEqual([]);
  });
});
