import type { Fault } from '../../domain/kernel/rejection.js';
import type { Answer } from '../route.js';

/** What a program sent, field by field; nothing of what is no object. */
export interface Sent {
  readonly fields: Readonly<Record<string, unknown>>;
  /** Set where it is no object, or holds something else than the fields that there are. */
  readonly other?: Fault;
}

/** @param names the fields there are */
export const sentIn = (body: unknown, names: readonly string[]): Sent => {
  const given = body === undefined ? {} : body;
  const fields = typeof given === 'object' && given !== null && !Array.isArray(given) ? (given as Readonly<Record<string, unknown>>) : undefined;
  if (fields !== undefined && Object.keys(fields).every((name) => names.includes(name))) return { fields };
  const last = names.at(-1) ?? '';
  return { fields: {}, other: { message: `Send ${names.length > 1 ? `${names.slice(0, -1).join(', ')} og ${last}` : last}, og intet andet.` } };
};

/** What is wrong with it, each at its field, and the first of it in words. */
export const faulty = (faults: readonly Fault[], { title = 'Oplysningerne skal rettes', rule }: { readonly title?: string; readonly rule?: string } = {}): Answer => ({
  kind: 'problem', status: 422, title, detail: faults[0]?.message ?? title,
  more: { ...(rule === undefined ? {} : { rule }), errors: faults.map(({ name, message }) => ({ pointer: name === undefined ? '' : `/${name}`, detail: message })) },
});
