import { agreementInForce } from '../../src/domain/exit-case/agreement.js';
import { openProposals } from '../../src/domain/exit-case/annulment.js';
import { sharingBasis } from '../../src/domain/exit-case/consent.js';
import { courseUntil } from '../../src/domain/exit-case/course.js';
import { INTERRUPTION_GROUNDS } from '../../src/domain/exit-case/position.js';
import { addDays } from '../../src/domain/kernel/time.js';
import { kindsOfScope } from '../../src/domain/reference/legal-bases.js';
import { cast } from './cast.js';
import type { Input, Table } from './filling.js';
import type { Sense } from './sense-beginning.js';

const followUp: Sense = ({ play: { state }, dice }) => {
  const version = agreementInForce(state);
  const answer = (): string => dice.one(['ceased', 'lessened', 'unchanged', 'unknown']);
  return {
    heldOn: undefined,
    nextDue: undefined,
    measures: version?.measures.map(({ measure }) => ({
      measure,
      status: dice.one(['agreed', 'partly', 'not', 'not-started', 'ended']),
    })),
    requirements: version?.requirements.map(({ id }) => ({ requirement: id, fulfilment: dice.one(['met', 'partly', 'not']) })),
    signs: {
      crime: answer(),
      interaction: answer(),
      lifestyle: answer(),
      control: state.inquiry.place === 'custody' ? answer() : undefined,
    },
    outcome: dice.one(['continue', 'continue', 'adjust', 'extend', 'interruption', 'complete']),
  };
};

const position: Sense = (table, { end }) => {
  const {
    dice,
    play: { state },
  } = table;
  const first = state.positions.stated[0];
  const wanted = dice.percent(85)
    ? { 'go-on': 'continue', interrupt: 'interrupt', complete: 'complete' }[end]
    : dice.one(['continue', 'interrupt', 'complete']);
  const ground = first?.ground ?? dice.one(['own-wish', 'own-wish', ...INTERRUPTION_GROUNDS.map((one) => one.value)]);
  return { position: wanted, ground: wanted === 'interrupt' ? ground : undefined };
};

const annulled = (table: Table): Input => {
  const { state } = table.play;
  const proposed = openProposals(state).find((one) => one.by !== cast[table.who].user);
  const what = proposed?.what ?? table.dice.one(['decision', 'consent', 'accession']);
  return { what, party: proposed?.party };
};

/** Words about a breach, of a kind that can be shared now; where none can, mostly none. */
const told = ({ play: { state, today }, dice, words }: Table): Input => {
  const kinds = kindsOfScope('general');
  const kind = dice.any(kinds.filter((one) => sharingBasis(state, one, today).allowed));
  if (kind === undefined && dice.percent(80)) return { what: undefined, kind: undefined };
  return { what: words(), kind: kind ?? dice.one(kinds) };
};

/** The course, its end, and what was recorded wrongly. */
export const senseOfCourse: Readonly<Record<string, Sense>> = {
  'course.extend': ({ play: { state, today }, dice }) => ({
    to: addDays([courseUntil(state) ?? today, today].sort().at(-1) ?? today, dice.between(1, 200)),
  }),
  'followUp.reschedule': ({ play: { today }, dice }) => ({ to: addDays(today, dice.between(0, 40)) }),
  'followUp.hold': followUp,
  'breach.record': (table) => ({
    requirement: table.dice.percent(50)
      ? undefined
      : table.dice.any(agreementInForce(table.play.state)?.requirements.map((one) => one.id) ?? []),
    ...told(table),
  }),
  'breach.hear': ({ play: { state }, dice, words }) => ({
    breach: dice.any(state.breaches.breaches.filter((one) => one.heard === undefined).map((one) => one.id)),
    account: words(),
  }),
  'course.state': position,
  'course.interrupt': ({ play: { state }, dice, words }) => ({
    ground: dice.any(state.positions.stated.flatMap((one) => one.ground ?? [])),
    complaint: words(),
  }),
  'course.complete': ({ dice }) => ({ remaining: dice.one(['ordinary', 'ordinary', 'none']) }),
  'retention.hold': ({ play: { today }, dice }) => ({ until: addDays(today, dice.between(0, 1_500)) }),
  'record.annul': annulled,
  'record.keep': ({ play: { state } }) => ({ what: openProposals(state)[0]?.what ?? 'decision' }),
};
