import { refusedBy } from '../../app/house.js';
import { EXAMPLE_NUMBER, parseCaseNumber } from '../../domain/kernel/case-number.js';
import type { Fault } from '../../domain/kernel/rejection.js';
import { copenhagenDate, plainDate } from '../../domain/kernel/time.js';
import { recordReRegistration } from '../../store/re-registration.js';
import { faultOf } from '../pages/tal/re-registration-words.js';
import type { Answer, Route, SignedInCall } from '../route.js';
import { faulty, sentIn } from './sent.js';

const NOT_KEPT = { title: 'Kan ikke gemmes' };
/** Longer ones are no number and no day, whatever they hold. */
const short = (value: unknown): string => (typeof value === 'string' && value.length <= 60 ? value : '');

/** The same by program: `contactPoint.recordReRegistration` with `{ number, on, withdraw?, another? }`. */
async function reRegister({ house, visitor, body, now }: SignedInCall): Promise<Answer> {
  const { fields, other } = sentIn(body, ['number', 'on', 'withdraw', 'another']);
  if (other) return faulty([other], NOT_KEPT);
  const { withdraw = false, another = false } = fields;
  const number = parseCaseNumber(short(fields['number']));
  const on = plainDate(short(fields['on']));
  if (number === undefined || on === undefined || on > copenhagenDate(now) || typeof withdraw !== 'boolean' || typeof another !== 'boolean') {
    const faults: readonly (Fault | false)[] = [
      number === undefined && { name: 'number', message: `Skriv number som ${EXAMPLE_NUMBER}.` },
      on === undefined && { name: 'on', message: 'Skriv on som en dato, f.eks. 2026-11-21.' },
      on !== undefined && on > copenhagenDate(now) && { name: 'on', message: 'Datoen ligger i fremtiden.' },
      typeof withdraw !== 'boolean' && { name: 'withdraw', message: 'Skriv withdraw som true eller false.' },
      typeof another !== 'boolean' && { name: 'another', message: 'Skriv another som true eller false.' },
    ];
    return faulty(faults.filter((fault) => fault !== false), NOT_KEPT);
  }
  try {
    const said = await recordReRegistration(house.web, visitor.token, { number, on, withdraw, another }, now);
    const fault = faultOf(said, on, 'send another som true');
    return fault === undefined ? { kind: 'json', body: { outcome: said.kind } } : faulty([fault], { ...NOT_KEPT, rule: 'FM-END-5' });
  } catch (error) {
    return refusedBy(error);
  }
}

export const reRegistrationApi: Route = {
  method: 'POST', path: '/api/v1/commands/contactPoint.recordReRegistration', permission: 'contact-point', purpose: 'registered again', audit: 'figures.corrected', rate: 'write', stepUp: 'everybody', handle: reRegister,
};
