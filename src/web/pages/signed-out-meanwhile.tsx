import { Alert } from '../ui/alert.js';

/** On top of a form that comes back after a login: whoever signed in reads it before it is sent in his name (FM-WORK-5). */
export const SignedOutMeanwhile = () => (
  <Alert kind="warning" title="Det er ikke sendt endnu" announce>
    Du har logget ind igen, og det, du skrev, står her. Læs det igennem, og tryk på knappen igen, så sker det.
  </Alert>
);
