import { refusedBy } from '../../../app/house.js';
import { foremost, publicationAsked } from '../../../app/publishing.js';
import { formatInstant } from '../../../domain/kernel/time.js';
import { authorityName } from '../../../domain/reference/authorities.js';
import { periodWords } from '../../../domain/statistics/period-words.js';
import { tablesOf } from '../../../domain/statistics/publication-words.js';
import type { PublicationRow, ReadPublication } from '../../../store/publications.js';
import { paths } from '../../paths.js';
import type { Answer, SignedInCall } from '../../route.js';
import { Empty } from '../../ui/empty.js';
import { PageHead, Section } from '../../ui/layout.js';
import { signedInPage } from '../signed-in-page.js';
import { OwnRow } from './own-row.js';
import { FigurePages, readPeriod } from './period.js';
import { publicationFile, publicationSpreadsheet } from './published-file.js';
import { picturedOf, PublicationTables } from './published-tables.js';

const TITLE = 'Offentliggjorte tal';
/** 'For 1. april 2015 – 30. juni 2026, offentliggjort 21. november 2026 kl. 10.42 af KL' */
export const publicationWords = ({ publishedAt, authority, ...period }: PublicationRow): string => `For ${periodWords(period)}, offentliggjort ${formatInstant(publishedAt)} af ${authorityName(authority)}`;

const Files = ({ read: { id, publication } }: { readonly read: ReadPublication }) => (
  <Section id="filer" title="Hent som fil">
    <p>Det samme er skjult i filerne som her.</p>
    <p><a href={paths.publishedSpreadsheet(id)}>Alle tabeller i ét regneark (Excel)</a></p>
    <p>Én tabel ad gangen:</p>
    <ul>{tablesOf(publication).map((table) => <li key={table.id}><a href={paths.publishedFile(id, table.id)}>{`${table.caption} (CSV)`}</a></li>)}</ul>
  </Section>
);

const Others = ({ all, read }: { readonly all: readonly PublicationRow[]; readonly read: ReadPublication }) => (all.length < 2 ? null : (
  <Section id="andre" title="Andre offentliggørelser">
    <p>Et tal kan være vist i den ene og skjult i den anden, så de ikke kan trækkes fra hinanden.</p>
    <ul>{all.filter(({ id }) => id !== read.id).map((one) => <li key={one.id}><a href={paths.published(one.id)}>{publicationWords(one)}</a></li>)}</ul>
  </Section>
));

/** What is published of the figures: the foremost, or the one that is asked for; one's own first. For everybody signed in (FM-STA-2, FM-STA-4). */
export async function publishedPage(call: SignedInCall): Promise<Answer> {
  const { visitor, params, query } = call;
  const id = params['id'];
  const atDesk = visitor.functions.includes('contact_point');
  try {
    const { all, read } = await publicationAsked(call.house, call.visitor.token, id, 'published figures', atDesk ? 'newest' : 'foremost');
    if (id !== undefined && read === undefined) return { kind: 'absent' };
    const first = foremost(all);
    const usual = atDesk ? all[0] : first;
    return signedInPage(call, { title: TITLE, place: 'Tal', within: id !== undefined || atDesk, open: true }, (
      <>
        <PageHead title={TITLE}>
          {read && <p class="muted">{`${publicationWords(read)}. Små tal er skjult, så ingen kan genkendes.`}</p>}
        </PageHead>
        {atDesk && <FigurePages current="published" period={readPeriod(call)} />}
        {read === undefined ? (
          <Empty title="Der er ikke offentliggjort tal endnu.">
            {atDesk ? <><a href={paths.publish()}>Offentliggør tal</a>, så enheder og kommuner kan se dem.</> : 'Det gør Det Nationale Exitkontaktpunkt. Når det er sket, står tallene her.'}
          </Empty>
        ) : (
          <>
            {usual?.id !== read.id && <p><a href={paths.published()}>Se de nyeste tal</a></p>}
            {atDesk && id === undefined && first && first.id !== read.id && <p>{`Enheder og kommuner ser først tallene for en periode, der slutter senere: `}<a href={paths.published(first.id)}>{periodWords(first)}</a>. De her finder de under »Andre offentliggørelser«.</p>}
            <OwnRow read={read} visitor={visitor} />
            <PublicationTables publication={read.publication} figure={picturedOf(query['vis'])} action={paths.published(id)} />
            <div class="no-print"><Files read={read} /></div>
            <Others all={all} read={read} />
          </>
        )}
      </>
    ));
  } catch (error) {
    return refusedBy(error);
  }
}

/** One table of a publication as a file, or all of it as a spreadsheet. There is no other download of figures, and so none that is not hidden as this (FM-STA-4). */
export async function sendPublished(call: SignedInCall): Promise<Answer> {
  try {
    const { read } = await publicationAsked(call.house, call.visitor.token, call.params['id'], 'published figures');
    const { format, tabel = '' } = call.query;
    const file = read && (format === undefined ? publicationFile(read.publication, tabel) : format === 'xlsx' && tabel === '' ? await publicationSpreadsheet(read) : undefined);
    return file === undefined ? { kind: 'absent' } : { kind: 'file', ...file };
  } catch (error) {
    return refusedBy(error);
  }
}
