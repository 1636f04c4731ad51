import { expect, test } from 'vitest';
import { judgeClaims } from './claims.js';
import { mayAssert } from './issuers.js';
import type { IssuerSettings } from './issuers.js';

const NOW = Date.parse('2026-11-23T09:42:00Z');
const issuer: IssuerSettings = {
  issuer: 'https://id.ishoej.example',
  clientId: 'udvej',
  clientSecret: 's',
  authorities: ['municipality:0183', 'municipality:0183:*'],
  functions: ['municipal_exit', 'measure_owner'],
  label: 'Ishøj Kommune',
};
const token = {
  iss: 'https://id.ishoej.example',
  sub: 'rita',
  name: 'Rita Opfundet',
  udvej_authority: 'municipality:0183:jobcentre',
  udvej_functions: ['measure_owner'],
  acr: 'substantial',
  auth_time: NOW / 1000 - 60,
};

test('the claims of a session are the token’s own, the person known by issuer and subject', () => {
  expect(judgeClaims(issuer, { ...token, email: 'rita@ishoej.example' }, NOW)).toEqual({
    claims: {
      issuer: 'https://id.ishoej.example',
      subject: 'rita',
      name: 'Rita Opfundet',
      authority: 'municipality:0183:jobcentre',
      functions: ['measure_owner'],
      authTime: new Date('2026-11-23T09:41:00Z'),
      level: 'substantial',
    },
  });
});

test.each([
  ['substantial', 'substantial'],
  ['high', 'high'],
  ['https://data.gov.dk/concept/core/nsis/Substantial', 'substantial'],
  ['https://data.gov.dk/concept/core/nsis/loa/High', 'high'],
])('reads level %s as brokers write it (NSIS)', (acr, level) => {
  expect(judgeClaims(issuer, { ...token, acr }, NOW)).toMatchObject({ claims: { level } });
});

test('refuses an issuer that is not the one in the settings, to the letter (control 28)', () => {
  for (const iss of ['https://id.odense.example', 'https://id.ishoej.example/', undefined]) {
    expect(judgeClaims(issuer, { ...token, iss }, NOW)).toEqual({ refused: 'claims' });
  }
});

test('clocks may differ by a minute, not more', () => {
  expect(judgeClaims(issuer, { ...token, auth_time: NOW / 1000 + 60 }, NOW)).toHaveProperty('claims');
  expect(judgeClaims(issuer, { ...token, auth_time: NOW / 1000 + 61 }, NOW)).toEqual({ refused: 'claims' });
});

test('who speaks for what is not his is refused for that, whatever the level', () => {
  expect(judgeClaims(issuer, { ...token, udvej_authority: 'police:fyn', acr: 'low' }, NOW)).toMatchObject({ refused: 'outside' });
});

test('a pattern reaches as far as it says, and an id only itself', () => {
  const may = (authorities: string[], authority: string) => mayAssert({ ...issuer, authorities }, authority, ['measure_owner']);
  expect(may(['municipality:0183:*'], 'municipality:0183:housing')).toBe(true);
  expect(may(['municipality:0183:*'], 'municipality:0183')).toBe(false);
  expect(may(['municipality:0183'], 'municipality:0183:housing')).toBe(false);
  expect(may(['municipality:0183'], 'municipality:01830')).toBe(false);
  expect(may(['*'], 'police:fyn')).toBe(true);
  expect(may([], 'police:fyn')).toBe(false);
});

test('one function outside spoils the rest', () => {
  expect(mayAssert(issuer, 'municipality:0183', ['municipal_exit', 'measure_owner'])).toBe(true);
  expect(mayAssert(issuer, 'municipality:0183', ['municipal_exit', 'contact_point'])).toBe(false);
});
