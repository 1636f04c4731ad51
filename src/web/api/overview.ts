import { type Overview, OVERVIEW_PAGE, type OverviewField, nationalOverview, readOverviewFilter } from '../../app/overview.js';
import { daysBetween } from '../../domain/kernel/time.js';
import type { Answer, Route, SignedInCall } from '../route.js';
import { pageNumber } from '../ui/pages.js';

const USABLE: Readonly<Record<OverviewField, string>> = {
  unit: 'Skriv en enheds id, f.eks. fyn eller dfk.', municipality: 'Skriv en kommunes kode med fire cifre, f.eks. 0183.', phase: 'Skriv assessment, accepted eller course.',
  place: 'Skriv freedom eller custody.', late: 'Skriv true, eller lad late være væk.', sort: 'Skriv due, oldest eller newest.',
};

const body = ({ today, page, rows, total, late, places, untaken }: Overview) => ({
  total, late, page, pageSize: OVERVIEW_PAGE,
  cases: rows.map((row) => ({
    number: row.number, unit: row.unit, municipality: row.municipality, phase: row.phase, place: row.place, since: row.since, daysInPhase: daysBetween(row.since, today),
    contactPerson: row.contact_person, waitsFor: row.waits_for, nextDue: row.next_due, questions: row.questions ?? [],
  })),
  municipalities: places,
  untaken: untaken.map((row) => ({ unit: row.unit, daysLate: row.days_late })),
});

/** The national overview, with the same filters as its page (FM-NCP-1); names go with no list. */
async function overview(call: SignedInCall): Promise<Answer> {
  const { filter, wrong } = readOverviewFilter(call.query);
  if (wrong.length > 0) {
    return {
      kind: 'problem', status: 422, title: 'Filteret kan ikke bruges', detail: wrong.map((field) => USABLE[field]).join(' '),
      more: { errors: wrong.map((field) => ({ pointer: `/${field}`, detail: USABLE[field] })) },
    };
  }
  const found = await nationalOverview(call.house, call.visitor.token, filter, pageNumber(call.query['page']));
  return 'kind' in found ? found : { kind: 'json', body: body(found) };
}

export const overviewApi: Route = {
  method: 'GET', path: '/api/v1/overview', permission: 'contact-point', purpose: 'national overview', audit: 'overview.listed', rate: 'read', handle: overview,
};
