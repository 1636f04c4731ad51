import type { UserId } from '../../src/domain/kernel/ids.js';
import type { Actor } from '../../src/domain/kernel/command.js';

const id = (n: number): UserId => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}` as UserId;
const person = (n: number, func: string, authority: string): Actor => ({ user: id(n), functions: [func], authority });

/** The people of the domain's tests: one per seat, second persons for four eyes, owners, officials. */
export const people = {
  police: person(1, 'police_exit', 'police:koebenhavns-vestegn'),
  municipal: person(2, 'municipal_exit', 'municipality:0183'),
  probation: person(3, 'probation_exit', 'probation:koebenhavns-vestegn'),
  police2: person(11, 'police_exit', 'police:koebenhavns-vestegn'),
  municipal2: person(12, 'municipal_exit', 'municipality:0183'),
  probation2: person(13, 'probation_exit', 'probation:koebenhavns-vestegn'),
  jobcentre: person(21, 'measure_owner', 'municipality:0183:jobcentre'),
  treatment: person(22, 'measure_owner', 'municipality:0183:treatment'),
  housing: person(23, 'measure_owner', 'municipality:0183:housing'),
  custody: person(31, 'custody_exit', 'dfk'),
  custody2: person(32, 'custody_exit', 'dfk'),
  officialPolice: person(41, 'contact_point', 'rigspolitiet'),
  officialKl: person(42, 'contact_point', 'kl'),
  officialDfk: person(43, 'contact_point', 'dfk'),
  odense: person(51, 'municipal_exit', 'municipality:0461'),
  policeFyn: person(52, 'police_exit', 'police:fyn'),
  auditor: person(61, 'auditor', 'rigspolitiet'),
  screener: person(63, 'screening', 'rigspolitiet'),
  screener2: person(64, 'screening', 'rigspolitiet'),
  admin: person(62, 'admin', 'rigspolitiet'),
} as const;

export type PersonName = keyof typeof people;
