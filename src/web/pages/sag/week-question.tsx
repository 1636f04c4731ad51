import { refusedBy } from '../../../app/house.js';
import { isId } from '../../../domain/kernel/ids.js';
import { formatDay, isPlainDate, type PlainDate } from '../../../domain/kernel/time.js';
import { answerWeek } from '../../../store/access-log.js';
import { caseIdOf } from '../../case-id.js';
import { paths } from '../../paths.js';
import type { Answer, SignedInCall } from '../../route.js';
import { SubmitButton, Tools } from '../../ui/buttons.js';
import { Checkboxes, Form, Hidden } from '../../ui/form.js';
import { Section } from '../../ui/layout.js';
import { weekWords } from '../adgang/words.js';
import { tokenFor } from '../signed-in-page.js';
import { type WeekLine, wholeMunicipality } from './lookers.js';

interface WeekProps {
  readonly call: SignedInCall;
  readonly caseId: string;
  readonly rows: readonly WeekLine[];
}

/** Once a week the co-ordinator says whether the openings of his case were expected; what was not goes to the auditor (FM-CNF-5). */
export const WeekQuestion = ({ call, caseId, rows }: WeekProps) => {
  const [first] = rows;
  if (first === undefined) return null;
  return (
    <Section id="ugens-opslag" title="Var ugens opslag ventet?">
      <p>{`Disse har åbnet sagen i ${weekWords(first.week)}. Du kender sagen bedst: havde de en grund til det?`}</p>
      <Form action={paths.weekAnswer(caseId)} csrf={tokenFor(call)} idPrefix="uge" label="Ugens opslag">
        <Hidden name="uge" value={first.week} />
        <Checkboxes name="uventet" label="Sæt kryds ved dem, du ikke ventede" options={rows.map((row) => ({
          value: `${row.key}|${row.day}`, label: `${row.label}, ${formatDay(row.day).toLowerCase()} (${row.n === 1 ? 'ét opslag' : `${row.n} opslag`})`,
        }))} />
        <p class="muted">Et kryds er ingen anklage. Den, der fører tilsyn med loggen, spørger personen.</p>
        <Tools><SubmitButton kind="secondary">Send svaret</SubmitButton></Tools>
      </Form>
    </Section>
  );
};

const ticked = (given: unknown): readonly { readonly who: string; readonly day: PlainDate }[] =>
  (Array.isArray(given) ? (given as readonly unknown[]) : [given]).flatMap((one) => {
    const [who = '', day = ''] = typeof one === 'string' ? one.split('|', 2) : [];
    return (isId(who) || wholeMunicipality(who) === who) && isPlainDate(day) ? [{ who, day }] : [];
  });

/** The co-ordinator's answer. Of a case that is not his to answer for: the common 404. */
export async function answerWeekQuestion(call: SignedInCall): Promise<Answer> {
  const body = (call.body ?? {}) as Readonly<Record<string, unknown>>;
  const week = body['uge'];
  const id = caseIdOf(call);
  try {
    const done = await answerWeek(call.house.web, call.visitor.token, id, isPlainDate(week) ? week : ('2000-01-03' as PlainDate), ticked(body['uventet']).slice(0, 200));
    return done ? { kind: 'redirect', to: paths.case(id, 'kreds'), said: 'log.answered' } : { kind: 'absent' };
  } catch (error) {
    return refusedBy(error);
  }
}
