import { isId } from '../domain/kernel/ids.js';
import type { SignedInCall } from './route.js';

const NO_CASE = '00000000-0000-0000-0000-000000000000';

/** The case id of an address; a text that is no id is asked for like an unknown one: same work, same row in the log, same answer. */
export const caseIdOf = (call: SignedInCall): string => {
  const id = call.params['id'] ?? '';
  return isId(id) ? id : NO_CASE;
};
