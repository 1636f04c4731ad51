import { expect, test } from 'vitest';
import { loginPath, safeReturnPath } from './login-paths.js';

test.each(['/', '/sager', '/sager?side=2', '/sager/0b6f2a52-7a0e-4c0c-9d36-0c8f5ad1c111/tiltag', '/loginhistorik'])(
  'comes back to %s',
  (path) => {
    expect(safeReturnPath(path)).toBe(path);
  },
);

test.each([
  'https://ond.example/',
  '//ond.example',
  '/\\ond.example',
  '\\\\ond.example',
  '/.//ond.example',
  '/x/..//ond.example',
  '/\t/ond.example',
  '/\n/ond.example',
  'javascript:alert(1)',
  'sager',
  '',
  `/${'x'.repeat(500)}`,
])('never leads away to %j after a login', (path) => {
  expect(safeReturnPath(path)).toBe('/');
});

test.each([
  '/login',
  '/login?til=/login',
  '/login/retur?code=x',
  '/log-ud',
  '/demo-login/auth',
  '/api/cases',
  '/assets/udvej.css',
])('does not come back to %s, which is no page', (path) => {
  expect(safeReturnPath(path)).toBe('/');
});

test('comes back to the front page when nothing is said', () => {
  expect([safeReturnPath(undefined), safeReturnPath(null)]).toEqual(['/', '/']);
});

test('what a link says is read back as it was', () => {
  const link = loginPath({ issuer: 2, returnTo: '/sager?side=2&vis=afsluttede', stepUp: true });
  const query = new URL(link, 'http://udvej.invalid').searchParams;
  expect(Object.fromEntries(query)).toEqual({ hos: '2', til: '/sager?side=2&vis=afsluttede', igen: 'ja' });
  expect(loginPath()).toBe('/login');
});
