import type { JournalEvent } from '../../../domain/exit-case/journal.js';
import { eventsOf, textOf } from '../../../app/texts.js';
import { formatInstant } from '../../../domain/kernel/time.js';
import { sharingKindLabel } from '../../../domain/reference/legal-bases.js';
import { paths } from '../../paths.js';
import type { Answer } from '../../route.js';
import { LinkButton } from '../../ui/buttons.js';
import { Empty } from '../../ui/empty.js';
import { When } from '../../ui/when.js';
import { sizeOf } from './bilag.js';
import { type CaseCall, casePage, nameOf } from './case-page.js';

const SCOPES: Readonly<Record<string, string>> = { police: 'Kun politiet', probation: 'Kun Kriminalforsorgen' };

const headingOf = (event: JournalEvent): string => {
  switch (event.type) {
    case 'MeetingRecorded':
      return 'Møde';
    case 'NoteCorrected':
      return 'Rettelse';
    case 'AttachmentAdded':
      return 'Bilag';
    case 'NoteAdded':
      return event.phone ? 'Telefonnotat' : 'Notat';
  }
};

/** The latest entries, newest first, as they were written; what the reader may not read is absent without a trace (FM-WORK-2). */
export function journal(on: CaseCall): Answer {
  const { opened, call } = on;
  const entries = eventsOf(opened, 'NoteAdded', 'MeetingRecorded', 'NoteCorrected', 'AttachmentAdded').filter((one) => opened.bodies.has(one.version)).toReversed();
  return casePage(on, {
    page: 'journal',
    children: (
      <section class="section" aria-labelledby="journal">
        <h2 id="journal">Journal</h2>
        <div class="tools no-print">
          <LinkButton href={paths.act(opened.id, 'journal.add')} kind="primary">Skriv et notat</LinkButton>
          <LinkButton href={paths.act(opened.id, 'meeting.record')}>Skriv referat af et møde</LinkButton>
          <LinkButton href={paths.act(opened.id, 'attachment.add')}>Læg et bilag på sagen</LinkButton>
        </div>
        {entries.length === 0 && <Empty title="Der er ikke skrevet noget endnu."><p>Notater og referater står her, nyeste øverst. De kan ikke ændres, kun rettes med en tilføjelse.</p></Empty>}
        {entries.map(({ event, version, at, actor }) => (
          <article class="entry" key={String(version)}>
            <h3>{headingOf(event)}</h3>
            <p class="muted small">
              {nameOf(on, actor)}, <When at={at} now={call.now} /> · {sharingKindLabel(event.kind)}
              {SCOPES[event.scope] !== undefined && ` · ${SCOPES[event.scope] ?? ''}`}
            </p>
            {event.type === 'MeetingRecorded' && <p>{`Holdt ${formatInstant(event.heldAt)}. Deltagere: ${textOf(opened, version, 'participants') ?? ''}`}</p>}
            <p class="typed">{textOf(opened, version, 'text') ?? textOf(opened, version, 'title')}</p>
            {event.type === 'AttachmentAdded' && <p><a href={paths.attachment(opened.id, event.file)}>{`Hent bilaget${sizeOf(opened, version)}`}</a></p>}
            {textOf(opened, version, 'agreed') !== undefined && <p class="typed"><strong>Aftalt:</strong> {textOf(opened, version, 'agreed')}</p>}
            <p class="small no-print"><a href={paths.act(opened.id, 'journal.correct', { entry: event.entry })}>Ret med en tilføjelse</a></p>
          </article>
        ))}
      </section>
    ),
  });
}
