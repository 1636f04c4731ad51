import type pg from 'pg';
import type { Table } from './rows.js';

/** The tables with most rows: their indexes are built once, sorted, and not row by row. */
const HEAVY: readonly Table[] = ['app.case_event', 'app.case_body', 'app.case_member', 'app.scope_member', 'app.task', 'stat.standing', 'audit.event'];

interface Built {
  readonly drop: string;
  readonly make: string;
}

/** Takes the indexes of the heavy tables away. @returns what brings back every one of them, as it was. */
export async function takeIndexes(client: pg.Client): Promise<readonly string[]> {
  const { rows } = await client.query<Built>(
    `select case when c.oid is null then format('drop index %s', i.indexrelid::regclass) else format('alter table %s drop constraint %I', i.indrelid::regclass, c.conname) end as drop,
       case when c.oid is null then pg_get_indexdef(i.indexrelid)
         else format('alter table %s add constraint %I %s', i.indrelid::regclass, c.conname, pg_get_constraintdef(c.oid)) end as make
     from pg_index i left join pg_constraint c on c.conindid = i.indexrelid and c.conrelid = i.indrelid
     where i.indrelid = any ($1::regclass[])`,
    [HEAVY],
  );
  // What refers to them stands on their indexes: away first, back last.
  const { rows: references } = await client.query<Built>(
    `select format('alter table %s drop constraint %I', c.conrelid::regclass, c.conname) as drop,
       format('alter table %s add constraint %I %s', c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid)) as make
     from pg_constraint c where c.contype = 'f' and c.confrelid = any ($1::regclass[])`,
    [HEAVY],
  );
  for (const { drop } of [...references, ...rows]) await client.query(drop);
  return [...rows, ...references].map(({ make }) => make);
}

export async function bringBack(client: pg.Client, indexes: readonly string[]): Promise<void> {
  await client.query(`set maintenance_work_mem = '256MB'; set synchronous_commit = off`);
  for (const index of indexes) await client.query(index);
}
