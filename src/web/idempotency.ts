import { randomUUID } from 'node:crypto';
import type { FormBody } from './ui/schema-form.js';

/** What a key may be: short, and of signs that stand in a header. */
const KEY = /^[\x21-\x7e]{1,200}$/;

/** The key a program gave, or none; `false` when it is one that could not be kept: then a repeat would not be known again, and nothing is carried out. */
export const headerKey = (given: string | readonly string[] | undefined): string | undefined | false =>
  given === undefined ? undefined : typeof given === 'string' && KEY.test(given) ? given : false;

/** The key of a form of ours; a new one when somebody else made the form. */
export const formKey = (body: FormBody): string => {
  const given = body['_key'];
  return typeof given === 'string' && KEY.test(given) ? given : randomUUID();
};

/** Whether it is a form that was drawn, and not something made up by hand: who sent it had a page before him, and is told what became of what it was about. */
export const isOurForm = (body: FormBody): boolean => typeof body['_key'] === 'string' && KEY.test(body['_key']);
