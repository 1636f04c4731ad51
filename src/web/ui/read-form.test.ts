import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readForm } from './read-form.js';
import type { FormBody } from './read-form.js';

describe('reading a posted form', () => {
  const read = (schema: z.ZodType, body: FormBody): unknown => readForm(z.toJSONSchema(schema, { io: 'input' }), body);

  it('trims, and leaves out what is empty', () => {
    expect(read(z.object({ a: z.string(), b: z.string() }), { a: '  hej \r\n dig ', b: '   ' })).toEqual({ a: 'hej \n dig' });
  });

  it('reads dates as Danes write them and leaves others as typed, so that validation speaks of them', () => {
    const schema = z.object({ day: z.iso.date() });
    expect(read(schema, { day: '21. november 2026' })).toEqual({ day: '2026-11-21' });
    expect(read(schema, { day: '21/11 2026' })).toEqual({ day: '2026-11-21' });
    expect(read(schema, { day: '31. februar 2026' })).toEqual({ day: '31. februar 2026' });
    expect(schema.safeParse(read(schema, { day: '31. februar 2026' })).success).toBe(false);
  });

  it.each([
    ['10.25', '09:25'],
    ['10:25', '09:25'],
    ['1025', '09:25'],
    ['kl. 10', '09:00'],
    ['7.05', '06:05'],
  ])('reads the clock %s', (time, utc) => {
    expect(read(z.object({ at: z.iso.datetime() }), { 'at-dato': '23.11.2026', 'at-tid': time })).toEqual({
      at: `2026-11-23T${utc}:00.000Z`,
    });
  });

  it.each(['24.00', '10.60', 'snart', ''])('does not guess at the clock "%s"', (time) => {
    expect(read(z.object({ at: z.iso.datetime() }), { 'at-dato': '23.11.2026', 'at-tid': time })).toEqual({
      at: `23.11.2026 kl. ${time}`,
    });
  });

  it('leaves a moment out when neither day nor clock is given', () => {
    expect(read(z.object({ at: z.iso.datetime().optional() }), { 'at-dato': '', 'at-tid': '' })).toEqual({});
  });

  it('reads numbers with Danish points and comma, and leaves others as typed', () => {
    const schema = z.object({ a: z.int(), b: z.number(), c: z.int() });
    expect(read(schema, { a: '12.500', b: '1.250,75', c: '3 stk.' })).toEqual({ a: 12500, b: 1250.75, c: '3 stk.' });
  });

  it('reads booleans from radios, and leaves an unanswered one out', () => {
    const schema = z.object({ a: z.boolean(), b: z.boolean(), c: z.boolean(), d: z.boolean() });
    expect(read(schema, { a: 'true', b: 'false', c: '', d: 'måske' })).toEqual({ a: true, b: false, d: 'måske' });
  });

  it('reads one ticked box as a list of one, and none as an empty list where an answer is demanded', () => {
    const schema = z.object({
      must: z.array(z.enum(['x', 'y'])).min(1),
      may: z
        .array(z.enum(['x', 'y']))
        .min(1)
        .optional(),
    });
    expect(read(schema, { must: 'x', may: ['x', 'y'] })).toEqual({ must: ['x'], may: ['x', 'y'] });
    expect(read(schema, {})).toEqual({ must: [] });
  });

  it('speaks of the fields of a group that must be filled in, and leaves out an empty one that may', () => {
    const evidence = z.object({ signedOn: z.iso.date(), keptAt: z.string() });
    expect(read(z.object({ evidence }), {})).toEqual({ evidence: {} });
    expect(read(z.object({ evidence: evidence.optional() }), { 'evidence.keptAt': ' ' })).toEqual({});
    expect(read(z.object({ evidence: evidence.optional() }), { 'evidence.keptAt': 'Skab 4' })).toEqual({
      evidence: { keptAt: 'Skab 4' },
    });
  });

  it('ignores empty groups of a repeated one, wherever they stand', () => {
    const schema = z.object({
      people: z
        .array(z.object({ name: z.string(), child: z.boolean().default(false).meta({ widget: 'checkbox' }) }))
        .meta({ repeat: 4 }),
    });
    expect(read(schema, { 'people.0.name': '', 'people.2.name': 'Liv', 'people.2.child': 'true' })).toEqual({
      people: [{ name: 'Liv', child: true }],
    });
    expect(read(schema, {})).toEqual({ people: [] });
  });

  it('reads no more groups than the form offers', () => {
    const schema = z.object({ people: z.array(z.object({ name: z.string() })).meta({ repeat: 1 }) });
    expect(read(schema, { 'people.0.name': 'Liv', 'people.1.name': 'Bo' })).toEqual({ people: [{ name: 'Liv' }] });
  });

  it('reads a constant as itself, whatever was posted', () => {
    expect(read(z.object({ kind: z.literal('k') }), { kind: 'anything' })).toEqual({ kind: 'k' });
  });

  it('takes nothing that the schema does not ask for', () => {
    expect(read(z.object({ a: z.string() }), { a: 'x', b: 'y', __proto__: 'z', 'a.b': 'w' })).toEqual({ a: 'x' });
    expect(read(z.object({ constructor: z.string().optional() }), {})).toEqual({});
  });

  it('says null where null is the empty answer', () => {
    expect(read(z.object({ a: z.string().nullable(), b: z.string().nullable().optional() }), { a: '', b: '' })).toEqual({
      a: null,
    });
  });

  it('follows references and reads ids chosen from the page’s lists', () => {
    const id = z.string().meta({ id: 'UserId', widget: 'member' });
    expect(
      read(z.object({ one: id.meta({ label: 'Hvem?' }), many: z.array(id).meta({ label: 'Hvem flere?' }) }), {
        one: 'u-1',
        many: ['u-2'],
      }),
    ).toEqual({ one: 'u-1', many: ['u-2'] });
  });
});
