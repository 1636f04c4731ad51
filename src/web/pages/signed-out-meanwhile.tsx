import { Alert } from '../ui/alert.js';

/** On top of a form that comes back after a login: whoever signed in reads it before it is sent in his name (FM-WORK-5). */
export const SignedOutMeanwhile = () => (
  <Alert kind="warning" title="Det er ikke sendt endnu" announce>
    Du har været logget ud imens. Læs det igennem, og send det igen.
  </Alert>
);
