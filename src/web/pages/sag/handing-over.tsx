import { randomUUID } from 'node:crypto';
import { type Action, actionsOf } from '../../../app/actions.js';
import { carriesRefusal, type CaseText, OFFERED_ENTRIES, refusalText, textsOf, withRefusal } from '../../../app/case-texts.js';
import { execute, type FieldIssue, type Outcome } from '../../../app/execute.js';
import { isRefused } from '../../../app/house.js';
import { caseCommand } from '../../../domain/exit-case/case.js';
import { SEAT_NAMES } from '../../../domain/exit-case/event-titles.js';
import { paths } from '../../paths.js';
import type { OpenedCase } from '../../../app/open-case.js';
import type { Answer } from '../../route.js';
import { SubmitButton } from '../../ui/buttons.js';
import { Fold } from '../../ui/fold.js';
import { fieldId, Form, Hidden, type Option, SubmitLine, TextArea } from '../../ui/form.js';
import type { FormBody, JsonSchema } from '../../ui/schema-form.js';
import { tokenFor } from '../signed-in-page.js';
import { type CaseCall, casePage } from './case-page.js';

/** Questions to the contact point: what goes along is picked from the case and looked at once more before it is sent (FM-CNF-4). */
export const HANDS_OVER: readonly string[] = ['assessment.askAdvice', 'assessment.referToContactPoint', 'decision.requestReview', 'decision.supplementReview'];
export const handsOver = (command: string): boolean => HANDS_OVER.includes(command);
/** What the form's own button says: nothing is sent by it. */
export const LOOK_FIRST = 'Se, hvad kontaktpunktet får';

/** The field of the command that holds what goes along. */
export const HANDED = 'entries';
/** The field that the case itself fills in. */
export const REFUSAL = 'refusal';
const PICKED = '_valgt';
const OWN = '_eget';
/** Which button of the second step was pressed; the form itself has none of them. */
const STEP = '_trin';
const SEND = 'send';
const EDIT = 'ret';

/** What somebody picked and wrote to go along, as it came from the page: keys of texts, never the texts. */
export interface Handed {
  readonly picked: readonly string[];
  readonly own: string;
}
export const nothingHanded: Handed = { picked: [], own: '' };

const MOST = 100;
export const handedIn = (body: FormBody): Handed => {
  const picked = body[PICKED] ?? [];
  const own = body[OWN];
  return { picked: [...new Set(typeof picked === 'string' ? [picked] : picked)].slice(0, MOST), own: typeof own === 'string' ? own.replaceAll('\r\n', '\n').trim() : '' };
};

/** Kept through the second step, and through a login. */
const HandedFields = ({ handed }: { readonly handed: Handed }) => (
  <>
    {handed.picked.map((key) => <Hidden key={key} name={PICKED} value={key} />)}
    {handed.own !== '' && <Hidden name={OWN} value={handed.own} />}
  </>
);

interface HandedEntry {
  readonly text: string;
  readonly seats?: readonly string[];
}

/** The refusal goes along by itself, so that it is none of those to pick among. */
const offeredIn = ({ call, opened }: CaseCall, command: string): readonly CaseText[] => {
  const refusal = goesAlong(opened, command);
  return textsOf(call.house, opened).filter(({ text }) => text !== refusal?.text);
};
/** What is sent with a review whatever is picked: the refusal that it is about, once (FM-DEC-2). */
const goesAlong = (opened: OpenedCase, command: string) => (carriesRefusal(command) ? refusalText(opened) : undefined);
const isSentAlready = ({ state }: OpenedCase): boolean => state.questions.questions.some((one) => one.id === state.decision.review?.question && one.status === 'open' && one.supplementedOn !== undefined);

/** The texts themselves, taken from the case as this reader has it; one that he cannot read is none (FM-CNF-4). In the order of the page. */
function entriesOf(on: CaseCall, command: string, { picked, own }: Handed): readonly HandedEntry[] | readonly FieldIssue[] {
  const texts = picked.length === 0 ? [] : offeredIn(on, command).filter((one) => picked.includes(one.key));
  if (texts.length < picked.length) return [{ field: HANDED, message: 'En af de tekster, du har valgt, findes ikke. Se listen igennem, og vælg igen.' }];
  return [...texts.map(({ text, seats }) => ({ text, ...(seats === undefined ? {} : { seats }) })), ...(own === '' ? [] : [{ text: own }])];
}
const isIssues = (found: readonly HandedEntry[] | readonly FieldIssue[]): found is readonly FieldIssue[] => found.some((one) => 'field' in one);

/** What the command would say of the input before it is sent; of a text that goes along it is said at their list. */
const issuesIn = (command: string, input: unknown): readonly FieldIssue[] =>
  (caseCommand(command)?.input.safeParse(input).error?.issues ?? []).map((issue) => ({ field: issue.path[0] === HANDED ? HANDED : issue.path.join('.'), message: issue.message }));

const namesOf = (seats: readonly string[]): string => new Intl.ListFormat('da', { type: 'conjunction' }).format(seats.map((seat) => SEAT_NAMES[seat as keyof typeof SEAT_NAMES]));
const Narrow = ({ seats }: { readonly seats: readonly string[] | undefined }) =>
  seats === undefined ? null : <p class="muted small">{`I enheden læses den kun af ${namesOf(seats)}, også når den er sendt med.`}</p>;

/** Longer texts fold away behind their beginning. */
const LONG = 400;
const BEGINNING = 80;
const Words = ({ text: { words } }: { readonly text: Pick<CaseText, 'words'> }) => (words.length <= LONG ? <p class="typed">{words}</p> : <Fold summary={`Læs hele teksten: “${words.slice(0, BEGINNING).replaceAll(/\s+/g, ' ').trim()} …”`}><p class="typed">{words}</p></Fold>);

interface PickProps {
  readonly on: CaseCall;
  readonly command: string;
  readonly handed: Handed;
  readonly error?: string | undefined;
}

/** The texts of the case that the asker can read, none picked beforehand, and room for words of his own. */
export const PickTexts = ({ on, command, handed, error }: PickProps) => {
  const texts = offeredIn(on, command);
  const refusal = goesAlong(on.opened, command);
  const id = fieldId(HANDED);
  return (
    <>
      <fieldset class={error === undefined ? 'choices hand-over' : 'choices hand-over form-error'} aria-describedby={[`${id}-hjaelp`, ...(error === undefined ? [] : [`${id}-fejl`])].join(' ')}>
        <legend class="form-label">Hvad skal kontaktpunktet have med fra sagen?</legend>
        <span class="form-hint" id={`${id}-hjaelp`}>Vælg kun det, spørgsmålet kræver. Kontaktpunktet ser ikke andet af sagen. Du ser det hele igennem, før det bliver sendt.</span>
        {error !== undefined && <span class="form-error-message" id={`${id}-fejl`}><span class="sr-only">Fejl: </span>{error}</span>}
        {refusal && (
          <div class="hand-over-text">
            <p><strong>{refusal.title}</strong><br /><span class="muted small">{isSentAlready(on.opened) ? 'Afslaget er sendt.' : 'Afslaget går altid med.'}</span></p>
            <Words text={refusal} />
          </div>
        )}
        {texts.length === 0 && <p class="muted">Der står endnu ingen tekster i sagen, som du kan læse.</p>}
        {texts.map((text, at) => {
          const own = at === 0 ? id : `${id}-${at}`;
          return (
            <div class="hand-over-text" key={text.key}>
              <div class="form-group-checkbox">
                <input class="form-checkbox" type="checkbox" id={own} name={PICKED} value={text.key} checked={handed.picked.includes(text.key)} />
                <label class="form-label" for={own}>{text.title}</label>
              </div>
              <Words text={text} />
              <Narrow seats={text.seats} />
            </div>
          );
        })}
        {on.opened.entries.length >= OFFERED_ENTRIES && <p class="muted">{`Af journalen står de seneste ${OFFERED_ENTRIES} notater og møder her. Ældre kan du skrive af i feltet nedenfor.`}</p>}
      </fieldset>
      <TextArea name={OWN} label="Andet, kontaktpunktet skal have med" hint="Med dine egne ord. Lad feltet stå tomt, hvis der ikke er mere." value={handed.own} />
    </>
  );
};

const isSchema = (value: unknown): value is JsonSchema => typeof value === 'object' && value !== null && !Array.isArray(value);
/** The asker's own fields as they were answered: the question's label and the answer in words. */
const answersTo = (schema: JsonSchema, values: unknown): readonly { readonly label: string; readonly said: string }[] =>
  Object.entries(isSchema(schema['properties']) ? schema['properties'] : {}).flatMap(([name, field]) => {
    const value = isSchema(values) ? values[name] : undefined;
    if (name === HANDED || name === REFUSAL || typeof value !== 'string' || !isSchema(field)) return [];
    const options = Array.isArray(field['options']) ? (field['options'] as readonly Option[]) : [];
    return [{ label: String(field['label']), said: options.find((one) => one.value === value)?.label ?? value }];
  });

/** Exactly what the contact point gets to see, word for word, before anything is sent. */
const preview = (on: CaseCall, action: Action, { name, schema, values, body, key }: HandOver, picked: readonly HandedEntry[]): Answer => {
  const { call, opened } = on;
  const refusal = isSentAlready(opened) ? undefined : goesAlong(opened, name);
  const entries: readonly HandedEntry[] = [...(refusal ? [{ text: refusal.text }] : []), ...picked];
  const typed = Object.keys(isSchema(schema['properties']) ? schema['properties'] : {}).filter((field) => field !== HANDED && field !== REFUSAL);
  return casePage(on, {
    page: action.page,
    children: (
      <section class="section" aria-labelledby="handling">
        <h2 id="handling">Det her får kontaktpunktet at se</h2>
        <p class="muted">Intet er sendt endnu. Den, der tager spørgsmålet, ser ordene her og ikke andre ord fra sagen. Han eller hun ser også sagens nummer, enhed, fase og kontaktperson og kan få vist kandidatens navn og CPR-nummer.</p>
        {answersTo(schema, values).map(({ label, said }) => (
          <div class="mb-4" key={label}>
            <h3>{label}</h3>
            <p class="typed">{said}</p>
          </div>
        ))}
        <h3>{entries.length === 0 ? 'Ingen tekster går med' : entries.length === 1 ? 'Én tekst går med' : `${entries.length} tekster går med`}</h3>
        {entries.map((entry, at) => (
          <div key={at}>
            <blockquote class="typed">{entry.text}</blockquote>
            <Narrow seats={entry.seats} />
          </div>
        ))}
        <Form action={paths.act(opened.id, name)} csrf={tokenFor(call)} idempotencyKey={key} class="act-form">
          {typed.flatMap((field) => [body[field] ?? []].flat().map((value) => <Hidden key={field} name={field} value={value} />))}
          <HandedFields handed={handedIn(body)} />
          <SubmitLine>
            <SubmitButton name={STEP} value={SEND}>Send til kontaktpunktet</SubmitButton>
            <SubmitButton kind="secondary" name={STEP} value={EDIT}>Ret</SubmitButton>
          </SubmitLine>
        </Form>
      </section>
    ),
  });
};

/** One post of such a form. */
interface HandOver {
  readonly name: string;
  readonly schema: JsonSchema;
  readonly values: unknown;
  readonly body: FormBody;
  readonly key: string;
}
type DrawForm = (on: CaseCall, typed: { readonly values: unknown; readonly handed: Handed; readonly key: string; readonly outcome?: Outcome }) => Promise<Answer>;

/** The second step and the third: what is handed over is shown, and only “Send” sends it; the texts come from the case each time. Anything wrong brings the form back. */
export async function handOver(on: CaseCall, post: HandOver, draw: DrawForm): Promise<Answer> {
  const { call, opened } = on;
  const { name, values, body, key } = post;
  const handed = handedIn(body);
  const back = (outcome?: Outcome) => draw(on, { values, handed, key: outcome?.kind === 'key-reused' ? randomUUID() : key, ...(outcome && { outcome }) });
  if (body[STEP] === EDIT) return back();
  const entries = entriesOf(on, name, handed);
  if (isIssues(entries)) return back({ kind: 'invalid', issues: entries });
  const input = withRefusal(name, opened, { ...(isSchema(values) ? values : {}), [HANDED]: entries });
  const issues = issuesIn(name, input);
  if (issues.length > 0) return back({ kind: 'invalid', issues });
  if (body[STEP] === SEND) {
    const outcome = await execute(call.house, { token: call.visitor.token, caseId: opened.id, command: name, input, key });
    if (outcome.kind === 'done') return { kind: 'redirect', to: paths.case(opened.id, caseCommand(name)?.page), said: name };
    return isRefused(outcome) ? outcome : back(outcome);
  }
  const action = actionsOf(opened, call.now).find((one) => one.name === name);
  if (!action) return { kind: 'absent' };
  if (!action.possible) return back({ kind: 'rejected', shown: { detail: action.why ?? '', ...(action.rule === undefined ? {} : { rule: action.rule }) } });
  return preview(on, action, post, entries);
}
