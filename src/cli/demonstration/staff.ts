import type pg from 'pg';
import type { Seat } from '../../domain/exit-case/circle.js';
import type { UnitId } from '../../domain/reference/authorities.js';
import { DEMONSTRATION_PEOPLE, type DemonstrationLogin } from '../../domain/reference/demonstration-people.js';

/** Whom the co-ordinators have named for their units; a municipality has its own representative (FM-ORG-1). */
const ROSTER = [
  ['koebenhavns-vestegn', 'police', '', 'politi.vestegnen'],
  ['koebenhavns-vestegn', 'municipal', '0183', 'ishoj.koordinator'],
  ['koebenhavns-vestegn', 'probation', '', 'kif.vestegnen'],
  ['fyn', 'police', '', 'politi.fyn'],
  ['fyn', 'municipal', '0461', 'odense.koordinator'],
  ['fyn', 'probation', '', 'kif.fyn'],
  ['dfk', 'custody', '', 'dfk.exit'],
] as const satisfies readonly (readonly [UnitId, Seat, string, DemonstrationLogin])[];

/**
 * Puts the demonstration's people into the staff directory under their fixed ids, and their units' rosters where the co-ordinator has
 * named nobody yet. May be done again: a person follows the issuer, which changes with the address Udvej is started on.
 * @param superuser may become `udvej_owner`
 */
export async function fillDemonstrationStaff(superuser: Pick<pg.ClientBase, 'query'>, issuer: string): Promise<void> {
  await superuser.query('begin');
  try {
    await superuser.query('set local role udvej_owner');
    await superuser.query(
      `insert into app.staff (id, issuer, subject, name, authority, functions)
         select id, $2, login, name, authority, functions
         from jsonb_to_recordset($1::jsonb) as one (id uuid, login text, name text, authority text, functions text[])
       on conflict (id) do update set issuer = excluded.issuer, subject = excluded.subject, name = excluded.name,
         authority = excluded.authority, functions = excluded.functions`,
      [JSON.stringify(DEMONSTRATION_PEOPLE), issuer],
    );
    await superuser.query(
      `insert into app.unit_roster (unit, seat, municipality, user_id)
         select unit, seat, municipality, user_id
         from jsonb_to_recordset($1::jsonb) as one (unit text, seat text, municipality text, user_id uuid)
         where not exists (select from app.unit_roster there where there.unit = one.unit)`,
      [
        JSON.stringify(
          ROSTER.map(([unit, seat, municipality, login]) => ({ unit, seat, municipality, user_id: ID_OF.get(login) })),
        ),
      ],
    );
    await superuser.query('commit');
  } catch (error) {
    await superuser.query('rollback').catch(() => undefined);
    throw error;
  }
}

const ID_OF = new Map(DEMONSTRATION_PEOPLE.map(({ login, id }) => [login, id]));
