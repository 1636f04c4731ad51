import { paths } from '../../paths.js';
import type { SignedInCall } from '../../route.js';
import { SubmitButton, Tools } from '../../ui/buttons.js';
import { ErrorSummary } from '../../ui/error-summary.js';
import { Fold } from '../../ui/fold.js';
import { Checkbox, Form, Select } from '../../ui/form.js';
import { tokenFor } from '../signed-in-page.js';
import { SignedOutMeanwhile } from '../signed-out-meanwhile.js';

/** Why the names of staff may be shown: chosen and not written, so that the log holds no words about the person. */
const REASONS = [
  { value: 'court', label: 'Datatilsynet eller en domstol har krævet navnene' },
  { value: 'misuse', label: 'Der er mistanke om misbrug, og personen har krav på at vide hvem' },
  { value: 'weighed', label: 'Det er afvejet efter databeskyttelsesforordningens artikel 15, at navnene skal med' },
] as const;

/** What the form was sent with. */
export interface ExtractTyped {
  readonly names: boolean;
  readonly reason: string;
  readonly missing: boolean;
  readonly again?: boolean;
}
/** A reason that is none of ours counts as none. */
export const extractTyped = ({ body }: SignedInCall): ExtractTyped => {
  const given = (body ?? {}) as Readonly<Record<string, unknown>>;
  const names = given['navne'] === 'true';
  const reason = REASONS.find(({ value }) => value === given['grund'])?.value ?? '';
  return { names, reason, missing: names && reason === '' };
};
const MISSING = 'Vælg, hvorfor medarbejdernes navne skal med, eller lad dem være ude';

/** Where the co-ordinator makes the extract that the person has a right to (control 24). */
export const ExtractForm = ({ call, caseId, typed }: { readonly call: SignedInCall; readonly caseId: string; readonly typed?: ExtractTyped }) => (
  <Fold summary="Lav et udtræk til personen" open={typed !== undefined} unprinted>
    <p>Personen har ret til at vide, hvem der har set oplysningerne. Udtrækket viser myndighed, tid og grund, men ikke medarbejdernes navne. Giv det kun på en måde, der er aftalt som sikker.</p>
    {typed?.again === true && <SignedOutMeanwhile />}
    <Form action={paths.extract(caseId)} csrf={tokenFor(call)} idPrefix="udtraek" label="Udtræk af loggen">
      <ErrorSummary errors={typed?.missing === true ? [{ name: 'grund', message: MISSING }] : []} />
      <Checkbox name="navne" label="Tag medarbejdernes navne med" checked={typed?.names ?? false} />
      <Select name="grund" label="Hvorfor skal navnene med?" empty="Vælg grund" options={REASONS} value={typed?.reason ?? ''} hint="Kun når du har sat kryds. Grunden kommer til at stå i loggen."
        {...(typed?.missing === true ? { error: MISSING } : {})} />
      <Tools>
        <SubmitButton kind="secondary" name="som" value="side">Vis udtrækket</SubmitButton>
        <SubmitButton kind="secondary" name="som" value="json">Hent som fil (JSON)</SubmitButton>
      </Tools>
    </Form>
  </Fold>
);
