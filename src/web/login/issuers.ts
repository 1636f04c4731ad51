import { z } from 'zod';
import { FUNCTIONS } from '../../domain/access/functions.js';
import { AUTHORITY_IDS } from '../../domain/reference/authorities.js';

const fits = (pattern: string, id: string): boolean =>
  pattern.endsWith('*') ? id.startsWith(pattern.slice(0, -1)) : id === pattern;

/** One identity provider, and all that it may say of people (access.md, "Functions"). */
export const zIssuerSettings = z.strictObject({
  /** The issuer identifier, exactly as it stands in its tokens. */
  issuer: z.url(),
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
  /** Authorities it may speak for: ids, or beginnings of ids that end in `*` ('municipality:0183*'). */
  authorities: z
    .array(z.string().refine((pattern) => AUTHORITY_IDS.some((id) => fits(pattern, id)), 'names no authority'))
    .min(1),
  functions: z.array(z.enum(FUNCTIONS)).min(1),
  /** What it writes as `acr` for each level of the NSIS, most preferred first. Left out, only the standard's own names count. */
  levels: z.strictObject({ substantial: z.array(z.string().min(1)), high: z.array(z.string().min(1)) }).optional(),
  /** What people call it, where they choose among several: 'Ishøj Kommune'. */
  label: z.string().min(1),
});

/** The setting `ISSUERS`. */
export const zIssuers = z
  .array(zIssuerSettings)
  .min(1)
  .refine((all) => new Set(all.map(({ issuer }) => issuer)).size === all.length, 'an issuer stands twice');

export type IssuerSettings = Readonly<z.infer<typeof zIssuerSettings>>;

/** Whether an identity provider may say this of anyone. One claim outside is enough to refuse the whole. */
export const mayAssert = (issuer: IssuerSettings, authority: string, functions: readonly string[]): boolean =>
  issuer.authorities.some((pattern) => fits(pattern, authority)) &&
  functions.every((one) => (issuer.functions as readonly string[]).includes(one));

/** Names of the machine itself. A name that only resolves to it can be made to resolve elsewhere. */
export const isLoopback = (url: URL): boolean => ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);

/**
 * Demands https of an address, save for the machine itself in a demonstration.
 * @throws an error that names the setting: the program must not start.
 */
export function demandSecure(setting: string, address: string, demonstration: boolean): void {
  const url = new URL(address);
  if (url.protocol === 'https:' || (demonstration && url.protocol === 'http:' && isLoopback(url))) return;
  throw new Error(`${setting} must be https; plain http only in a demonstration on 127.0.0.1: ${url.origin}`);
}
