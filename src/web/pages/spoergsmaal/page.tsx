import { randomUUID } from 'node:crypto';
import type { ComponentChildren } from 'preact';
import { refusedBy } from '../../../app/house.js';
import { ENDED_DAYS, questionsAtDesk } from '../../../app/questions.js';
import type { QuestionKind } from '../../../domain/exit-case/question.js';
import { copenhagenDate, formatDate, type PlainDate } from '../../../domain/kernel/time.js';
import { authorityName, unitName } from '../../../domain/reference/authorities.js';
import type { QuestionRow } from '../../../store/lists.js';
import { paths } from '../../paths.js';
import type { Answer, SignedInCall } from '../../route.js';
import { Badge } from '../../ui/badge.js';
import { ActButton, LinkButton } from '../../ui/buttons.js';
import { DueBadge } from '../../ui/due.js';
import { Empty } from '../../ui/empty.js';
import { Fold } from '../../ui/fold.js';
import { PageHead, Section } from '../../ui/layout.js';
import { type Column, Table, TwoLines } from '../../ui/table.js';
import { signedInPage, tokenFor } from '../signed-in-page.js';
import { askedWords, endWords, neededWords, QUESTION_KINDS, type Standing, standingOf, UNATTENDED, wayOut } from './words.js';

const SHOWN = [
  { label: 'Alle', vis: undefined },
  { label: 'Mine', vis: 'mine' },
  { label: 'Mangler en myndighed', vis: 'ledige' },
  { label: 'Forsinkede', vis: 'forsinkede' },
] as const;
type Shown = (typeof SHOWN)[number]['vis'];
const KINDS = [{ label: 'Alle slags', slags: undefined }, ...Object.entries(QUESTION_KINDS).map(([kind, { title, vis }]) => ({ label: title, slags: vis, kind: kind as QuestionKind }))] as const;

interface Choice {
  readonly vis?: Shown;
  readonly slags?: string | undefined;
  readonly kind?: QuestionKind | undefined;
}
/** Of an address; what it does not know shows everything. */
const chosenIn = ({ query }: SignedInCall): Choice => {
  const kind = KINDS.find((one) => one.slags !== undefined && one.slags === query['slags']);
  return { vis: SHOWN.find((one) => one.vis !== undefined && one.vis === query['vis'])?.vis, ...(kind && { slags: kind.slags, kind: 'kind' in kind ? kind.kind : undefined }) };
};

const isChosen = ({ vis, kind }: Choice, row: QuestionRow, { mine, late }: Standing): boolean =>
  (kind === undefined || row.kind === kind) && (vis === undefined || (vis === 'mine' ? mine : vis === 'ledige' ? row.needed > 0 : late));

/** Plain links, the current one marked. */
const Filter = ({ label, items }: { readonly label: string; readonly items: readonly { readonly label: string; readonly href: string; readonly current: boolean }[] }) => (
  <nav class="no-print" aria-label={label}>
    <ul class="tools no-max-width plain-list">
      {items.map((one) => (
        <li key={one.label}>{one.current ? <a href={one.href} aria-current="true"><strong>{one.label}</strong></a> : <a href={one.href}>{one.label}</a>}</li>
      ))}
    </ul>
  </nav>
);

/** The authorities that have it, the reader's own as himself. */
const Takers = ({ row, user }: { readonly row: QuestionRow; readonly user: string }) => row.taken_by.length === 0 ? <>Ingen endnu</> : (
  <ul class="plain-list">
    {row.taken_by.map((taker, at) => {
      const name = authorityName(row.authorities[at] ?? '');
      return <li key={taker}>{`${taker === user ? `Du (${name})` : name}${row.spoken_by.includes(taker) ? ', stilling givet' : ''}`}</li>;
    })}
  </ul>
);

const placed = ({ number, unit }: QuestionRow): string => `${number}, ${unitName(unit)}`;

const Acts = ({ call, row, standing: { mine, takeable, late } }: { readonly call: SignedInCall; readonly row: QuestionRow; readonly standing: Standing }): ComponentChildren => {
  if (mine) {
    return (
      <>
        <LinkButton href={paths.case(row.case_id)} context={placed(row)}>Åbn spørgsmålet</LinkButton>
        {late && <LinkButton href={paths.act(row.case_id, 'contactPoint.returnQuestion', { question: row.id })} context={placed(row)}>Giv tilbage med råd</LinkButton>}
      </>
    );
  }
  return takeable ? <ActButton action={paths.question(row.id)} csrf={tokenFor(call)} idempotencyKey={randomUUID()} context={placed(row)}>Tag spørgsmålet</ActButton> : null;
};

interface QueueProps {
  readonly call: SignedInCall;
  readonly id: string;
  readonly title: string;
  readonly rows: readonly { readonly row: QuestionRow; readonly standing: Standing }[];
  readonly today: PlainDate;
}
const Queue = ({ call, id, title, rows, today }: QueueProps) => {
  const columns: readonly Column<QueueProps['rows'][number]>[] = [
    { label: 'Spørgsmål', cell: ({ row }) => <TwoLines first={QUESTION_KINDS[row.kind].title} second={row.number} /> },
    { label: 'Enhed', cell: ({ row }) => <TwoLines first={unitName(row.unit)} second={askedWords(row)} /> },
    {
      label: 'Frist',
      cell: ({ row, standing }) => (
        <>
          <DueBadge due={row.due} today={today} />
          {standing.soon && <> <Badge kind="soon">Skal tages nu</Badge></>}
          {standing.overtaken && <> <Badge kind="changed">Nyt siden din stillingtagen</Badge></>}
          {row.attended === false && <><br /><span class="area">{UNATTENDED}</span></>}
          {wayOut(row, standing) !== undefined && <><br /><span class="area">{wayOut(row, standing)}</span></>}
        </>
      ),
    },
    { label: 'Hvem har det', cell: ({ row }) => <Takers row={row} user={call.visitor.user} /> },
    { label: 'Mangler', cell: ({ row }) => neededWords(row) },
    { label: 'Gør', quiet: true, acts: true, cell: ({ row, standing }) => <Acts call={call} row={row} standing={standing} /> },
  ];
  return <Section id={id} title={title} count={rows.length}><Table caption={title} quietCaption columns={columns} rows={rows} rowKey={({ row }) => row.id} phone="stack" class="questions" /></Section>;
};

const ENDED: readonly Column<QuestionRow>[] = [
  { label: 'Sag', cell: (row) => row.number },
  { label: 'Spørgsmål', cell: (row) => QUESTION_KINDS[row.kind].title },
  { label: 'Slut', cell: (row) => (row.ended_on === null ? '' : formatDate(row.ended_on)) },
  { label: 'Hvordan', cell: endWords },
];

/** The contact point's queue of questions: what the official has taken first, then the others, each by what is due first (FM-NCP-2). */
export async function questionsPage(call: SignedInCall): Promise<Answer> {
  const { house, visitor, now } = call;
  const today = copenhagenDate(now);
  const chosen = chosenIn(call);
  try {
    const all = await questionsAtDesk(house, visitor.token, today);
    const open = all.filter((row) => row.status === 'open').map((row) => ({ row, standing: standingOf(row, visitor.user, visitor.authority, today) }));
    const shown = open.filter(({ row, standing }) => isChosen(chosen, row, standing));
    const [mine, others] = [shown.filter(({ standing }) => standing.mine), shown.filter(({ standing }) => !standing.mine)];
    const ended = all.filter((row) => row.status !== 'open');
    const late = open.filter(({ standing }) => standing.late).length;
    return signedInPage(call, { title: 'Spørgsmål', place: 'Spørgsmål' }, (
      <>
        <PageHead title="Spørgsmål">
          <p class="muted">{`Det, enhederne spørger kontaktpunktet om. Der er 14 dage til at svare.${open.length === 0 ? '' : ' Hvor der ikke står andet, kom det, I skal have fra sagen, sammen med spørgsmålet.'}${late === 0 ? '' : ` ${late === 1 ? 'Ét spørgsmål er forsinket.' : `${late} spørgsmål er forsinkede.`}`}`}</p>
          <p class="no-print"><a href={paths.reviewByNumber()}>Bed om prøvelse af et afslag</a> <span class="muted">for en kandidat, der selv henvender sig</span></p>
        </PageHead>
        {open.length > 0 && (
          <div class="mb-6">
            <Filter label="Vis" items={SHOWN.map(({ label, vis }) => ({ label, href: paths.questions({ ...(vis && { vis }), ...(chosen.slags && { slags: chosen.slags }) }), current: vis === chosen.vis }))} />
            <Filter label="Slags" items={KINDS.map(({ label, slags }) => ({ label, href: paths.questions({ ...(chosen.vis && { vis: chosen.vis }), ...(slags && { slags }) }), current: slags === chosen.slags }))} />
          </div>
        )}
        {open.length === 0 && <Empty title="Ingen spørgsmål venter.">Når en enhed beder om råd, forelægger en uenighed eller sender et afslag til prøvelse, eller en af jer beder om at prøve et afslag, står spørgsmålet her.</Empty>}
        {open.length > 0 && shown.length === 0 && <Empty title="Ingen af spørgsmålene svarer til det, du har valgt."><a href={paths.questions()}>Vis alle spørgsmål</a></Empty>}
        {mine.length > 0 && <Queue call={call} id="mine" title="Dem, du har taget" rows={mine} today={today} />}
        {others.length > 0 && <Queue call={call} id="andre" title={mine.length > 0 ? 'De andre' : 'Køen'} rows={others} today={today} />}
        <Fold summary={`Besvaret eller givet tilbage de seneste ${ENDED_DAYS} dage (${ended.length})`}>
          {ended.length === 0 ? <p class="muted">Ingen spørgsmål er besvaret eller givet tilbage.</p> : <Table caption="Besvaret eller givet tilbage" quietCaption columns={ENDED} rows={ended} rowKey={(row) => row.id} phone="stack" compact />}
        </Fold>
      </>
    ));
  } catch (error) {
    return refusedBy(error);
  }
}
