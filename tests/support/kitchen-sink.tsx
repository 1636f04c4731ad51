import { z } from 'zod';
import { instant, knownDate } from '../../src/domain/kernel/time.js';
import type { Instant } from '../../src/domain/kernel/time.js';
import { Alert, NextStep } from '../../src/web/ui/alert.js';
import { Badge } from '../../src/web/ui/badge.js';
import type { BadgeKind } from '../../src/web/ui/badge.js';
import { ActButton, BlockedButton, LinkButton, SubmitButton, Tools } from '../../src/web/ui/buttons.js';
import { CanDo } from '../../src/web/ui/can-do.js';
import { CaseFrame, MaskedCpr } from '../../src/web/ui/case-head.js';
import { DueBadge } from '../../src/web/ui/due.js';
import { Empty } from '../../src/web/ui/empty.js';
import { Fold } from '../../src/web/ui/fold.js';
import {
  Checkbox,
  DateField,
  FieldGroup,
  Form,
  Hidden,
  SubmitLine,
  TextArea,
  TextField,
  TimeField,
} from '../../src/web/ui/form.js';
import { Inbox } from '../../src/web/ui/inbox.js';
import { Layout, PageHead, Section } from '../../src/web/ui/layout.js';
import { SchemaForm } from '../../src/web/ui/schema-form.js';
import type { JsonSchema } from '../../src/web/ui/schema-form.js';
import { Table, TwoLines } from '../../src/web/ui/table.js';
import { Timeline } from '../../src/web/ui/timeline.js';
import { TodoList } from '../../src/web/ui/todo-list.js';

/** What a hostile text looks like; wherever it is shown it must stay a text. */
export const HOSTILE = `<script>alert('x')</script>" onmouseover="alert(1)`;

const moment = (text: string): Instant => {
  const at = instant(text);
  if (at === undefined) throw new Error(`${text} is no instant`);
  return at;
};
export const NOW = moment('2026-11-23T09:42:00.000Z');
const today = knownDate('2026-11-23');

const KINDS = [
  { value: 'housing', label: 'Bolig' },
  { value: 'money', label: 'Økonomi' },
  { value: 'health', label: 'Helbred' },
] as const;

/** An input with a field of every kind. */
export const everyField = z.object({
  name: z.string().meta({ label: 'Navn', section: 'Personen' }),
  contact: z
    .string()
    .max(4000)
    .meta({ label: 'Hvordan er det sikkert at få kontakt?', hint: 'Hvornår, hvordan og af hvem.', section: 'Personen' }),
  home: z.string().meta({
    label: 'Hvor bor personen?',
    section: 'Personen',
    widget: 'select',
    options: [
      { value: '183', label: 'Ishøj' },
      { value: '101', label: 'København' },
    ],
  }),
  urgent: z
    .boolean()
    .default(false)
    .meta({
      label: 'Haster det?',
      section: 'Henvendelsen',
      widget: 'radio',
      options: [
        { value: 'false', label: 'Nej' },
        { value: 'true', label: 'Ja' },
      ],
    }),
  phone: z.boolean().default(false).meta({ label: 'Telefonnotat', widget: 'checkbox', section: 'Henvendelsen' }),
  children: z.int().optional().meta({ label: 'Antal børn', section: 'Henvendelsen' }),
  receivedAt: z.iso.datetime().meta({ label: 'Hvornår?', widget: 'instant', section: 'Henvendelsen' }),
  kinds: z
    .array(z.enum(['housing', 'money', 'health']))
    .min(1)
    .meta({ label: 'Oplysninger', options: KINDS, section: 'Samtykke' }),
  worker: z.string().optional().meta({ label: 'Kollega', widget: 'member', section: 'Samtykke' }),
  reasons: z.array(z.string()).meta({ label: 'Taler for', widget: 'lines', section: 'Samtykke' }),
  evidence: z
    .object({
      signedOn: z.iso.date().meta({ label: 'Underskrevet', widget: 'date' }),
      keptAt: z.string().meta({ label: 'Hvor ligger papiret?' }),
    })
    .meta({ label: 'Bevis', section: 'Samtykke' }),
  precautions: z
    .array(
      z.object({
        worker: z.string().meta({ label: 'Hvem?', widget: 'member' }),
        text: z.string().meta({ label: 'Hvad?', widget: 'textarea' }),
      }),
    )
    .default([])
    .meta({ label: 'Forholdsregler', repeat: 3, section: 'Samtykke' }),
  measure: z.string().meta({ widget: 'hidden' }),
});

export const everyFieldSchema = z.toJSONSchema(everyField, { io: 'input' }) as JsonSchema;

const MEMBERS = [
  { value: 'u-1', label: 'Sanne Thorup' },
  { value: 'u-2', label: HOSTILE },
];
const BADGES: readonly (readonly [BadgeKind, string])[] = [
  ['done', 'Afgivet'],
  ['mine', 'Din kladde'],
  ['decided', 'Bevilget'],
  ['soon', 'I dag'],
  ['changed', 'Ændret'],
  ['late', 'For sent'],
  ['waiting', 'Venter'],
  ['absent', 'Ikke afgivet'],
  ['ended', 'Afsluttet'],
  ['guard', 'Adressebeskyttet'],
];

const Lists = () => (
  <>
    <TodoList
      id="nu"
      title="I dag og for sent"
      block="now"
      primary
      today={today}
      items={[
        {
          key: '1',
          title: `Afgiv politiets vurdering ${HOSTILE}`,
          due: knownDate('2026-11-21'),
          href: '/sager/1/visitation',
          action: 'Åbn vurderingen',
          place: 'UV-7K3M-9QX',
          placeHref: '/sager/1',
          label: 'Falken',
        },
        {
          key: '2',
          title: 'Svar om overdragelse',
          due: today,
          href: '/sager/2',
          action: 'Svar på tilbuddet',
          place: 'UV-8W6F-3JB',
          placeHref: '/sager/2',
          label: 'Isfuglen',
        },
      ]}
    />
    <TodoList
      id="venter"
      title="Venter på andre"
      block="wait"
      today={today}
      items={[
        {
          key: '3',
          title: 'Tiltrædelse af aftalen',
          due: knownDate('2026-12-02'),
          href: '/sager/3',
          action: 'Se aftalen',
          place: 'UV-3P9D-6RT',
          who: 'Gældsstyrelsen',
        },
      ]}
    />
    <TodoList id="uge" title="Denne uge" today={today} items={[]} empty="Intet venter på dig denne uge." />
    <Inbox
      id="indbakke"
      now={NOW}
      items={[
        {
          number: 'H-6F2K',
          receivedAt: moment('2026-11-23T07:15:00.000Z'),
          about: 'Telefon. Skal tages senest i morgen.',
          urgent: true,
          href: '/indbakke/1',
        },
      ]}
    />
    <Section id="tidslinje" title="Tidslinje" count={2}>
      <Timeline
        now={NOW}
        items={[
          { key: '1', text: HOSTILE, at: moment('2026-11-20T14:20:00.000Z'), place: 'UV-7K3M-9QX', placeHref: '/sager/1' },
          { key: '2', text: 'Visitation begyndt', at: moment('2026-10-12T11:40:00.000Z') },
        ]}
      />
    </Section>
  </>
);

const Words = () => (
  <>
    <PageHead title="Alle dele">Mandag 23. november 2026</PageHead>
    <NextStep
      lead="Næste opfølgning"
      title="Onsdag 9. december 2026"
      titleId="naeste"
      action={
        <LinkButton href="/opfoelgning" icon="plus">
          Forbered opfølgningen
        </LinkButton>
      }
    >
      Om 16 dage.
    </NextStep>
    <Alert kind="warning" title="Vær opmærksom">
      Aftalen er ikke i kraft endnu.
    </Alert>
    <Alert kind="info">Du ser først navnet, når enheden har taget henvendelsen.</Alert>
    <Empty title="Intet venter på dig.">Næste opfølgning er 4. december.</Empty>
    <p>
      {BADGES.map(([kind, word]) => (
        <Badge key={kind} kind={kind}>
          {word}
        </Badge>
      ))}
    </p>
    <Fold summary="Vis som tabel">
      <Table
        caption="Sager i hver politikreds"
        phone="scroll"
        compact
        total
        rowKey={(row) => row.place}
        source="Opgjort 23. november 2026 kl. 10.42."
        columns={[
          { label: 'Politikreds', cell: (row) => row.place },
          { label: 'Sager', align: 'right', cell: (row) => row.cases },
        ]}
        rows={[
          { place: 'Fyn', cases: 12 },
          { place: 'Hele landet', cases: 112 },
        ]}
      />
    </Fold>
    <Table
      caption="Tiltag i sagen"
      quietCaption
      rowKey={(row) => row.name}
      columns={[
        { label: 'Tiltag', cell: (row) => <TwoLines first={row.name} second="Misbrug" /> },
        { label: 'Næste frist', phoneLabel: 'Frist', cell: (row) => <DueBadge due={row.due} today={today} /> },
        { label: 'Bemærkning', cell: (row) => row.note },
        {
          label: 'Dine handlinger',
          acts: true,
          cell: (row) => (
            <LinkButton href="/tiltag" context={`: ${row.name}`}>
              Spørg til status
            </LinkButton>
          ),
        },
      ]}
      rows={[
        { name: 'Alkoholbehandling', due: knownDate('2026-11-19'), note: HOSTILE },
        { name: 'Mentor', due: knownDate('2026-12-09'), note: '' },
      ]}
    />
    <Tools>
      <LinkButton href="/pdf" icon="file-pdf">
        Hent som PDF
      </LinkButton>
      <BlockedButton because="naeste">Afgiv vurderingen</BlockedButton>
      <ActButton action="/paamind" csrf="token" values={{ to: HOSTILE }} kind="secondary">
        Send en påmindelse
      </ActButton>
    </Tools>
  </>
);

const Forms = () => (
  <>
    <SchemaForm
      schema={everyFieldSchema}
      action="/send"
      csrf="token"
      idempotencyKey="key-1"
      idPrefix="alt"
      submit="Send til enheden"
      cancelHref="/"
      choices={{ member: MEMBERS }}
      values={{
        name: HOSTILE,
        contact: HOSTILE,
        reasons: [HOSTILE],
        precautions: [{ worker: 'u-2', text: HOSTILE }],
        measure: HOSTILE,
        evidence: { signedOn: '32. november' },
      }}
      errors={{
        home: 'Vælg den kommune, personen bor i',
        kinds: 'Vælg mindst én slags',
        'evidence.signedOn': 'Skriv en dato, der findes',
        receivedAt: 'Skriv, hvornår det var',
        'precautions.0.text': 'Teksten er for lang',
        urgent: 'Vælg, om det haster',
      }}
      refusal={{ message: 'Samtykket skal være givet, før aftalen kan indgås.', rule: 'FM-CON-1' }}
      consequence="Enheden får henvendelsen i sin indbakke."
    />
    <Form action="/note" csrf="token" idPrefix="note" class="act-form" label="Notat">
      <Hidden name="kind" value={HOSTILE} />
      <TextField name="name" label="Overskrift" required value={HOSTILE} />
      <TextArea name="text" label="Notat" hint="Ét emne ad gangen." value={HOSTILE} />
      <FieldGroup legend="Hvornår var det?">
        <div class="form-pair">
          <DateField name="day" label="Dato" value="2026-11-23" />
          <TimeField name="time" label="Klokken" value="10.25" />
        </div>
      </FieldGroup>
      <Checkbox name="phone" label="Telefonnotat" hint="Taget, mens du talte." error="Vælg" checked />
      <SubmitLine text="Kredsen kan læse det.">
        <SubmitButton name="then" value="stay">
          Gem notatet
        </SubmitButton>
      </SubmitLine>
    </Form>
  </>
);

export const NAV = [
  { label: 'Mit arbejde', href: '/', current: false },
  { label: 'Sager', href: '/sager', current: 'within' },
  { label: 'Ny henvendelse', href: '/ny-henvendelse', current: false },
] as const;

/** One page with every component on it, and hostile text in every place that takes text. */
export const KitchenSink = ({ demonstration = true }: { readonly demonstration?: boolean }) => (
  <Layout
    title="Alle dele"
    nav={NAV}
    csrf="token"
    now={NOW}
    printedBy={HOSTILE}
    version="1.0.0"
    demonstration={demonstration}
    user={{ name: HOSTILE, authorityName: 'Københavns Vestegns Politi', functions: ['police_exit'] }}
    flash={{ kind: 'success', text: `Vurderingen er afgivet. ${HOSTILE}` }}
  >
    <Words />
    <Lists />
    <Forms />
  </Layout>
);

/** A page of a case, with hostile text in it. */
export const CaseKitchenSink = ({ compact = false }: { readonly compact?: boolean }) => (
  <Layout
    title="Sag UV-7K3M-9QX"
    nav={NAV}
    csrf="token"
    now={NOW}
    printedBy="Mette Lindqvist"
    user={{ name: 'Mette Lindqvist', authorityName: 'Københavns Vestegns Politi', functions: ['police_exit'] }}
  >
    <CaseFrame
      head={{
        number: 'UV-7K3M-9QX',
        label: HOSTILE,
        step: 3,
        compact,
        safeContact: HOSTILE,
        guards: ['Adressebeskyttet'],
        names: { action: '/sager/1/navne', shown: false, csrf: 'token' },
        facts: [
          { label: 'Fase', value: 'Visitation siden 12. oktober (42 dage)', bare: true },
          { label: 'CPR-nummer', value: <MaskedCpr /> },
        ],
      }}
      menu={[
        { label: 'Overblik', href: '/sager/1', current: true },
        { label: 'Visitation', href: '/sager/1/visitation', note: '1 af 3' },
      ]}
      aside={
        <Section id="tid" title="Tidslinje">
          <Timeline now={NOW} items={[{ key: '1', text: 'Visitation begyndt', at: moment('2025-10-12T11:40:00.000Z') }]} />
        </Section>
      }
    >
      <CanDo
        today={today}
        possible={[
          {
            key: '1',
            title: HOSTILE,
            href: '/a',
            action: 'Fortsæt vurderingen',
            due: knownDate('2026-11-21'),
            note: 'Din kladde er gemt.',
          },
          { key: '2', title: 'Indhent samtykke', href: '/b', action: 'Åbn samtykket' },
        ]}
        impossible={[
          {
            key: '3',
            title: 'Træf afgørelse om optagelse',
            why: HOSTILE,
            missing: [{ text: 'politiets vurdering', href: '/c', note: '(din)' }, { text: 'Kriminalforsorgens vurdering' }],
            source: 'Rammemodellen afsnit 5.1',
            rules: ['FM-ASM-1', 'FM-ASM-11'],
          },
        ]}
      />
    </CaseFrame>
  </Layout>
);
