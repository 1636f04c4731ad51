import type { StaffDirectory } from '../../../app/staff-directory.js';
import { refusedBy } from '../../../app/house.js';
import { functionLabel } from '../../../domain/access/functions.js';
import { formatInstant } from '../../../domain/kernel/time.js';
import { authorityName } from '../../../domain/reference/authorities.js';
import { type CaseExtract, caseExtract } from '../../../store/access-log.js';
import { caseIdOf } from '../../case-id.js';
import { paths } from '../../paths.js';
import type { Answer, FormHandle, SignedInCall } from '../../route.js';
import { PageHead } from '../../ui/layout.js';
import { Table } from '../../ui/table.js';
import { didWords } from '../adgang/words.js';
import { signedInPage } from '../signed-in-page.js';
import { type ExtractTyped, extractTyped } from './extract-form.js';
import { circle } from './kreds.js';
import { WITHHELD, wholeMunicipality } from './lookers.js';
import { askedFirst, withCase } from './open.js';

interface Line {
  readonly id: string;
  readonly at: string;
  readonly authority: string;
  readonly function: string;
  readonly name?: string;
  readonly what: string;
}

/**
 * A municipality is one authority to the person, and its staff one kind without names: who is in the case for a single measure is told from the others neither
 * by place nor by name, for not everybody in the circle may know of the measure (FM-CNF-4). The municipality gives them itself. Who is there for a measure alone that
 * the maker may not know of is of no authority here, as in the log beside it.
 */
const lineOf = ({ id, at, name, authority, functions, action, purpose, withheld }: CaseExtract['rows'][number], named: boolean): Line => {
  const what = didWords({ action, purpose: OF_ALL.includes(purpose ?? '') ? purpose : null });
  if (withheld) return { id, at, what, authority: WITHHELD.label, function: 'Medarbejder' };
  const municipality = authority === null ? undefined : wholeMunicipality(authority);
  const ofAMeasure = functions?.includes('measure_owner') ?? false;
  return {
    id, at, what,
    authority: authority === null ? 'Udvej' : municipality === undefined ? authorityName(authority) : authorityName(municipality),
    function: municipality === undefined ? (functions ?? []).map(functionLabel).join(', ') : 'Medarbejder i kommunen',
    ...(named && municipality === undefined && !ofAMeasure && name !== null ? { name } : {}),
  };
};
/** Pages that everybody in a case has. */
const OF_ALL: readonly string[] = ['overview', 'aftale', 'tiltag', 'tidslinje', 'visitation', 'samtykke', 'opfoelgning', 'sikkerhed', 'journal', 'kreds', 'dokumenter', 'document', 'names'];

const page = (call: SignedInCall, { number, now, rows }: CaseExtract, named: boolean): Answer => signedInPage(call, { title: `Sag ${number}`, place: 'Sager', within: true }, (
  <>
    <PageHead title={`Udtræk af loggen, ${number}`}>
      <p class="muted">{`Alle, der har åbnet sagen eller gjort noget i den, til og med ${formatInstant(now)}. ${rows.length} rækker.`}</p>
    </PageHead>
    <p class="no-print"><a href={paths.case(caseIdOf(call), 'kreds')}>Tilbage til sagen</a></p>
    <Table caption="Hvem der har set oplysningerne, hvornår og hvorfor" quietCaption phone="stack" rows={rows.map((row) => lineOf(row, named))} rowKey={(row) => row.id} columns={[
      { label: 'Hvornår', cell: (row) => formatInstant(row.at as CaseExtract['now']) },
      { label: 'Myndighed', cell: (row) => row.authority },
      { label: 'Funktion', cell: (row) => row.function },
      ...(named ? [{ label: 'Navn', cell: (row: Line) => row.name ?? 'Oplyses af myndigheden' }] : []),
      { label: 'Hvad', cell: (row) => row.what },
    ]} />
  </>
));

const file = ({ number, now, rows }: CaseExtract, named: boolean): Answer => ({
  // The name of a file says the case's number and never what it is.
  kind: 'file', type: 'application/json; charset=utf-8', name: `${number}-1.json`,
  bytes: Buffer.from(JSON.stringify({ number, drawnAt: now, rows: rows.map((row) => lineOf(row, named)) }, null, 2)),
});

/** The form on the page of the circle, as it was sent. */
const drawn = (directory: StaffDirectory, typed: ExtractTyped) => withCase(directory, 'kreds', ['card'], (on) => circle(on, typed));

/** Makes the extract, as a page to print or as a file; for the co-ordinator alone, and in the log. */
export const makeExtract = (directory: StaffDirectory): FormHandle => Object.assign(
  askedFirst(directory, 'kreds', async (call: SignedInCall): Promise<Answer> => {
    const typed = extractTyped(call);
    if (typed.missing) return drawn(directory, typed)(call);
    try {
      const extract = await caseExtract(call.house.web, call.visitor.token, caseIdOf(call), typed.names ? `with names ${typed.reason}` : 'without names');
      if (!extract) return { kind: 'absent' };
      const wantsFile = (call.body as Readonly<Record<string, unknown>> | null)?.['som'] === 'json';
      return wantsFile ? file(extract, typed.names) : page(call, extract, typed.names);
    } catch (error) {
      return refusedBy(error);
    }
  }),
  { again: (call: SignedInCall): Promise<Answer> => drawn(directory, { ...extractTyped(call), missing: false, again: true })(call) },
);
