import { addresses } from './addresses.js';
import { bodies } from './bodies.js';
import { crossSite } from './cross-site.js';
import { headers } from './headers.js';
import { html } from './html.js';
import { ids } from './ids.js';
import { line } from './line.js';
import { login } from './login.js';
import { methods } from './methods.js';
import type { HostileRow } from './row.js';
import { sessions } from './sessions.js';
import { sql } from './sql.js';
import { storedHtml } from './stored-html.js';
import { templates } from './templates.js';
import { uploads } from './uploads.js';

/** Every hostile request, in the order in which they are sent: what is stored last is looked for on every page afterwards. */
export const hostileRequests: readonly HostileRow[] = [
  ...ids, ...sessions, ...crossSite, ...addresses, ...headers, ...line, ...templates, ...bodies, ...uploads, ...methods, ...login, ...sql, ...html, ...storedHtml,
];
