import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { ClamdPlace } from '../store/scanning/clamd.js';
import { isLoopback, type IssuerSettings, zIssuers } from '../web/login/issuers.js';

/** What is wrong with one setting and what would be right, in Danish, after the setting's name. */
type Fault = string;

/** One setting: how its text is read, and what is said when it cannot be. */
export interface Field<T> {
  readonly read: (text: string) => { readonly value: T } | { readonly fault: Fault };
}

/** A field read by a schema. `right` completes the sentence "<navn> skal være …"; `secret` keeps what was written out of the message. */
function field<T>(schema: z.ZodType<T, string>, right: string, { secret = false } = {}): Field<T> {
  return {
    read: (text) => {
      const parsed = schema.safeParse(text);
      if (parsed.success) return { value: parsed.data };
      return { fault: `${secret ? 'er forkert' : `er "${shortened(text)}"`}, men skal være ${right}.` };
    },
  };
}

const shortened = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}…` : text);

const zWhole = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .refine((value) => value >= least && value <= most);

export const port = field(zWhole(1, 65_535), 'et helt tal fra 1 til 65535');

export const host = field(z.union([z.ipv4(), z.ipv6(), z.hostname()]), 'en IP-adresse eller et maskinnavn, f.eks. 127.0.0.1');

export const folder = field(z.string(), 'en mappe');

export const MODES = ['demonstration', 'production'] as const;
export const mode = field(z.enum(MODES), MODES.join(' eller '));

/** The words of a PostgreSQL URL. Never repeated: it holds a password. */
export const databaseUrl = field(
  z.string().refine((text) => URL.canParse(text) && ['postgres:', 'postgresql:'].includes(new URL(text).protocol)),
  'skrevet som postgres://bruger:adgangskode@server:port/database',
  { secret: true },
);

/** Scheme, host and port, nothing after. */
export const origin = field(
  z
    .string()
    .refine((text) => {
      if (!URL.canParse(text)) return false;
      const { protocol, pathname, search, hash, username, password } = new URL(text);
      return (
        ['http:', 'https:'].includes(protocol) &&
        pathname === '/' &&
        [search, hash, username, password].every((part) => part === '')
      );
    })
    .transform((text) => new URL(text)),
  'adressen uden sti, f.eks. https://udvej.example.dk',
);

/** Milliseconds since 1970 of an ISO moment with its zone, in the years the framework knows. */
export const moment = field(
  z.iso
    .datetime({ offset: true })
    .transform((text) => Date.parse(text))
    .refine((at) => at >= Date.UTC(2011, 0) && at < Date.UTC(2100, 0)),
  'et tidspunkt mellem 2011 og 2099 med tidszone, f.eks. 2026-11-21T09:00:00Z',
);

export const key = field(
  z
    .string()
    .regex(/^[A-Za-z0-9+/_-]{43}=?$/)
    .transform((text) => Buffer.from(text, 'base64'))
    .refine((bytes) => bytes.length === 32),
  '32 tilfældige bytes i base64. Lav en med: openssl rand -base64 32',
  { secret: true },
);

export type WitnessPlace = { readonly file: string } | { readonly url: string };

/** `file:` and a path, or an address. */
export const witness: Field<WitnessPlace> = field(
  z.union([
    z.string().regex(/^file:\/.+/).transform((text) => ({ file: fileURLToPath(`file://${text.slice('file:'.length).replace(/^\/+/, '/')}`) })),
    z.url({ protocol: /^https?$/ }).transform((url) => ({ url })),
  ]),
  'en fil (file:/…) eller en adresse (https://…)',
);

/** A socket or a port of this machine: a file goes to the scanner as it is, and must not go over a network so. */
export const clamd: Field<ClamdPlace> = field(
  z.union([
    z.string().regex(/^unix:\/.+/).transform((text) => ({ path: text.slice('unix:'.length) })),
    z.string().regex(/^tcp:\/\/[^/?#]+:\d{1,5}$/).refine((text) => URL.canParse(text.replace('tcp:', 'http:')) && isLoopback(new URL(text.replace('tcp:', 'http:'))))
      .transform((text) => {
        const { hostname, port: at } = new URL(text.replace('tcp:', 'http:'));
        return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(at === '' ? 80 : at) };
      }),
  ]),
  'en socket (unix:/run/clamav/clamd.ctl) eller en port på maskinen selv (tcp://127.0.0.1:3310)',
);

export const kmsUrl = field(
  z.url({ protocol: /^https?$/ }).refine((url) => url.startsWith('https:') || isLoopback(new URL(url))),
  'en adresse med https://; uden kun på maskinen selv',
);
export const kmsName = field(z.string().regex(/^[\w.-]+(\/[\w.-]+)*$/), 'et navn som transit eller drift/transit');
export const secretWord = field(z.string().regex(/^[\x21-\x7e]+$/), 'et ord uden mellemrum', { secret: true });

/** A key wrapped by the key service, as `udvej match-key` prints it. */
export const wrappedKey = field(
  z.string().regex(/^vault:v[1-9]\d{0,8}:[A-Za-z0-9+/]{16,400}={0,2}$/).transform((text) => {
    const [, version = '', base64 = ''] = text.split(':');
    return { kekVersion: Number(version.slice(1)), wrapped: Buffer.from(base64, 'base64') };
  }),
  'pakket af nøgletjenesten (vault:v1:…), som udvej match-key skriver den',
  { secret: true },
);

export const token = field(z.string().min(32).max(500), 'mindst 32 tegn', { secret: true });

export const factor = field(zWhole(1, 1_000_000), 'et helt tal fra 1 til 1000000');

/** Says which entry and which field; what stands in them may be secret. */
export const issuers: Field<readonly IssuerSettings[]> = {
  read: (text) => {
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch {
      return { fault: `er ikke gyldig JSON. ${ISSUERS_RIGHT}` };
    }
    const parsed = zIssuers.safeParse(json);
    if (parsed.success) return { value: parsed.data };
    const places = new Set(parsed.error.issues.map(({ path: [index, name] }) => place(index, name)));
    return { fault: `er forkert i ${[...places].join(', ')}. ${ISSUERS_RIGHT}` };
  },
};

const place = (index: PropertyKey | undefined, name: PropertyKey | undefined): string =>
  typeof index !== 'number' ? 'listen' : `nr. ${index + 1}${name === undefined ? '' : ` (${String(name)})`}`;

const ISSUERS_RIGHT =
  'Det skal være en liste af loginudbydere, hver udbyder én gang: ' +
  '[{"issuer": "https://…", "clientId": "…", "clientSecret": "…", "authorities": ["police:fyn"], "functions": ["police_exit"], "label": "Fyns Politi"}].';
