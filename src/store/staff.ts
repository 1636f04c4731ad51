import type { PoolClient } from './postgres/pools.js';

/** A colleague as the directory knows him. */
export interface StaffMember {
  readonly id: string;
  readonly name: string;
  readonly authority: string;
  readonly functions: readonly string[];
}
/** One who can be named in a case now. */
export interface Colleague extends StaffMember {
  /** Whom the same login was here before it came as somebody new: who is shut out under one of them is shut out under all (control 20). */
  readonly formerly: readonly string[];
}

type Queryable = Pick<PoolClient, 'query'>;

const byId = async (client: Queryable, name: string, more: string, ids: readonly string[]): Promise<ReadonlyMap<string, StaffMember>> => {
  if (ids.length === 0) return new Map();
  const { rows } = await client.query<StaffMember>({ name, text: `select id, name, authority, functions from app.colleagues_named($1)${more}`, values: [ids] });
  return new Map(rows.map((row) => [row.id, row]));
};

/** Colleagues by id, also those who have left: events keep their actors. The transaction must have its session set. */
export const colleaguesById = (client: Queryable, ids: readonly string[]): Promise<ReadonlyMap<string, StaffMember>> => byId(client, 'colleagues-by-id', '', ids);

/**
 * The colleagues that an order names, for its rule; as `udvej_command`, who sees the blocks of the commanded case and of no other. Whom they shut out is unknown there,
 * also when the case knows him by another id than the one he is named by (control 20).
 */
export const colleaguesNamed = (client: Queryable, ids: readonly string[]): Promise<ReadonlyMap<string, StaffMember>> =>
  byId(client, 'colleagues-named', ' where id <> all (array(select user_id from app.block))', ids);

/** Everybody who can be named in a case now. */
export async function colleagues(client: Queryable): Promise<readonly Colleague[]> {
  const { rows } = await client.query<Colleague>({ name: 'colleagues', text: 'select id, name, authority, functions, formerly from app.colleagues()' });
  return rows;
}
