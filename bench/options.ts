import { parseArgs } from 'node:util';
import { CASES_PER_TEAM, MEASURED, NOTES } from './plan.js';

export const OPERATIONS = ['list', 'open', 'note', 'counts'] as const;
export type Operation = (typeof OPERATIONS)[number];

export interface Options {
  readonly sizes: readonly number[];
  /** Measured seconds for each operation, number of connections and target; shared out over the rounds. */
  readonly seconds: number;
  readonly rounds: number;
  readonly operations: readonly Operation[];
  readonly connections: readonly number[];
  /** Notes on the cases of the people measured. */
  readonly notes: number;
  /** Seconds that the log's sealer is measured; 0: not at all. */
  readonly sealer: number;
  /** Who wraps the keys of cases: a root key in a file, or the tests' stand-in for a key service, over HTTP. */
  readonly keys: 'file' | 'transit';
  readonly out: URL | string;
  /** A folder for a processor profile of the server under test. */
  readonly profile?: string;
}

export const HELP = `npm run bench -- [options]
  --sizes=1000,10000,100000   cases; whole hundreds, 200 at least; none: only the sealer
  --seconds=6                 measured per operation, connections and target, shared out over the rounds
  --rounds=3                  turns that the targets take; the median is reported
  --ops=list,open,note,counts
  --conns=1,16
  --notes=${NOTES}                   notes on the cases that are opened (20 fill the page of the latest 20)
  --sealer=10                 seconds of a thousand rows a second with the sealer beside them (600 for ten minutes; 0: leave it out)
  --keys=file|transit         who wraps the keys of cases: a root key in a file, or a stand-in for a key service over HTTP
  --out=<file>                JSON; bench/results/latest.json when left out
  --profile=<folder>          writes a .cpuprofile of the server under test, one a size`;

const numbers = (name: string, text: string, fits: (n: number) => boolean): readonly number[] =>
  text.split(',').map((part) => {
    const n = Number(part.replaceAll('_', ''));
    if (!Number.isFinite(n) || !fits(n)) throw new Error(`--${name}=${text}: ${part} does not fit\n${HELP}`);
    return n;
  });
const number = (name: string, text: string, fits: (n: number) => boolean): number => numbers(name, text, fits)[0] ?? 0;
const whole = (from: number, to: number) => (n: number): boolean => Number.isInteger(n) && n >= from && n <= to;

/** @throws with the help text when an option cannot be used. */
export function readOptions(argv: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      sizes: { type: 'string', default: '1000,10000,100000' }, seconds: { type: 'string', default: '6' }, rounds: { type: 'string', default: '3' },
      ops: { type: 'string', default: OPERATIONS.join(',') }, conns: { type: 'string', default: '1,16' }, notes: { type: 'string', default: String(NOTES) },
      sealer: { type: 'string', default: '10' }, keys: { type: 'string', default: 'file' }, out: { type: 'string' }, profile: { type: 'string' },
    },
  });
  const operations = values.ops.split(',').map((name) => {
    const known = OPERATIONS.find((one) => one === name);
    if (!known) throw new Error(`--ops=${values.ops}: ${name} is none\n${HELP}`);
    return known;
  });
  if (values.keys !== 'file' && values.keys !== 'transit') throw new Error(`--keys=${values.keys} is none\n${HELP}`);
  // Twenty people are measured, so there must be twenty; a team of ten has a hundred cases.
  const fits = (n: number) => whole((MEASURED / 10) * CASES_PER_TEAM, 1_000_000)(n) && n % (2 * CASES_PER_TEAM) === 0;
  return {
    sizes: values.sizes === 'none' ? [] : numbers('sizes', values.sizes, fits),
    seconds: number('seconds', values.seconds, (n) => n >= 0.5 && n <= 300),
    rounds: number('rounds', values.rounds, whole(1, 50)),
    operations,
    connections: numbers('conns', values.conns, whole(1, 16)),
    notes: number('notes', values.notes, whole(0, 200)),
    sealer: number('sealer', values.sealer, whole(0, 3_600)),
    keys: values.keys === 'transit' ? 'transit' : 'file',
    out: values.out ?? new URL('./results/latest.json', import.meta.url),
    ...(values.profile === undefined ? {} : { profile: values.profile }),
  };
}
