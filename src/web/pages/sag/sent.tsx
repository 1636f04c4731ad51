import type { Sent } from '../../../app/notifications.js';
import { notificationWords } from '../../../domain/exit-case/notification.js';
import { copenhagenDate, formatDate, type Instant } from '../../../domain/kernel/time.js';
import { Badge } from '../../ui/badge.js';
import { Fold } from '../../ui/fold.js';
import { Table } from '../../ui/table.js';

const day = (at: Instant): string => formatDate(copenhagenDate(at));
const summary = (sent: readonly Sent[]): string => {
  const unread = sent.filter(({ readAt }) => readAt === null).length;
  return `Sendt til kontaktpunktet (${sent.length}, ${unread === 0 ? 'alt er læst' : `${unread === sent.length ? '' : `heraf ${unread} `}ikke læst endnu`})`;
};

/** What the contact point was told of the case by itself and when it was read, to the full members (FM-NOT-1); nothing before there is any. */
export const SentToContactPoint = ({ sent }: { readonly sent: readonly Sent[] }) => sent.length === 0 ? null : (
  <Fold summary={summary(sent)}>
    <Table<Sent> caption="Underretninger til kontaktpunktet, de nyeste først" quietCaption phone="stack" rows={sent} rowKey={(row) => `${row.at}${row.kind}`} columns={[
      { label: 'Underretning', cell: (row) => notificationWords(row.kind, row.corrects) },
      { label: 'Sendt', cell: (row) => day(row.at) },
      { label: 'Læst', cell: (row) => (row.readAt === null ? <Badge kind="waiting">Ikke læst endnu</Badge> : day(row.readAt)) },
    ]} />
  </Fold>
);
