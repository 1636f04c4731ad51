import type { Pool } from '../postgres/pools.js';
import type { WrappedKey } from './kms.js';

/** The key service's part for a rotation: a token of its own may do this and nothing else, and no key leaves the service. */
export interface Rewrapper {
  rewrap(keys: readonly WrappedKey[]): Promise<readonly WrappedKey[]>;
}

export interface Rewrapped {
  /** Keys looked at, and those of them that are wrapped by another version of the root key now. */
  readonly keys: number;
  readonly changed: number;
}

interface Row {
  readonly scope_id: string;
  readonly key_ver: number;
  readonly kek_ver: number;
  readonly wrapped: Buffer;
}

const AT_ONCE = 200;
const FIRST = '00000000-0000-0000-0000-000000000000';

/**
 * Wraps every scope key under the newest version of the root key, while the system runs: a key is the same inside, so nothing that was
 * sealed with it changes (security.md, "Keys"). May be broken off and run again.
 * @param keys the worker's pool into the database of the keys
 * @param onPage told after each page how many there were so far
 */
export async function rewrapAll(keys: Pool, service: Rewrapper, onPage: (soFar: Rewrapped) => void = () => undefined): Promise<Rewrapped> {
  let soFar: Rewrapped = { keys: 0, changed: 0 };
  let last = FIRST;
  for (;;) {
    const { rows } = await keys.query<Row>({ name: 'wrapped-page', text: 'select scope_id, key_ver, kek_ver, wrapped from keys.wrapped_page($1, $2)', values: [last, AT_ONCE] });
    const newest = rows.at(-1);
    if (newest === undefined) return soFar;
    last = newest.scope_id;
    soFar = { keys: soFar.keys + rows.length, changed: soFar.changed + (await rewrapPage(keys, service, rows)) };
    onPage(soFar);
  }
}

async function rewrapPage(keys: Pool, service: Rewrapper, rows: readonly Row[]): Promise<number> {
  const anew = await service.rewrap(rows.map((row) => ({ kekVersion: row.kek_ver, wrapped: row.wrapped })));
  const [first] = anew;
  const changed = rows.flatMap((row, place) => (anew[place] === undefined || anew[place].kekVersion === row.kek_ver ? [] : [{ row, wrapped: anew[place].wrapped }]));
  if (first === undefined || changed.length === 0) return 0;
  const { rows: done } = await keys.query<{ n: number }>({
    name: 'rewrap', text: 'select keys.rewrap($1, $2, $3, $4, $5) as n',
    values: [changed.map(({ row }) => row.scope_id), changed.map(({ row }) => row.key_ver), changed.map(({ row }) => row.wrapped), first.kekVersion, changed.map(({ wrapped }) => wrapped)],
  });
  return done[0]?.n ?? 0;
}
