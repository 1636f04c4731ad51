import type { Outcome } from '../../app/execute.js';
import type { Answer } from '../route.js';

/** The API's answer to a command (spec/commands.md, API): RFC 9457 problems with the rule and a Danish sentence. */
export const outcomeAnswer = (outcome: Outcome): Answer => {
  switch (outcome.kind) {
    case 'done':
      return outcome.receipt.number === undefined
        ? { kind: 'json', status: 200, body: {}, ...(outcome.etag === undefined ? {} : { headers: { etag: outcome.etag } }) }
        : { kind: 'json', status: 201, body: outcome.receipt };
    case 'invalid':
      return {
        kind: 'problem', status: 422, title: 'Oplysningerne skal rettes', detail: outcome.issues[0]?.message ?? 'Oplysningerne skal rettes.',
        more: { errors: outcome.issues.map(({ field, message }) => ({ pointer: field === '' ? '' : `/${field.replaceAll('.', '/')}`, detail: message })) },
      };
    case 'rejected': {
      const { rule, detail, field } = outcome.shown;
      return {
        kind: 'problem', status: 422, title: 'Det kan ikke gøres nu', detail,
        more: { ...(rule === undefined ? {} : { rule }), ...(field === undefined ? {} : { errors: [{ pointer: `/${field.replaceAll('.', '/')}`, detail }] }) },
      };
    }
    case 'stale':
      return { kind: 'problem', status: 409, title: 'Sagen er ændret', detail: 'Der er sket noget i sagen, siden du læste den. Læs den igen, og prøv så.' };
    case 'key-reused':
      return { kind: 'problem', status: 422, title: 'Nøglen er brugt', detail: 'Samme Idempotency-Key er brugt til noget andet. Brug en ny.' };
    case 'unknown-command':
      return { kind: 'problem', status: 422, title: 'Ukendt handling', detail: 'Handlingen findes ikke. Se, hvad der kan gøres, under actions.' };
    case 'absent':
    case 'signed-out':
    case 'limited':
    case 'step-up':
      return outcome;
  }
};
