/** The four operations as one prepared query each; $1 is the user unless said otherwise. */
export const queries = {
  list: `select c.id, c.case_no, c.title, c.status, c.next_followup, c.created_at, d.name as district, mu.name as municipality
    from case_member m join casefile c on c.id = m.case_id join police_district d on d.id = c.district_id join municipality mu on mu.id = c.municipality_id
    where m.user_id = $1 and c.status = 'open' order by c.created_at desc, c.id desc limit 25`,
  open: `select c.*, d.name as district, mu.name as municipality,
      (select json_agg(x order by x.id) from (select id, title, status, due from step where case_id = c.id) x) as steps,
      (select json_agg(x) from (select id, author_id, body, created_at from note where case_id = c.id order by created_at desc, id desc limit 20) x) as notes
    from casefile c join police_district d on d.id = c.district_id join municipality mu on mu.id = c.municipality_id
    where c.id = $2 and exists (select 1 from case_member m where m.case_id = c.id and m.user_id = $1)`,
  note: `insert into note (case_id, author_id, body) select $2, $1, $3
    where exists (select 1 from case_member m where m.case_id = $2 and m.user_id = $1) returning id`,
  /** No parameter: everybody's. */
  counts: `select d.name as district, c.status, c.n from (select district_id, status, count(*)::int as n from casefile group by 1, 2) c
    join police_district d on d.id = c.district_id order by d.id, 2`,
  /** $1: the token of the cookie. */
  session: 'select user_id, role from app_session where token = $1 and expires > now()',
  context: `select set_config('app.user_id', $1, true)`,
  audit: 'insert into audit_read (user_id, act, case_ids) values ($1, $2, $3)',
} as const;
export type Operation = 'list' | 'open' | 'note' | 'counts';
