import { paths } from '../paths.js';

/** Addresses that the frame of every page points to. The routes serve them; nothing here names a case. */
export const FRAME_PATHS = {
  home: paths.home(),
  /** POST `q`: search in one's own cases. */
  search: paths.search(),
  /** The sessions and logins of whoever is signed in. */
  ownLogins: paths.ownLogins(),
  /** POST: sign out. */
  logOut: paths.logout(),
  /** POST, answers 204: the user is still there, the session's idle time starts again. */
  keepAlive: '/session',
  /** The neutral page of the privacy screen where scripts do not run. */
  privacyScreen: '/assets/skaerm.html',
  accessibility: '/tilgaengelighed',
  shortcuts: '/hjaelp#genvejstaster',
  help: '/hjaelp',
} as const;
