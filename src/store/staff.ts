import type { PoolClient } from './postgres/pools.js';

/** A colleague as the directory knows him. */
export interface StaffMember {
  readonly id: string;
  readonly name: string;
  readonly authority: string;
  readonly functions: readonly string[];
}

type Queryable = Pick<PoolClient, 'query'>;

/** Colleagues by id, also those who have left: events keep their actors. The transaction must have its session set. */
export async function colleaguesNamed(client: Queryable, ids: readonly string[]): Promise<ReadonlyMap<string, StaffMember>> {
  if (ids.length === 0) return new Map();
  const { rows } = await client.query<StaffMember>({ name: 'colleagues-named', text: 'select id, name, authority, functions from app.colleagues_named($1)', values: [ids] });
  return new Map(rows.map((row) => [row.id, row]));
}

/** Everybody who can be named in a case now. */
export async function colleagues(client: Queryable): Promise<readonly StaffMember[]> {
  const { rows } = await client.query<StaffMember>({ name: 'colleagues', text: 'select id, name, authority, functions from app.colleagues()' });
  return rows;
}
