import { knownDate } from '../../src/domain/kernel/time.js';
import { CanDo } from '../../src/web/ui/can-do.js';
import { CaseFrame, MaskedCpr } from '../../src/web/ui/case-head.js';
import { Layout, Section } from '../../src/web/ui/layout.js';
import { Timeline } from '../../src/web/ui/timeline.js';
import { HOSTILE, moment, NAV, NOW } from './kitchen-frame.js';

const today = knownDate('2026-11-23');

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
