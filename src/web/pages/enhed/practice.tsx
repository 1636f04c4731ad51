import { copenhagenDate, formatDate, type PlainDate } from '../../../domain/kernel/time.js';
import type { TextRow } from '../../../store/texts-outside-cases.js';
import { paths } from '../../paths.js';
import { Empty } from '../../ui/empty.js';
import { Fold } from '../../ui/fold.js';
import { Section } from '../../ui/layout.js';
import { type Column, Table } from '../../ui/table.js';
import { AnswerBadge } from '../nameless-text.js';

type Row = TextRow<'practice'>;

const asked: Column<Row> = { label: 'Spurgt', cell: ({ id, asked_at: at }) => <a href={paths.practiceQuestion(id)}>{formatDate(copenhagenDate(at))}</a> };
const period: Column<Row> = { label: 'Tallene er for', cell: ({ from_date: from, as_of: asOf }) => `${formatDate(from)} – ${formatDate(asOf)}` };
const goes: Column<Row> = { label: 'Slettes', cell: ({ delete_on: day }) => formatDate(day) };

/** What the contact point asks the unit about its own figures: what waits, and folded what the unit has answered, the newest first, for as long as it is kept (FM-NCP-7). @param rows those the unit is asked, what waits first and then the latest answers */
export const PracticeOfUnit = ({ rows, today }: { readonly rows: readonly Row[]; readonly today: PlainDate }) => {
  const waiting = rows.filter(({ answered_at: at }) => at === null);
  const answered = rows.filter(({ answered_at: at }) => at !== null);
  if (rows.length === 0) return null;
  const answer: Column<Row> = { label: 'Svar', cell: (row) => <AnswerBadge row={row} today={today} /> };
  return (
    <Section id="kvalitet" title="Spørgsmål fra kontaktpunktet om enhedens tal" count={waiting.length}>
      {waiting.length === 0
        ? <Empty title="I har svaret på alle spørgsmål." />
        : <Table caption="Spørgsmål, der venter på jeres svar" quietCaption columns={[asked, period, answer]} rows={waiting} rowKey={({ id }) => id} phone="stack" />}
      {answered.length > 0 && (
        <Fold summary={`Besvarede (${answered.length})`}>
          <Table caption="Spørgsmål, I har besvaret" quietCaption columns={[asked, period, answer, goes]} rows={answered} rowKey={({ id }) => id} phone="stack" />
        </Fold>
      )}
    </Section>
  );
};
