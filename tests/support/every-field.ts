import { z } from 'zod';
import type { JsonSchema } from '../../src/web/ui/schema-form.js';

const KINDS = [
  { value: 'housing', label: 'Bolig' },
  { value: 'money', label: 'Økonomi' },
  { value: 'health', label: 'Helbred' },
] as const;

/** An input with a field of every kind. */
export const everyField = z.object({
  name: z.string().meta({ label: 'Navn', section: 'Personen' }),
  contact: z
    .string()
    .max(4000)
    .meta({ label: 'Hvordan er det sikkert at få kontakt?', hint: 'Hvornår, hvordan og af hvem.', section: 'Personen' }),
  home: z.string().meta({
    label: 'Hvor bor personen?',
    section: 'Personen',
    widget: 'select',
    options: [
      { value: '183', label: 'Ishøj' },
      { value: '101', label: 'København' },
    ],
  }),
  urgent: z
    .boolean()
    .default(false)
    .meta({
      label: 'Haster det?',
      section: 'Henvendelsen',
      widget: 'radio',
      options: [
        { value: 'false', label: 'Nej' },
        { value: 'true', label: 'Ja' },
      ],
    }),
  phone: z.boolean().default(false).meta({ label: 'Telefonnotat', widget: 'checkbox', section: 'Henvendelsen' }),
  children: z.int().optional().meta({ label: 'Antal børn', section: 'Henvendelsen' }),
  receivedAt: z.iso.datetime().meta({ label: 'Hvornår?', widget: 'instant', section: 'Henvendelsen' }),
  kinds: z
    .array(z.enum(['housing', 'money', 'health']))
    .min(1)
    .meta({ label: 'Oplysninger', options: KINDS, section: 'Samtykke' }),
  worker: z.string().optional().meta({ label: 'Kollega', widget: 'member', section: 'Samtykke' }),
  reasons: z.array(z.string()).meta({ label: 'Taler for', widget: 'lines', section: 'Samtykke' }),
  evidence: z
    .object({
      signedOn: z.iso.date().meta({ label: 'Underskrevet', widget: 'date' }),
      keptAt: z.string().meta({ label: 'Hvor ligger papiret?' }),
    })
    .meta({ label: 'Bevis', section: 'Samtykke' }),
  precautions: z
    .array(
      z.object({
        worker: z.string().meta({ label: 'Hvem?', widget: 'member' }),
        text: z.string().meta({ label: 'Hvad?', widget: 'textarea' }),
      }),
    )
    .default([])
    .meta({ label: 'Forholdsregler', repeat: 3, section: 'Samtykke' }),
  measure: z.string().meta({ widget: 'hidden' }),
});

export const everyFieldSchema = z.toJSONSchema(everyField, { io: 'input' }) as JsonSchema;
