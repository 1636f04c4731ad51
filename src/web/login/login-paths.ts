import { FRAME_PATHS } from '../ui/frame-paths.js';

/** Addresses of the login. Every identity provider knows two of them: where it sends the browser back to, and where it tells us that a login is over. */
export const LOGIN_PATHS = {
  login: '/login',
  callback: '/login/retur',
  backChannel: '/login/bagkanal',
  logout: FRAME_PATHS.logOut,
} as const;

/**
 * What somebody wanted when he was asked to prove himself anew, where it is not carried out by itself when he has: a button he pressed, a search, whose words are kept nowhere, or a form, which waits in
 * another tab. He is told so on the page he comes to.
 */
export const NOT_DONE = ['act', 'search', 'tab'] as const;
export type NotDone = (typeof NOT_DONE)[number];
const AGAIN: Readonly<Record<NotDone, string>> = { act: 'tryk', search: 'soeg', tab: 'faneblad' };

/** What the link to a step-up says of it. */
export const stepUpAsked = (again: string | null): { readonly stepUp: boolean; readonly notDone?: NotDone } => {
  const notDone = NOT_DONE.find((one) => AGAIN[one] === again);
  return { stepUp: again === 'ja' || notDone !== undefined, ...(notDone && { notDone }) };
};

export interface LoginLink {
  /** Which of several identity providers, counted from 1 in the order of the settings. */
  readonly issuer?: number;
  /** The page to come back to, already checked. */
  readonly returnTo?: string;
  /** Asks the person to prove himself anew, for acts that a session alone is not enough for (control 18). */
  readonly stepUp?: boolean;
  /** Of a step-up: what is to be done again by hand afterwards. */
  readonly notDone?: NotDone | undefined;
}

/** GET: begins a login. A link, never a form: `form-action 'self'` stops a post that leads on to another site. */
export function loginPath({ issuer, returnTo = '/', stepUp = false, notDone }: LoginLink = {}): string {
  const query = new URLSearchParams([
    ...(issuer === undefined ? [] : [['hos', String(issuer)]]),
    ...(returnTo === '/' ? [] : [['til', returnTo]]),
    ...(stepUp ? [['igen', notDone === undefined ? 'ja' : AGAIN[notDone]]] : []),
  ]);
  return query.size === 0 ? LOGIN_PATHS.login : `${LOGIN_PATHS.login}?${query.toString()}`;
}

/** Long enough for any page of ours; short enough to fit in the login's cookie with room to spare. */
const LONGEST = 500;
const NOWHERE = 'http://udvej.invalid';
const OWN = [LOGIN_PATHS.login, LOGIN_PATHS.logout, '/demo-login', '/api', '/assets'];

/**
 * The page to go to after the login: a path of this site, as the browser would read it.
 * @returns `/` for anything that could lead elsewhere, or back into the login.
 */
export function safeReturnPath(given: string | null | undefined): string {
  if (!given?.startsWith('/') || given.length > LONGEST || !URL.canParse(given, NOWHERE)) return '/';
  const { origin, pathname, search } = new URL(given, NOWHERE);
  // Read as a browser reads it: '/\evil.dk' and '/.//evil.dk' have by now shown what they are.
  if (origin !== NOWHERE || pathname.startsWith('//')) return '/';
  const path = decoded(pathname);
  return path === undefined || OWN.some((own) => path === own || path.startsWith(`${own}/`)) ? '/' : pathname + search;
}

/** As the server reads it: '/%6cogin' is the login. Undefined when it cannot be read. */
const decoded = (pathname: string): string | undefined => {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
};
