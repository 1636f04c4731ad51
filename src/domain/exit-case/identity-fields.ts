import { z } from 'zod';
import { parseCpr } from '../kernel/cpr.js';
import { prose } from '../kernel/prose.js';

const cpr = prose({ label: 'CPR-nummer', hint: 'Ti cifre. Kun hvis du kender det.', max: 20, widget: 'text', section: 'Personen' });
const wellFormedCpr = z.string().trim().superRefine((text, check) => {
  const parsed = parseCpr(text);
  if (parsed.kind === 'invalid') check.addIssue({ code: 'custom', message: parsed.why });
}).pipe(cpr).meta(cpr.meta() ?? {});

const text = (label: string, hint?: string, max = 200) => prose({ label, max, widget: 'text', section: 'Personen', ...(hint === undefined ? {} : { hint }) });

/** The person's identity, as every step that asks for it does. */
export const identityFields = {
  name: text('Navn').optional(),
  cpr: wellFormedCpr.optional(),
  alias: text('Kaldenavn').optional(),
  phone: text('Telefon', undefined, 60).optional(),
};
