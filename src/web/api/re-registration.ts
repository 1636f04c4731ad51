import { z } from 'zod';
import { refusedBy } from '../../app/house.js';
import { EXAMPLE_NUMBER, parseCaseNumber } from '../../domain/kernel/case-number.js';
import { copenhagenDate, plainDate } from '../../domain/kernel/time.js';
import { recordReRegistration } from '../../store/re-registration.js';
import { faultOf } from '../pages/tal/re-registration-words.js';
import type { Answer, Route, SignedInCall } from '../route.js';

const order = z.strictObject({ number: z.string().max(60), on: z.string().max(30), withdraw: z.boolean().default(false) });
const wrong = (detail: string): Answer => ({ kind: 'problem', status: 422, title: 'Kan ikke gemmes', detail, more: { rule: 'FM-END-5' } });

/** The same by program: `contactPoint.recordReRegistration` with `{ number, on, withdraw? }`. */
async function reRegister(call: SignedInCall): Promise<Answer> {
  const given = order.safeParse(call.body);
  const number = given.success ? parseCaseNumber(given.data.number) : undefined;
  const on = given.success ? plainDate(given.data.on) : undefined;
  if (!given.success || number === undefined || on === undefined) return wrong(`Skriv number som ${EXAMPLE_NUMBER}, on som en dato, f.eks. 2026-11-21, og eventuelt withdraw som true.`);
  if (on > copenhagenDate(call.now)) return wrong('Datoen ligger i fremtiden.');
  try {
    const said = await recordReRegistration(call.house.web, call.visitor.token, number, on, given.data.withdraw, call.now);
    const fault = faultOf(said, on);
    return fault === undefined ? { kind: 'json', body: { outcome: said.kind } } : wrong(fault.message);
  } catch (error) {
    return refusedBy(error);
  }
}

export const reRegistrationApi: Route = {
  method: 'POST', path: '/api/v1/commands/contactPoint.recordReRegistration', permission: 'contact-point', purpose: 'registered again', audit: 'figures.corrected', rate: 'write', stepUp: 'everybody', handle: reRegister,
};
