import { searchMine } from '../../../app/names.js';
import { paths } from '../../paths.js';
import type { Answer, SignedInCall } from '../../route.js';
import { Empty } from '../../ui/empty.js';
import { PageHead } from '../../ui/layout.js';
import { Table, TwoLines } from '../../ui/table.js';
import { signedInPage } from '../signed-in-page.js';

/** Search in one's own cases. What was searched for came by post and stands in no address (CNF-3). */
export async function search(call: SignedInCall): Promise<Answer> {
  const given = (call.body as Readonly<Record<string, unknown>> | null)?.['q'];
  const text = (typeof given === 'string' ? given : '').trim().slice(0, 200);
  const hits = await searchMine(call.house, call.visitor.token, text);
  if ('kind' in hits) return hits;
  return signedInPage(call, { title: 'Søgning', place: 'Sager', within: true }, (
    <>
      <PageHead title="Søgning i mine sager">
        <p class="muted">{text.length < 2 ? 'Skriv mindst to tegn i feltet øverst.' : `Du søgte efter “${text}”.`}</p>
      </PageHead>
      {hits.length === 0
        ? <Empty title="Ingen af de sager, du er med i, passer."><p>Der søges kun i dine egne sager: navn, CPR-nummer, kaldenavn, telefon, sagsnummer og sagens fuglenavn.</p></Empty>
        : <Table caption="Sager, der passer" quietCaption phone="stack" rows={hits} rowKey={(hit) => hit.caseId} columns={[
            { label: 'Sag', cell: (hit) => <TwoLines first={<a href={paths.case(hit.caseId)}>{hit.number}</a>} second={`“${hit.label}”`} /> },
            { label: 'Navn', cell: (hit) => hit.identity.name ?? 'Ikke oplyst' },
            { label: 'Kaldenavn', cell: (hit) => hit.identity.alias ?? '' },
          ]} />}
    </>
  ));
}

/** A search cannot be reloaded or linked to: the page says so instead of failing. */
export const emptySearch = (call: SignedInCall): Answer =>
  signedInPage(call, { title: 'Søgning', place: 'Sager', within: true }, (
    <PageHead title="Søgning i mine sager"><p class="muted">Skriv i søgefeltet øverst. En søgning gemmes ikke, så den kan ikke åbnes igen.</p></PageHead>
  ));
