import { refusedBy } from '../../../app/house.js';
import { REVERSED } from '../../../app/statistics.js';
import { isId } from '../../../domain/kernel/ids.js';
import { copenhagenDate, formatDate, formatDay, knownDate, type PlainDate } from '../../../domain/kernel/time.js';
import { personLog, type PersonLogRow } from '../../../store/access-log.js';
import { noteDenied } from '../../../store/lists.js';
import { paths } from '../../paths.js';
import type { Answer, SignedInCall } from '../../route.js';
import { SubmitButton } from '../../ui/buttons.js';
import { Empty } from '../../ui/empty.js';
import { ErrorSummary, type FormError } from '../../ui/error-summary.js';
import { FormScope } from '../../ui/field-id.js';
import { DateField, Select } from '../../ui/form.js';
import { PageHead, Section } from '../../ui/layout.js';
import { Table } from '../../ui/table.js';
import { type PeriodEnd, periodEnd } from '../period-end.js';
import { signedInPage } from '../signed-in-page.js';
import { Rows } from './finding.js';
import { whoWords } from './words.js';

const CHOICES = [
  { value: '', label: 'Alt', fits: () => true },
  { value: 'aabnet', label: 'Sager, der blev åbnet', fits: (row: PersonLogRow) => row.look || row.action === 'case.named' },
  { value: 'afvist', label: 'Kun afviste forsøg', fits: isDenied },
] as const;

function isDenied({ action }: PersonLogRow): boolean {
  return action.endsWith('.denied');
}

interface Day {
  readonly day: PlainDate;
  readonly rows: readonly PersonLogRow[];
}
const byDay = (rows: readonly PersonLogRow[]): readonly Day[] => {
  const days = new Map<PlainDate, PersonLogRow[]>();
  for (const row of rows) {
    const day = copenhagenDate(row.at);
    days.set(day, [...(days.get(day) ?? []), row]);
  }
  return [...days].map(([day, of]) => ({ day, rows: of }));
};
const looks = (rows: readonly PersonLogRow[]): readonly PersonLogRow[] => rows.filter((row) => row.look);
const distinct = (rows: readonly PersonLogRow[]): number => new Set(rows.map((row) => row.ref)).size;

const FIRST = knownDate('2000-01-01');
const LAST = knownDate('2100-01-01');

/** What is wrong with the period asked for, by the field it is at. */
const faultsOf = (from: PeriodEnd, until: PeriodEnd): { readonly fra?: string; readonly til?: string } => {
  const beyond = ({ day, fault }: PeriodEnd): string | undefined =>
    fault ?? (day === undefined ? undefined : day < FIRST ? 'Loggen går ikke så langt tilbage. Vælg en senere dag.' : day > LAST ? 'Loggen går ikke så langt frem. Vælg i dag eller en tidligere dag.' : undefined);
  const [first, last] = [beyond(from), beyond(until) ?? (from.day !== undefined && until.day !== undefined && from.day > until.day ? REVERSED : undefined)];
  return { ...(first === undefined ? {} : { fra: first }), ...(last === undefined ? {} : { til: last }) };
};

/** What one person has opened and where he was refused, day by day, with the number of different cases (FM-CNF-5). */
export async function personPage(call: SignedInCall): Promise<Answer> {
  const id = call.params['id'] ?? '';
  try {
    const [from, until] = [periodEnd(call.query['fra'], undefined), periodEnd(call.query['til'], undefined)];
    const faults = faultsOf(from, until);
    const errors: readonly FormError[] = [
      ...(faults.fra === undefined ? [] : [{ name: 'fra', message: `Fra og med: ${faults.fra}` }]), ...(faults.til === undefined ? [] : [{ name: 'til', message: `Til og med: ${faults.til}` }]),
    ];
    const wrong = errors.length > 0;
    const log = isId(id) ? await personLog(call.house.web, call.visitor.token, id, ...(wrong ? [undefined, undefined] as const : [from.day, until.day] as const)) : undefined;
    if (!log) {
      await noteDenied(call.house.web, call.visitor.token, undefined, 'person log');
      return { kind: 'absent' };
    }
    const { person, first, last } = log;
    const choice = CHOICES.find(({ value }) => value === call.query['vis']) ?? CHOICES[0];
    const days = byDay(log.rows);
    const shown = log.rows.filter(choice.fits);
    return signedInPage(call, { title: wrong ? 'Fejl: Adgang' : 'Adgang', place: 'Adgang', within: true, ...(wrong ? { status: 422 } : {}) }, (
      <>
        <PageHead title={person.name}>
          <p class="muted">{whoWords(person)}{person.left ? ' (adgangen er lukket)' : ''}</p>
        </PageHead>
        <form method="get" action={paths.personLog(person.id)} class="act-form no-print" noValidate>
          <FormScope.Provider value="">
            <ErrorSummary errors={errors} />
            <div class="form-pair">
              <DateField name="fra" label="Fra og med" value={wrong ? from.typed : formatDate(first)} {...(faults.fra === undefined ? {} : { error: faults.fra })} />
              <DateField name="til" label="Til og med" value={wrong ? until.typed : formatDate(last)} {...(faults.til === undefined ? {} : { error: faults.til })} />
            </div>
            <Select name="vis" label="Vis" value={choice.value} options={CHOICES.map(({ value, label }) => ({ value, label }))} />
          </FormScope.Provider>
          <SubmitButton kind="secondary">Vis</SubmitButton>
        </form>
        {!wrong && <p>{`${formatDate(first)} – ${formatDate(last)}: ${counted(log.rows)}`}{log.rows.length === 1000 && ' Kun de seneste 1.000 rækker er med. Vælg en kortere periode.'}</p>}
        {wrong ? null : log.rows.length === 0
          ? <Empty title="Der står ikke noget i loggen om personen i de dage.">Vælg en længere periode.</Empty>
          : (
              <>
                <Section id="dage" title="Dag for dag" count={days.length}>
                  <Table caption="Opslag og afviste forsøg dag for dag" quietCaption phone="stack" rows={days} rowKey={(row) => row.day} columns={[
                    { label: 'Dag', cell: (row) => formatDay(row.day) },
                    { label: 'Opslag', align: 'right', cell: (row) => looks(row.rows).length },
                    { label: 'Forskellige sager', align: 'right', cell: (row) => distinct(looks(row.rows)) },
                    { label: 'Afvist', align: 'right', cell: (row) => row.rows.filter(isDenied).length },
                  ]} />
                </Section>
                <Section id="raekker" title={choice.value === '' ? 'Alt i perioden' : choice.label} count={shown.length}><Rows rows={shown} /></Section>
              </>
            )}
      </>
    ));
  } catch (error) {
    return refusedBy(error);
  }
}

const counted = (rows: readonly PersonLogRow[]): string => {
  const found = looks(rows);
  return `${found.length} opslag i ${distinct(found)} forskellige sager, ${rows.filter(isDenied).length} afviste forsøg.`;
};
