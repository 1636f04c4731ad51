import { expect, test } from 'vitest';
import { FUNCTIONS } from '../access/functions.js';
import { isId } from '../kernel/ids.js';
import { authorityKind, isAuthorityId } from './authorities.js';
import { DEMONSTRATION_PEOPLE, demonstrationPerson } from './demonstration-people.js';

const LOGINS_OF_ACCESS_MD = [
  'politi.vestegnen',
  'politi.vestegnen.2',
  'ishoj.koordinator',
  'ishoj.koordinator.2',
  'kif.vestegnen',
  'kif.vestegnen.2',
  'jobcenter.ishoj',
  'misbrug.ishoj',
  'bolig.ishoj',
  'politi.fyn',
  'odense.koordinator',
  'kif.fyn',
  'jobcenter.odense',
  'kontaktpunkt.politi',
  'kontaktpunkt.kl',
  'kontaktpunkt.dfk',
  'dfk.exit',
  'rigspolitiet.screening',
  'revisor',
  'admin',
];

/** Which kind of authority holds a function (access.md, "Functions"). */
const HOLDERS: Readonly<Record<string, readonly string[]>> = {
  police_exit: ['police'],
  municipal_exit: ['municipality'],
  probation_exit: ['probation'],
  custody_exit: ['dfk'],
  contact_point: ['rigspolitiet', 'kl', 'dfk'],
  measure_owner: ['municipality:jobcentre', 'municipality:treatment', 'municipality:housing'],
  screening: ['rigspolitiet'],
  auditor: ['rigspolitiet'],
  admin: ['rigspolitiet'],
};

test('the demonstration has exactly the logins that cases and tests build on', () => {
  expect(DEMONSTRATION_PEOPLE.map(({ login }) => login).sort()).toEqual([...LOGINS_OF_ACCESS_MD].sort());
});

test('every function is held by somebody, and nobody holds one that is not his authority’s', () => {
  for (const { login, authority, functions } of DEMONSTRATION_PEOPLE) {
    expect(isAuthorityId(authority), login).toBe(true);
    for (const one of functions) expect(HOLDERS[one], `${login} as ${one}`).toContain(authorityKind(authority));
  }
  expect(new Set(DEMONSTRATION_PEOPLE.flatMap(({ functions }) => functions))).toEqual(new Set(FUNCTIONS));
});

test('ids are random-shaped UUIDs (version 4), lower case, and one person’s alone', () => {
  const ids = DEMONSTRATION_PEOPLE.map(({ id }) => id);
  for (const id of ids) {
    expect(isId(id)).toBe(true);
    expect(id).toMatch(/^.{14}4.{4}[89ab]/);
  }
  expect(new Set(ids).size).toBe(ids.length);
});

test('a second person stands beside the first at the same authority with the same function, for four eyes and deputies', () => {
  for (const login of ['politi.vestegnen', 'ishoj.koordinator', 'kif.vestegnen']) {
    const first = demonstrationPerson(login);
    const second = demonstrationPerson(`${login}.2`);
    expect(second).toMatchObject({ authority: first?.authority, functions: first?.functions });
    expect(second?.name).not.toBe(first?.name);
  }
});

test('ids and names never change under a login', () => {
  expect(demonstrationPerson('politi.vestegnen')).toMatchObject({
    name: 'Mette Lindqvist',
    id: 'de300000-0000-4000-8000-000000000001',
  });
  expect(demonstrationPerson('ishoj.koordinator')).toMatchObject({
    name: 'Jonas Bækgaard',
    id: 'de300000-0000-4000-8000-000000000003',
  });
  expect(demonstrationPerson('kif.vestegnen')).toMatchObject({
    name: 'Sanne Thorup',
    id: 'de300000-0000-4000-8000-000000000005',
  });
  expect(demonstrationPerson('admin')?.id).toBe('de300000-0000-4000-8000-000000000020');
});

test('knows nobody by a login that is not listed', () => {
  expect(demonstrationPerson('politi.koebenhavn')).toBeUndefined();
  expect(demonstrationPerson('__proto__')).toBeUndefined();
});
