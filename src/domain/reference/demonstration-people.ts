import type { UserId } from '../kernel/ids.js';
import type { StaffFunction } from '../access/functions.js';
import type { AuthorityId } from './authorities.js';

/** Somebody to log in as where no real person's data is. */
export interface DemonstrationPerson {
  /** The subject that the demonstration's identity provider asserts. */
  readonly login: string;
  /** Invented. */
  readonly name: string;
  /** What he calls himself on the telephone. */
  readonly title?: string;
  readonly authority: AuthorityId;
  readonly functions: readonly StaffFunction[];
  /** The same in every demonstration, so that its cases and tests can name their people. */
  readonly id: UserId;
}

const fixedId = (serial: number): UserId => `de300000-0000-4000-8000-${String(serial).padStart(12, '0')}` as UserId;

/** Login, name, title, authority, function, serial of the id. A serial once given stays with its login. */
const ROWS = [
  ['politi.vestegnen', 'Mette Lindqvist', 'Exitkoordinator', 'police:koebenhavns-vestegn', 'police_exit', 1],
  ['politi.vestegnen.2', 'Torben Aagesen', 'Politiassistent', 'police:koebenhavns-vestegn', 'police_exit', 2],
  ['ishoj.koordinator', 'Jonas Bækgaard', 'Exitkoordinator', 'municipality:0183', 'municipal_exit', 3],
  ['ishoj.koordinator.2', 'Line Østerby', 'Socialrådgiver', 'municipality:0183', 'municipal_exit', 4],
  ['kif.vestegnen', 'Sanne Thorup', 'Socialrådgiver', 'probation:koebenhavns-vestegn', 'probation_exit', 5],
  ['kif.vestegnen.2', 'Peter Vang Holst', 'Socialrådgiver', 'probation:koebenhavns-vestegn', 'probation_exit', 6],
  ['jobcenter.ishoj', 'Camilla Ravnsborg', 'Jobkonsulent', 'municipality:0183:jobcentre', 'measure_owner', 7],
  ['misbrug.ishoj', 'Henrik Sølvsten', 'Misbrugsbehandler', 'municipality:0183:treatment', 'measure_owner', 8],
  ['bolig.ishoj', 'Nadia Kærgaard', 'Boligrådgiver', 'municipality:0183:housing', 'measure_owner', 9],
  ['politi.fyn', 'Lars Munkebjerg', 'Exitkoordinator', 'police:fyn', 'police_exit', 10],
  ['odense.koordinator', 'Ida Marie Skovgaard', 'Exitkoordinator', 'municipality:0461', 'municipal_exit', 11],
  ['kif.fyn', 'Bo Hvidtfeldt', 'Socialrådgiver', 'probation:fyn', 'probation_exit', 12],
  ['jobcenter.odense', 'Trine Åkjær', 'Jobkonsulent', 'municipality:0461:jobcentre', 'measure_owner', 13],
  ['kontaktpunkt.politi', 'Anne Grete Bisgaard', 'Politikommissær', 'rigspolitiet', 'contact_point', 14],
  ['kontaktpunkt.kl', 'Karen Holm Iversen', 'Chefkonsulent', 'kl', 'contact_point', 15],
  ['kontaktpunkt.dfk', 'Mikkel Ørum', 'Specialkonsulent', 'dfk', 'contact_point', 16],
  ['dfk.exit', 'Susanne Fjeldborg', 'Exitkoordinator i fængslerne', 'dfk', 'custody_exit', 17],
  ['rigspolitiet.screening', 'Jesper Dalsgård', 'Sikkerhedskonsulent', 'rigspolitiet', 'screening', 18],
  ['revisor', 'Ulla Brandstrup', 'Databeskyttelsesrådgiver', 'rigspolitiet', 'auditor', 19],
  ['admin', 'Kasper Nørholm', 'Driftsansvarlig', 'rigspolitiet', 'admin', 20],
] as const satisfies readonly (readonly [string, string, string, AuthorityId, StaffFunction, number])[];

export type DemonstrationLogin = (typeof ROWS)[number][0];

/** The demonstration logins of access.md, colleagues beside each other. */
export const DEMONSTRATION_PEOPLE: readonly (DemonstrationPerson & { readonly login: DemonstrationLogin })[] = ROWS.map(
  ([login, name, title, authority, staffFunction, serial]) => ({
    login,
    name,
    title,
    authority,
    functions: [staffFunction],
    id: fixedId(serial),
  }),
);

const BY_LOGIN: ReadonlyMap<string, DemonstrationPerson> = new Map(DEMONSTRATION_PEOPLE.map((person) => [person.login, person]));

/** The person of a login, or undefined when the demonstration has none of that name. */
export const demonstrationPerson = (login: string): DemonstrationPerson | undefined => BY_LOGIN.get(login);
