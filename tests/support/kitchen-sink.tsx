import { knownDate } from '../../src/domain/kernel/time.js';
import { Alert, NextStep } from '../../src/web/ui/alert.js';
import { Badge } from '../../src/web/ui/badge.js';
import type { BadgeKind } from '../../src/web/ui/badge.js';
import { ActButton, BlockedButton, LinkButton, Tools } from '../../src/web/ui/buttons.js';
import { DueBadge } from '../../src/web/ui/due.js';
import { Empty } from '../../src/web/ui/empty.js';
import { Fold } from '../../src/web/ui/fold.js';
import { Inbox } from '../../src/web/ui/inbox.js';
import { Layout, PageHead, Section } from '../../src/web/ui/layout.js';
import { Table, TwoLines } from '../../src/web/ui/table.js';
import { Timeline } from '../../src/web/ui/timeline.js';
import { TodoList } from '../../src/web/ui/todo-list.js';
import { Forms } from './kitchen-forms.js';
import { HOSTILE, moment, NAV, NOW } from './kitchen-frame.js';

const today = knownDate('2026-11-23');

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
