import { actionsOf } from '../../../app/actions.js';
import { type CaseDocument, DOCUMENT_KINDS, documentData, documentsOf } from '../../../app/documents.js';
import type { StaffDirectory } from '../../../app/staff-directory.js';
import { documentsUnavailable, renderDocument } from '../../../documents/render.js';
import type { ScopeKind } from '../../../domain/kernel/command.js';
import { copenhagenDate, formatDate } from '../../../domain/kernel/time.js';
import { paths } from '../../paths.js';
import type { Answer, FormHandle, SignedInCall } from '../../route.js';
import { BlockedButton, LinkButton } from '../../ui/buttons.js';
import { Empty } from '../../ui/empty.js';
import { Section } from '../../ui/layout.js';
import { Table, TwoLines } from '../../ui/table.js';
import { ActLinks } from './act-links.js';
import { Attachments } from './bilag.js';
import { type CaseCall, casePage, nameOf, pagesFor } from './case-page.js';
import { archiveFile, CarryOut, carryOutTyped, type CarryOutTyped, insightFile } from './bundles.js';
import { askedFirst, withCase, withCaseAsked } from './open.js';
import { RetentionSection } from './retention.js';

const OFF_HERE = 'dokumenter-fra';
/** What the page may show of the case, files among it. */
export const ON_DOCUMENTS: readonly ScopeKind[] = ['card', 'general', 'health', 'economy', 'police', 'probation'];

/** The documents of the case that are for the reader, and the one that is still to be written (FM-WORK-3, FM-END-4). */
export function documentsPage(on: CaseCall, typed?: CarryOutTyped): Answer {
  const { opened, call } = on;
  const documents = documentsOf(opened);
  const off = documentsUnavailable();
  const actions = actionsOf(opened, call.now);
  const write = <ActLinks caseId={opened.id} actions={actions} names={['discharge.write']} primary />;
  // What is due stands first; what must wait does not.
  const due = actions.some((action) => action.name === 'discharge.write' && action.possible);
  return casePage(on, {
    page: 'dokumenter', ...(typed === undefined ? {} : { status: 403, failed: true }),
    children: (
      <>
        <Section id="dokumenter" title="Dokumenter" count={documents.length}>
          {due && write}
          {documents.length === 0
            ? <Empty title="Der er ingen dokumenter at hente.">Samtykke, afgørelser og aftaler kan hentes her, når de er skrevet.</Empty>
            : (
                <>
                  {off === undefined
                    ? <p class="muted">Filen hedder kun sagens nummer. Giv den kun til dem, der må læse sagen. At du henter den, står i sagens log.</p>
                    : <p id={OFF_HERE}>{off}</p>}
                  <Table caption="Sagens dokumenter" quietCaption phone="stack" rows={documents} rowKey={(one) => one.key} columns={[
                    { label: 'Dokument', cell: (one) => <TwoLines first={one.title} second={one.number} /> },
                    { label: 'Dato', cell: (one) => formatDate(one.at) },
                    { label: 'Hent', quiet: true, acts: true, cell: (one) => <Fetch caseId={opened.id} one={one} offHere={off !== undefined} /> },
                  ]} />
                </>
              )}
          {!due && write}
        </Section>
        <Attachments on={on} actions={actions} />
        <RetentionSection on={on} actions={actions} />
        <CarryOut on={on} typed={typed} />
      </>
    ),
  });
}

/** The button of one document; where it cannot be had, it says why. */
const Fetch = ({ caseId, one, offHere }: { readonly caseId: string; readonly one: CaseDocument; readonly offHere: boolean }) => {
  if (!one.available) {
    const why = `dokument-${one.key}`;
    return <><BlockedButton because={why} context={one.title}>Hent PDF</BlockedButton><p id={why} class="small muted">{one.why}</p></>;
  }
  return offHere
    ? <BlockedButton because={OFF_HERE} context={one.title}>Hent PDF</BlockedButton>
    : <LinkButton href={paths.document(caseId, one.key)} icon="document" context={one.title}>Hent PDF</LinkButton>;
};

/** One document as a file. Opening the case for it is its row in the log; a key that is not for the reader is not there. */
export const documentFile = (directory: StaffDirectory) =>
  withCaseAsked(directory, 'document', DOCUMENT_KINDS, (on) => {
    const { opened, call } = on;
    const written = documentData(opened, call.params['key'] ?? '', { today: copenhagenDate(call.now), nameOf: (user) => nameOf(on, user) });
    if (written === undefined) return { kind: 'absent' };
    const made = renderDocument(written.template, written.data, { at: written.at });
    // The page says why.
    if ('unavailable' in made) return { kind: 'redirect', to: paths.case(opened.id, 'dokumenter') };
    return { kind: 'file', bytes: made.bytes, type: 'application/pdf', name: `${written.number}.pdf` };
  });

/** Carries the case out, for the person or for the own archive; where a login is wanting, the form comes back with the reason that was chosen, for that stands in the log. */
export const carryOutForm = (directory: StaffDirectory, what: CarryOutTyped['what']): FormHandle => Object.assign(
  askedFirst(directory, 'dokumenter', what === 'insight' ? insightFile(directory) : archiveFile(directory)),
  {
    again: (call: SignedInCall): Promise<Answer> => withCase(
      directory, 'dokumenter', ON_DOCUMENTS, (on) => (pagesFor(on.opened).includes('dokumenter') ? documentsPage(on, carryOutTyped(call, what)) : { kind: 'redirect', to: paths.case(on.opened.id) }), undefined, true,
    )(call),
  },
);
