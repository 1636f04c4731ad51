import { isEnded, type Measure, measureOwnerMay } from '../../src/domain/exit-case/measure.js';
import { addDays } from '../../src/domain/kernel/time.js';
import { responsibleAuthority } from '../../src/domain/reference/measures.js';
import { MEASURE_CATALOGUE } from '../../src/domain/reference/measure-catalogue.js';
import { municipalityOfAuthority } from '../../src/domain/reference/authorities.js';
import { cast, castNames } from './cast.js';
import type { Input, Table } from './filling.js';
import type { Sense } from './sense-beginning.js';

/** The types that are proposed: one of each sort of authority, with law's deadline and without, in and out of Udvej. */
const TYPES = [
  'virksomhedspraktik',
  'stofmisbrug',
  'stofmisbrug',
  'alkohol',
  'mentor',
  'boliganvisning',
  'flyttetilskud',
  'ludomani',
  'psykolog',
  'tilsyn',
  'overfaldsalarm',
  'social-stoette',
  'andet',
] as const;
const IN_CUSTODY = ['forloeb-under-afsoning', 'tilsyn', 'psykolog', 'andet', 'ludomani'] as const;

const evidence = ({ play: { today }, words }: Table): Input => ({ by: words(200), signedOn: today, keptAt: words(500) });

/** A measure in one of these states; one of the acting person's own where that matters. */
const measureIn = (table: Table, own: boolean, fits: (measure: Measure) => boolean): Measure | undefined => {
  const { state } = table.play;
  return table.dice.any(
    state.measures.measures.filter((one) => fits(one) && (!own || measureOwnerMay(state, cast[table.who], one))),
  );
};
const status =
  (...of: readonly Measure['status'][]) =>
  (measure: Measure): boolean =>
    of.includes(measure.status);

/** About one measure: its id, and evidence where its authority is not in Udvej. */
const about = (table: Table, measure: Measure | undefined): Input =>
  measure === undefined ? {} : { measure: measure.id, evidence: measure.outside ? evidence(table) : undefined };

const workers = (authority: string, not?: string): readonly string[] =>
  castNames
    .map((name) => cast[name])
    .filter(
      (one) =>
        one.authority === authority &&
        one.user !== not &&
        one.functions.some((each) => each === 'measure_owner' || each.endsWith('_exit')),
    )
    .map((one) => one.user);

const proposal: Sense = (table) => {
  const {
    play: { state, today },
    dice,
    words,
  } = table;
  const { municipality = '0183', place } = state.inquiry;
  const unit = state.inquiry.unit === 'unnamed' ? 'dfk' : state.inquiry.unit;
  const type = dice.one<string>(place === 'custody' ? IN_CUSTODY : TYPES);
  const free = type === 'andet';
  const row = MEASURE_CATALOGUE.find((one) => one.id === type);
  const usual = row && responsibleAuthority(row.responsible, { municipality, unit }, today);
  const authority = free
    ? dice.one([`municipality:${municipality}`, 'external', ...(unit === 'dfk' ? [] : [`probation:${unit}`])])
    : undefined;
  const silent = state.consent.status === 'none' || state.consent.status === 'given' ? dice.percent(10) : dice.percent(80);
  return {
    type,
    authority,
    kinds: free ? ['personal', ...dice.some(['health', 'economic'], 30)] : undefined,
    title: free ? words(200) : undefined,
    text: silent ? undefined : words(),
    owner: dice.percent(25) ? undefined : dice.any(workers(authority ?? usual ?? '')),
    coveredByActionPlan: place === 'custody' ? dice.percent(50) : undefined,
  };
};

const owner: Sense = (table) => {
  const measure = measureIn(table, false, (one) => !isEnded(one) && workers(one.authority, one.owner).length > 0);
  return measure === undefined ? {} : { measure: measure.id, owner: table.dice.any(workers(measure.authority, measure.owner)) };
};

const request: Sense = (table) => {
  const {
    play: { today },
    dice,
  } = table;
  const measure = measureIn(table, false, (one) => !isEnded(one) && one.requestedOn === undefined);
  const lawful = measure !== undefined && ['stofmisbrug', 'alkohol'].includes(measure.measureType);
  return {
    ...about(table, measure),
    evidence: undefined,
    on: addDays(today, -dice.between(0, 5)),
    chosenLater: lawful && dice.percent(30) ? addDays(today, dice.between(15, 40)) : undefined,
  };
};

const decided: Sense = (table) => {
  const { dice, words } = table;
  const outcome = dice.percent(88) ? 'granted' : 'refused';
  const measure = measureIn(
    table,
    true,
    (one) => status('proposed', 'requested')(one) || (outcome === 'granted' && one.status === 'refused' && dice.percent(30)),
  );
  return {
    ...about(table, measure),
    outcome,
    reason: words(),
    law: words(500),
    complaintRoute: words(1000),
    pressingNeed: true,
    meetsCriteria: true,
    planAligned: true,
    coherence: words(500),
    dwelling: measure && municipalityOfAuthority(measure.authority),
  };
};

const run =
  (...states: readonly Measure['status'][]): Sense =>
  (table) => ({
    ...about(table, measureIn(table, true, status(...states))),
    on: table.play.today,
    reason: table.words(),
    law: table.words(500),
    complaintRoute: table.words(1000),
  });

const only =
  (sense: Sense, ...fields: readonly string[]): Sense =>
  (table, plan) =>
    Object.fromEntries(Object.entries(sense(table, plan)).filter(([field]) => fields.includes(field)));

/** Measures, from the proposal to the end; what no schema can say of whose they are and where they stand. */
export const senseOfMeasures: Readonly<Record<string, Sense>> = {
  'measure.propose': proposal,
  'measure.setOwner': owner,
  'measure.request': only(request, 'measure', 'on', 'chosenLater'),
  'measure.chooseLater': (table) => {
    const measure = measureIn(table, false, (one) => one.statutoryBy !== undefined && !isEnded(one) && one.status !== 'started');
    return measure?.statutoryBy === undefined
      ? {}
      : { measure: measure.id, startOn: addDays(measure.statutoryBy, table.dice.between(1, 30)) };
  },
  'measure.decide': decided,
  'measure.start': only(run('granted'), 'measure', 'evidence', 'on'),
  'measure.report': only(run('granted', 'started'), 'measure', 'evidence'),
  'measure.complete': only(run('started'), 'measure', 'evidence', 'on'),
  'measure.stop': only(run('granted', 'started'), 'measure', 'evidence', 'reason', 'law', 'complaintRoute'),
};
