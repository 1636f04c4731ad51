import type { Outcome } from '../../app/execute.js';
import type { FormError } from '../ui/error-summary.js';
import type { FieldErrors } from '../ui/schema-form.js';

/** What a form shows of a command that was not carried out: at the fields, and in the summary; what was typed stays. */
export const fieldErrors = (outcome: Outcome): { readonly errors?: FieldErrors; readonly refusal?: FormError } => {
  switch (outcome.kind) {
    case 'invalid': {
      const errors: Record<string, string> = {};
      for (const { field, message } of outcome.issues) errors[field] ??= message;
      return { errors };
    }
    case 'rejected': {
      const { detail, rule, field } = outcome.shown;
      if (field !== undefined) return { errors: { [field]: detail } };
      return { refusal: { message: detail, ...(rule === undefined ? {} : { rule }) } };
    }
    case 'stale':
      return { refusal: { message: 'Der er sket noget i sagen, mens du skrev. Se efter, om det stadig passer, og send så igen. Det, du skrev, står her endnu.' } };
    case 'key-reused':
      return { refusal: { message: 'Formularen er sendt én gang med andet indhold. Se efter i sagen, og send igen, hvis det mangler.' } };
    default:
      return {};
  }
};
