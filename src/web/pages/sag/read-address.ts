import { readAddress } from '../../../app/protected-address.js';
import type { StaffDirectory } from '../../../app/staff-directory.js';
import { caseIdOf } from '../../case-id.js';
import type { Answer, SignedInCall } from '../../route.js';
import type { AddressShown } from './address.js';
import { withCase } from './open.js';
import { security, SECURITY_KINDS } from './sikkerhed.js';

/** Shows the protected address once, for a reason; the next page is without it again. */
export const protectedAddress = (directory: StaffDirectory) => async (call: SignedInCall): Promise<Answer> => {
  const reason = typeof call.body === 'object' && call.body !== null && 'reason' in call.body && typeof call.body.reason === 'string' ? call.body.reason : '';
  const answer = await readAddress(call.house, call.visitor.token, caseIdOf(call), reason);
  if (answer.kind !== 'address' && answer.kind !== 'no-reason') return answer;
  const shown: AddressShown = answer.kind === 'address' ? { address: answer.address } : { missing: true };
  return withCase(directory, 'sikkerhed', SECURITY_KINDS, (on) => security(on, shown))(call);
};
