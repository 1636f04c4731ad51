import type { OpenedCase } from '../../../app/open-case.js';
import { eventsOf, textOf } from '../../../app/texts.js';
import { isFullMember } from '../../../domain/exit-case/circle.js';
import { phaseOf } from '../../../domain/exit-case/follows.js';
import { CHANNELS } from '../../../domain/exit-case/inquiry.js';
import { formatInstant } from '../../../domain/kernel/time.js';
import { authorityName } from '../../../domain/reference/authorities.js';
import { paths } from '../../paths.js';
import { Badge } from '../../ui/badge.js';
import { Section } from '../../ui/layout.js';
import { Typed } from './act-links.js';
import type { CaseCall } from './case-page.js';

/** How it came, when, and to whom; that it hastes stands first (FM-INT-1). */
const HowItCame = ({ opened: { state, facts } }: { readonly opened: OpenedCase }) => {
  const { channel, receivedAt, urgent } = state.inquiry;
  const [by] = facts.flatMap(({ event }) => (event.type === 'InquiryRegistered' ? [event.receivedBy] : []));
  return (
    <p>
      {urgent && <><Badge kind="late">Haster</Badge>{' Personen var bange for sin sikkerhed. '}</>}
      {`${CHANNELS.find(({ value }) => value === channel)?.label ?? ''}, modtaget ${formatInstant(receivedAt)}${by === undefined ? '' : ` af ${authorityName(by)}`}.`}
    </p>
  );
};

/** What the person said when the case began, as far as the reader reads it (FM-INT-1). */
export const TheInquiry = ({ on: { opened } }: { readonly on: CaseCall }) => {
  const [registered] = eventsOf(opened, 'InquiryRegistered');
  const said = registered && textOf(opened, registered.version, 'said');
  return (
    <Section id="henvendelse" title="Henvendelsen">
      <HowItCame opened={opened} />
      <Typed text={said} />
    </Section>
  );
};

/** The way to it in a case that has just been taken: to read what was said comes first. The page at a glance opens no words itself. */
export const ReadTheInquiry = ({ on: { opened } }: { readonly on: CaseCall }) => {
  if (!isFullMember(opened.state, opened.actor.user) || phaseOf(opened.state).phase !== 'inquiry') return null;
  return (
    <Section id="henvendelse" title="Henvendelsen">
      <HowItCame opened={opened} />
      <p><a href={`${paths.case(opened.id, 'visitation')}#henvendelse`}>Læs, hvad personen sagde</a></p>
    </Section>
  );
};
