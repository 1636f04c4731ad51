import type { Action } from '../../../app/actions.js';
import { fetchFile, filesOf, type ListedFile } from '../../../app/attachments.js';
import type { OpenedCase } from '../../../app/open-case.js';
import { wordsOf } from '../../../app/texts.js';
import type { FileFormat } from '../../../domain/kernel/command.js';
import { caseIdOf } from '../../case-id.js';
import { paths } from '../../paths.js';
import type { Answer, SignedInCall } from '../../route.js';
import { LinkButton } from '../../ui/buttons.js';
import { Empty } from '../../ui/empty.js';
import { Section } from '../../ui/layout.js';
import { Table, TwoLines } from '../../ui/table.js';
import { When } from '../../ui/when.js';
import { ActLinks } from './act-links.js';
import { type CaseCall, nameOf } from './case-page.js';

const FORMATS: Readonly<Record<FileFormat, readonly [name: string, type: string]>> = {
  pdf: ['PDF', 'application/pdf'],
  png: ['Billede', 'image/png'],
  jpg: ['Billede', 'image/jpeg'],
  txt: ['Tekst', 'text/plain; charset=utf-8'],
  docx: ['Word', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  xlsx: ['Excel', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  odt: ['OpenDocument', 'application/vnd.oasis.opendocument.text'],
};

/** '340 KB', '1,2 MB'. */
const size = (bytes: number): string =>
  bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} KB` : `${(bytes / 1_000_000).toLocaleString('da-DK', { maximumFractionDigits: 1 })} MB`;

const kindAndSize = ({ format, bytes }: Pick<ListedFile, 'format' | 'bytes'>): string => `${FORMATS[format][0]}, ${size(bytes)}`;

/** ' (PDF, 340 KB)', where the reader has the words of the entry. */
export const sizeOf = (opened: OpenedCase, version: number): string => {
  const { format, bytes } = wordsOf(opened, version);
  return typeof format === 'string' && Object.hasOwn(FORMATS, format) && typeof bytes === 'number' ? ` (${kindAndSize({ format: format as FileFormat, bytes })})` : '';
};

/** The files that are for the reader, newest first, and where one is laid on the case (FM-WORK-2). */
export const Attachments = ({ on, actions }: { readonly on: CaseCall; readonly actions: readonly Action[] }) => {
  const { opened, call } = on;
  const files = filesOf(opened);
  return (
    <Section id="bilag" title="Bilag" count={files.length}>
      <ActLinks caseId={opened.id} actions={actions} names={['attachment.add']} />
      {files.length === 0
        ? <Empty title="Der er ikke lagt bilag på sagen.">Breve, udtalelser og billeder kan lægges her. De kan ikke ændres bagefter.</Empty>
        : (
            <>
              <p class="muted">Filen hedder kun sagens nummer, når du henter den. At du henter den, står i sagens log.</p>
              <Table caption="Sagens bilag" quietCaption phone="stack" rows={files} rowKey={(one) => one.id} columns={[
                { label: 'Bilag', cell: (one) => <TwoLines first={one.title} second={kindAndSize(one)} /> },
                { label: 'Lagt på', cell: (one) => <>{nameOf(on, one.actor)}, <When at={one.at} now={call.now} /></> },
                { label: 'Hent', quiet: true, acts: true, cell: (one) => <LinkButton href={paths.attachment(opened.id, one.id)} icon="document" context={one.title}>Hent bilag</LinkButton> },
              ]} />
            </>
          )}
    </Section>
  );
};

/** A file is never shown in place: it is laid down beside the browser, and a browser that opened it all the same would let it do nothing (control 31). */
const SANDBOX = { 'content-security-policy': `sandbox; default-src 'none'; frame-ancestors 'none'` };

/** One file. Opening the case for it is its row in the log; one that is not for the reader is not there. */
export async function attachmentFile(call: SignedInCall): Promise<Answer> {
  const fetched = await fetchFile(call.house, call.visitor.token, caseIdOf(call), call.params['attachment'] ?? '');
  if (fetched.kind !== 'file') return fetched;
  const { bytes, format, number } = fetched;
  return { kind: 'file', bytes, type: FORMATS[format][1], name: `${number}.${format}`, headers: SANDBOX };
}
