import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { everyField, everyFieldSchema } from '../../../tests/support/every-field.js';
import { renderPage } from './render.js';
import { readForm, SchemaForm } from './schema-form.js';
import type { FieldErrors, FormBody, JsonSchema } from './schema-form.js';

const schemaOf = (schema: z.ZodType): JsonSchema => z.toJSONSchema(schema, { io: 'input' });
const MEMBERS = {
  member: [
    { value: 'u-1', label: 'Sanne' },
    { value: 'u-2', label: 'Mette' },
  ],
};

const drawn = (schema: JsonSchema, values?: unknown, errors: FieldErrors = {}): string =>
  renderPage(<SchemaForm schema={schema} values={values} errors={errors} choices={MEMBERS} action="/send" submit="Send" />);

const ENTITIES: readonly (readonly [string, string])[] = [
  ['&quot;', '"'],
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&amp;', '&'],
];
const unescape = (text: string): string => ENTITIES.reduce((read, [entity, sign]) => read.replaceAll(entity, sign), text);
const attribute = (tag: string, name: string): string | undefined => {
  const found = new RegExp(`\\s${name}="([^"]*)"`, 'u').exec(tag)?.[1];
  return found === undefined ? undefined : unescape(found);
};

/** What a browser would post, had the user changed nothing. */
const posted = (html: string): FormBody => {
  const body: Record<string, string[]> = {};
  const add = (name: string | undefined, value: string): void => {
    if (name !== undefined) (body[name] ??= []).push(value);
  };
  for (const [tag] of html.matchAll(/<input(?:"[^"]*"|[^>"])*>/gu)) {
    const choice = ['radio', 'checkbox'].includes(attribute(tag, 'type') ?? '');
    if (!choice || /\schecked(?=[\s>/])/u.test(tag)) add(attribute(tag, 'name'), attribute(tag, 'value') ?? '');
  }
  for (const [, open = '', text = ''] of html.matchAll(/<textarea((?:"[^"]*"|[^>"])*)>([^<]*)<\/textarea>/gu))
    add(attribute(open, 'name'), unescape(text));
  for (const [, open = '', inside = ''] of html.matchAll(/<select((?:"[^"]*"|[^>"])*)>(.*?)<\/select>/gsu)) {
    const options = [...inside.matchAll(/<option(?:"[^"]*"|[^>"])*>/gu)].map(([tag]) => tag);
    const chosen = options.find((tag) => /\sselected(?=[\s>/])/u.test(tag)) ?? options[0];
    add(attribute(open, 'name'), attribute(chosen ?? '', 'value') ?? '');
  }
  return Object.fromEntries(
    Object.entries(body).map(([name, values]) => [name, values.length === 1 ? (values[0] ?? '') : values]),
  );
};

const roundTrip = (schema: JsonSchema, values: unknown): unknown => readForm(schema, posted(drawn(schema, values)));

const FULL = {
  name: 'Emil "Ravnen" <Sandbjerg> & co',
  contact: 'Ring efter kl. 17.\nIngen sms.',
  home: '183',
  urgent: true,
  phone: true,
  children: 12500,
  receivedAt: '2026-11-23T09:42:00.000Z',
  kinds: ['housing', 'health'],
  worker: 'u-2',
  reasons: ['Vil væk', 'Har bedt om hjælp'],
  evidence: { signedOn: '2026-11-21', keptAt: 'Skab 4' },
  precautions: [
    { worker: 'u-1', text: 'Kør en anden vej' },
    { worker: 'u-2', text: 'Lås døren' },
  ],
  measure: 'm-1',
};

describe('a form drawn from a schema and read back', () => {
  it('gives the same input when nothing is changed', () => {
    expect(roundTrip(everyFieldSchema, FULL)).toEqual(FULL);
    expect(everyField.safeParse(roundTrip(everyFieldSchema, FULL)).success).toBe(true);
  });

  it('gives the same input in winter and summer time', () => {
    const schema = schemaOf(z.object({ at: z.iso.datetime().meta({ label: 'Hvornår?' }) }));
    for (const at of ['2026-07-01T21:59:00.000Z', '2026-12-31T23:30:00.000Z']) expect(roundTrip(schema, { at })).toEqual({ at });
  });

  it('shows again what could not be read, word for word', () => {
    const typed = {
      ...FULL,
      children: 'to',
      receivedAt: '32. november kl. 25.00',
      evidence: { signedOn: 'i går', keptAt: 'Skab 4' },
    };
    expect(roundTrip(everyFieldSchema, typed)).toEqual(typed);
  });

  it('begins with the defaults of the schema', () => {
    expect(roundTrip(everyFieldSchema, undefined)).toMatchObject({ urgent: false, phone: false });
  });

  it('keeps a settled field along without asking for it', () => {
    const html = renderPage(
      <SchemaForm
        schema={everyFieldSchema}
        values={FULL}
        settled={['name', 'kinds', 'receivedAt', 'phone']}
        choices={MEMBERS}
        action="/send"
        submit="Send"
      />,
    );
    expect(html).not.toContain('>Navn');
    expect(readForm(everyFieldSchema, posted(html))).toEqual(FULL);
  });

  it('keeps a settled “no” a no', () => {
    const schema = schemaOf(z.object({ phone: z.boolean().meta({ label: 'Telefonnotat', widget: 'checkbox' }) }));
    const html = renderPage(
      <SchemaForm schema={schema} values={{ phone: false }} settled={['phone']} action="/send" submit="Send" />,
    );
    expect(readForm(schema, posted(html))).toEqual({ phone: false });
  });

  it('reads only the shape that was chosen when there are several', () => {
    const schema = schemaOf(
      z.discriminatedUnion('answer', [
        z.object({ answer: z.literal('yes').meta({ label: 'Ja' }), from: z.iso.date().meta({ label: 'Fra', widget: 'date' }) }),
        z.object({ answer: z.literal('no').meta({ label: 'Nej' }), why: z.string().meta({ label: 'Hvorfor?' }) }),
      ]),
    );
    const html = drawn(schema, { answer: 'yes', from: '2026-11-21' });
    expect(html).toContain('>Ja</label>');
    expect(readForm(schema, { ...posted(html), why: 'glemt' })).toEqual({ answer: 'yes', from: '2026-11-21' });
    expect(readForm(schema, { answer: 'no', from: '21.11.2026', why: 'Ingen plads' })).toEqual({
      answer: 'no',
      why: 'Ingen plads',
    });
  });
});

describe('the drawn form', () => {
  it('marks what must be filled in, and nothing in groups that may stay empty', () => {
    const html = drawn(everyFieldSchema);
    expect(html).toMatch(/Navn <span class="need">\(skal udfyldes\)/u);
    expect(html).not.toMatch(/Antal børn <span class="need">/u);
    expect(html).not.toMatch(/Hvad\? <span class="need">/u);
  });

  it('shows one empty group after those filled in, and folds the rest', () => {
    const html = drawn(everyFieldSchema, { precautions: [{ worker: 'u-1', text: 'Lås døren' }] });
    expect(html.indexOf('precautions.1.text')).toBeLessThan(html.indexOf('Plads til flere (1)'));
    expect(html.indexOf('precautions.2.text')).toBeGreaterThan(html.indexOf('Plads til flere (1)'));
  });

  it('groups fields under their sections, in the order given', () => {
    const schema = schemaOf(
      z.object({
        late: z.string().meta({ label: 'Sidst', section: 'B' }),
        first: z.string().meta({ label: 'Først', section: 'A', order: 1 }),
        loose: z.string().meta({ label: 'Løs' }),
      }),
    );
    const places = ['>Løs', '<h2>A</h2>', '>Først', '<h2>B</h2>', '>Sidst'].map((text) => drawn(schema).indexOf(text));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places).not.toContain(-1);
  });

  it('ties an error to its field, and leads there from the summary', () => {
    const html = drawn(everyFieldSchema, FULL, { 'evidence.keptAt': 'Skriv, hvor papiret ligger' });
    expect(html).toContain('<a class="function-link" href="#felt-evidence-keptAt">Skriv, hvor papiret ligger</a>');
    const input = /<input[^>]*id="felt-evidence-keptAt"[^>]*>/u.exec(html)?.[0] ?? '';
    expect(attribute(input, 'aria-invalid')).toBe('true');
    expect(attribute(input, 'aria-describedby')).toBe('felt-evidence-keptAt-fejl');
    expect(html).toContain('<span class="sr-only">Fejl: </span>Skriv, hvor papiret ligger');
  });

  it('says errors of the whole, of hidden and of unknown fields without a dead link', () => {
    const html = drawn(everyFieldSchema, FULL, { '': 'Der mangler noget', measure: 'Vælg et tiltag', gone: 'Ukendt felt' });
    for (const message of ['Der mangler noget', 'Vælg et tiltag', 'Ukendt felt']) expect(html).toContain(`<li>${message}</li>`);
  });

  it('puts a refusal first, with its rule small behind it', () => {
    const html = renderPage(
      <SchemaForm
        schema={everyFieldSchema}
        action="/send"
        submit="Send"
        refusal={{ message: 'Samtykket mangler.', rule: 'FM-CON-1' }}
      />,
    );
    expect(html).toContain('<li>Samtykket mangler.<span class="rule-id"> FM-CON-1</span></li>');
    expect(html).toContain('Der er én ting at rette');
  });
});
