import { refusedBy } from '../../../app/house.js';
import { isInWords } from '../../../domain/kernel/prose.js';
import { copenhagenDate, formatInstant } from '../../../domain/kernel/time.js';
import { isId } from '../../../domain/kernel/ids.js';
import { findingInFull, type FindingInFull, judgeFinding, type LogRow, type Outcome, OUTCOMES } from '../../../store/access-log.js';
import { noteDenied } from '../../../store/lists.js';
import { paths } from '../../paths.js';
import type { Answer, FormHandle, SignedInCall } from '../../route.js';
import { SubmitButton } from '../../ui/buttons.js';
import { Due } from '../../ui/due.js';
import { ErrorSummary, type FormError } from '../../ui/error-summary.js';
import { Form, Radios, SubmitLine, TextArea } from '../../ui/form.js';
import { PageHead, Section } from '../../ui/layout.js';
import { Table } from '../../ui/table.js';
import { signedInPage, tokenFor } from '../signed-in-page.js';
import { SignedOutMeanwhile } from '../signed-out-meanwhile.js';
import { didWords, KINDS, nameOfPerson, numberWords, OUTCOME_WORDS, whoWords } from './words.js';

const LONGEST = 4_000;

interface Typed {
  readonly outcome: string;
  readonly words: string;
  readonly errors: readonly FormError[];
  readonly again?: boolean;
}
const NOTHING: Typed = { outcome: '', words: '', errors: [] };

const typedIn = ({ body }: SignedInCall): Typed => {
  const given = (body ?? {}) as Readonly<Record<string, unknown>>;
  const text = (name: string): string => (typeof given[name] === 'string' ? given[name].replaceAll('\r\n', '\n').replaceAll('\0', '').trim() : '');
  const [outcome, words] = [text('vurdering'), text('ord')];
  return {
    outcome, words,
    errors: [
      ...(isOutcome(outcome) ? [] : [{ name: 'vurdering', message: 'Vælg, hvad du er kommet frem til' }]),
      ...(words === '' ? [{ name: 'ord', message: 'Skriv, hvad du bygger det på' }] : !isInWords(words) ? [{ name: 'ord', message: 'Skriv med ord, hvad du bygger det på' }] : words.length > LONGEST ? [{ name: 'ord', message: `Begrundelsen kan være på ${LONGEST} tegn. Gør den kortere.` }] : []),
    ],
  };
};
const isOutcome = (text: string): text is Outcome => (OUTCOMES as readonly string[]).includes(text);

const idOf = (call: SignedInCall): string | undefined => {
  const id = call.params['id'] ?? '';
  return isId(id) ? id : undefined;
};

/** No such finding: refused as any id that is nothing, with its row in the log. */
const absent = async (call: SignedInCall): Promise<Answer> => {
  await noteDenied(call.house.web, call.visitor.token, undefined, 'finding');
  return { kind: 'absent' };
};

const draw = async (call: SignedInCall, typed: Typed): Promise<Answer> => {
  try {
    const id = idOf(call);
    const found = id === undefined ? undefined : await findingInFull(call.house.web, call.visitor.token, id);
    if (!found) return await absent(call);
    const failed = typed.errors.length > 0;
    return signedInPage(call, { title: failed || typed.again === true ? 'Fejl: Adgang' : 'Adgang', place: 'Adgang', within: true, ...(typed.again === true ? { status: 403 } : failed ? { status: 422 } : {}) }, (
      <>
        <PageHead title={`${nameOfPerson(found.person)} ${KINDS[found.kind].did}`}>
          {found.person !== null && <p class="muted">{whoWords(found.person)}{found.person.left ? ' (adgangen er lukket)' : ''}</p>}
        </PageHead>
        {found.closed === null
          ? <Due due={copenhagenDate(found.due)} today={copenhagenDate(found.now)} />
          : <p>{found.lapsed ? 'Faldt bort af sig selv: personen har siden haft en grund i sagen.' : `Afsluttet ${formatInstant(found.closed)}.`}</p>}
        <p>{KINDS[found.kind].look}</p>
        <Section id="log" title="Det står i loggen" count={found.rows.length}>
          <Rows rows={found.rows} />
          {found.person !== null && <p><a href={paths.personLog(found.person.id)}>{`Se alt, ${found.person.name} har åbnet`}</a></p>}
        </Section>
        <Section id="vurdering" title="Vurdering">
          {typed.again === true && <SignedOutMeanwhile />}
          <Judgements made={found.judgements} />
          {found.person?.id === call.visitor.user
            ? <p>Fundet handler om dig. En kollega, der også fører tilsyn med loggen, skal vurdere det.</p>
            : <JudgementForm call={call} found={found} typed={typed} />}
        </Section>
      </>
    ));
  } catch (error) {
    return refusedBy(error);
  }
};

const errorOf = ({ errors }: Typed, name: string): { readonly error?: string } => {
  const message = errors.find((one) => one.name === name)?.message;
  return message === undefined ? {} : { error: message };
};

/** Rows of the log: when, what, and in which number. */
export const Rows = ({ rows }: { readonly rows: readonly LogRow[] }) => (
  <Table caption="Rækker i loggen" quietCaption phone="stack" rows={rows} rowKey={(row) => `${row.at}${row.action}${row.ref ?? ''}`} columns={[
    { label: 'Hvornår', cell: (row) => formatInstant(row.at) },
    { label: 'Hvad', cell: didWords },
    { label: 'Sag', cell: numberWords },
  ]} />
);

interface JudgementProps {
  readonly call: SignedInCall;
  readonly found: FindingInFull;
  readonly typed: Typed;
}
const JudgementForm = ({ call, found, typed }: JudgementProps) => (
  <Form action={paths.finding(found.id)} csrf={tokenFor(call)} class="act-form no-print">
    <ErrorSummary errors={typed.errors} />
    <Radios name="vurdering" label={found.judgements.length === 0 ? 'Hvad er du kommet frem til?' : 'Tilføj en vurdering'} required value={typed.outcome}
      options={OUTCOMES.map((value) => ({ value, label: OUTCOME_WORDS[value] }))} {...errorOf(typed, 'vurdering')} />
    <TextArea name="ord" label="Hvad bygger du det på?" required hint="Skriv ikke navnet på en kandidat. Du kan ikke rette det bagefter, men du kan tilføje." value={typed.words} {...errorOf(typed, 'ord')} />
    <SubmitLine text="Vurderingen bliver stående. Er lederen spurgt, venter fundet på svaret; ellers er det afsluttet.">
      <SubmitButton>Gem vurderingen</SubmitButton>
    </SubmitLine>
  </Form>
);

const Judgements = ({ made }: { readonly made: FindingInFull['judgements'] }) => made.length === 0 ? null : (
  <ul class="plain-list no-max-width">
    {made.map((one) => (
      <li key={one.at}>
        <p><strong>{OUTCOME_WORDS[one.outcome]}</strong>{`. ${one.by}, ${formatInstant(one.at)}`}</p>
        <p class="typed">{one.words}</p>
      </li>
    ))}
  </ul>
);

/** One finding: who, what the log has of it, and the judgement. */
export const findingPage = (call: SignedInCall): Promise<Answer> => draw(call, NOTHING);

/** Adds the auditor's judgement; it stands for ever. */
export const judgePage: FormHandle = Object.assign(
  async (call: SignedInCall): Promise<Answer> => {
    const typed = typedIn(call);
    const { outcome } = typed;
    if (typed.errors.length > 0 || !isOutcome(outcome)) return draw(call, typed);
    try {
      const id = idOf(call);
      if (id === undefined || !(await judgeFinding(call.house.web, call.visitor.token, id, outcome, typed.words))) return await absent(call);
      return { kind: 'redirect', to: paths.review(), said: 'review.judged' };
    } catch (error) {
      return refusedBy(error);
    }
  },
  { again: (call: SignedInCall): Promise<Answer> => draw(call, { ...typedIn(call), errors: [], again: true }) },
);
