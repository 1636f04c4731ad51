import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { describe, expect, it } from 'vitest';
import { knownDate } from '../../domain/kernel/time.js';
import { NAV, NOW, moment } from '../../../tests/support/kitchen-frame.js';
import { CanDo } from './can-do.js';
import { CaseFrame, MaskedCpr, Steps } from './case-head.js';
import { Due, DueBadge } from './due.js';
import { Layout } from './layout.js';
import { pageNumber, Pages } from './pages.js';
import { Table } from './table.js';
import { TodoList } from './todo-list.js';
import { whenInWords } from './when.js';

const today = knownDate('2026-11-23');
const drawn = <Props,>(node: VNode<Props>): string => renderToString(node);
const count = (html: string, part: string): number => html.split(part).length - 1;

describe('a due date', () => {
  it('is late from the day after, and told by icon, words and colour together', () => {
    const html = drawn(<Due due={knownDate('2026-11-22')} today={today} />);
    expect(html).toContain('class="due is-late"');
    expect(html).toContain('#error');
    expect(html).toContain('1 dag for sent');
  });

  it('is not late on the day itself', () => {
    const html = drawn(<Due due={today} today={today} />);
    expect(html).toContain('I dag');
    expect(html).not.toContain('is-late');
    expect(drawn(<DueBadge due={today} today={today} />)).toContain('is-soon');
  });

  it('gives the exact day on pointing at it and in print', () => {
    const html = drawn(<Due due={knownDate('2026-12-02')} today={today} />);
    expect(html).toContain('title="2. december 2026"');
    expect(html).toContain('<span class="print-only"> (2. december 2026)</span>');
  });
});

describe('the pages of a list', () => {
  const of = (page: number, total: number): string => drawn(<Pages page={page} total={total} size={25} href={(to) => `/liste?side=${to}`} />);

  it('are said with the ways to those beside, and not where there is but one', () => {
    expect(of(1, 25)).toBe('');
    expect(of(1, 26)).toContain('Side 1 af 2. ');
    expect([of(1, 26).includes('Forrige'), of(1, 26).includes('side=2')]).toEqual([false, true]);
    expect([of(2, 26).includes('side=1'), of(2, 26).includes('Næste')]).toEqual([true, false]);
  });

  it('lead back from behind the last', () => {
    expect(of(9, 26)).toContain('side=2');
    expect(of(9, 0)).toContain('side=1');
  });

  it('are the first for every number that is none', () => {
    expect([undefined, '', 'x', '0', '-3', '2', '2.5', '99999999'].map(pageNumber)).toEqual([1, 1, 1, 1, 1, 2, 2, 10_000]);
  });
});

describe('a past moment', () => {
  it.each([
    ['2026-11-23T07:15:00.000Z', 'i dag kl. 8.15'],
    ['2026-11-22T23:30:00.000Z', 'i dag kl. 0.30'],
    ['2026-11-22T22:30:00.000Z', 'i går kl. 23.30'],
    ['2026-11-20T14:20:00.000Z', 'fredag kl. 15.20'],
    ['2026-11-16T08:05:00.000Z', '16. november kl. 9.05'],
    ['2025-11-16T08:05:00.000Z', '16. november 2025 kl. 9.05'],
  ])('%s is said as “%s”', (at, words) => {
    expect(whenInWords(moment(at), NOW)).toBe(words);
  });
});

describe('what can be done', () => {
  const impossible = [{ key: 'x', title: 'Træf afgørelse', why: 'Alle tre skal have vurderet.', rules: ['FM-ASM-1'] }];

  it('gives only the first act the page’s primary button', () => {
    const possible = ['1', '2'].map((key) => ({ key, title: `Opgave ${key}`, href: `/${key}`, action: 'Åbn' }));
    const html = drawn(<CanDo possible={possible} impossible={[]} today={today} />);
    expect(count(html, 'button-primary')).toBe(1);
    expect(html.indexOf('button-primary')).toBeLessThan(html.indexOf('Opgave 2'));
  });

  it('folds what cannot be done yet, and opens it when nothing else can', () => {
    const possible = [{ key: '1', title: 'Indhent samtykke', href: '/1', action: 'Åbn samtykket' }];
    expect(drawn(<CanDo possible={possible} impossible={impossible} today={today} />)).toContain('<details class="fold no-print">');
    expect(drawn(<CanDo possible={[]} impossible={impossible} today={today} />)).toContain('<details class="fold no-print" open>');
  });

  it('says the rule in words, with its id small behind', () => {
    const html = drawn(<CanDo possible={[]} impossible={impossible} today={today} />);
    expect(html).toContain('<p>Alle tre skal have vurderet.<span class="rule-id"> FM-ASM-1</span></p>');
  });
});

describe('the eight steps', () => {
  it('say where the case is and what comes next', () => {
    const html = drawn(<Steps step={3} />);
    expect(html).toContain('Trin 3 af 8: <strong>Visitation</strong>.<span class="muted"> Næste: Indhold.</span>');
    expect(count(html, '(færdig)')).toBe(2);
    expect(count(html, 'aria-current="step"')).toBe(1);
  });

  it('say of a closed case how far it came, and that nothing is next', () => {
    const html = drawn(<Steps step={3} ended />);
    expect(html).toContain('Sluttede ved trin 3 af 8: <strong>Visitation</strong>.</p>');
    expect([html.includes('Næste'), html.includes('aria-current'), count(html, '(færdig)'), count(html, 'Visitation<span class="sr-only"> (her sluttede sagen)</span>')]).toEqual([false, false, 2, 1]);
  });

  it('have nothing after the last, and may all be done', () => {
    expect(drawn(<Steps step={8} />)).not.toContain('Næste');
    expect(count(drawn(<Steps step={9} />), '(færdig)')).toBe(8);
  });
});

describe('the page of a case', () => {
  const menu = [
    { label: 'Overblik', href: '/sager/1', current: true },
    { label: 'Aftale', href: '/sager/1/aftale' },
  ];
  const head = { number: 'UV-7K3M-9QX', label: 'Falken', facts: [], step: 3 };

  it('has its menu twice from one list: at the side, and folded for the phone', () => {
    expect(
      count(
        drawn(
          <CaseFrame head={head} menu={menu}>
            x
          </CaseFrame>,
        ),
        'href="/sager/1/aftale"',
      ),
    ).toBe(2);
  });

  it('warns when nobody has said how contact is safe and the address is protected', () => {
    const html = drawn(
      <CaseFrame head={{ ...head, guards: ['Adressebeskyttet'] }} menu={menu}>
        x
      </CaseFrame>,
    );
    expect(html).toContain('ikke oplyst. Tag ikke kontakt, før du ved, hvordan det er sikkert.');
  });

  it('never holds a CPR number, also not for screen readers', () => {
    expect(drawn(<MaskedCpr />)).not.toMatch(/[0-9]/u);
  });
});

describe('a block of Mit arbejde', () => {
  const items = ['1', '2'].map((key) => ({ key, title: key, due: today, href: `/${key}`, action: 'Åbn', place: 'UV-7K3M-9QX' }));

  it('gives the first row the primary button only where asked to', () => {
    expect(count(drawn(<TodoList id="a" title="I dag" items={items} today={today} primary />), 'button-primary')).toBe(1);
    expect(drawn(<TodoList id="a" title="I dag" items={items} today={today} />)).not.toContain('button-primary');
  });

  it('is not there when it is empty, unless something is said instead', () => {
    expect(drawn(<TodoList id="a" title="I dag" items={[]} today={today} />)).toBe('');
    expect(drawn(<TodoList id="a" title="I dag" items={[]} today={today} empty="Intet venter." />)).toContain('Intet venter.');
  });
});

describe('a table', () => {
  const table = (
    <Table
      caption="Sager"
      columns={[
        { label: 'Kreds', cell: (row: { readonly place: string; readonly cases?: number }) => row.place },
        { label: 'Sager', align: 'right', cell: (row) => row.cases },
      ]}
      rows={[{ place: 'Fyn', cases: 0 }, { place: 'Bornholm' }]}
      rowKey={(row) => row.place}
    />
  );

  it('names its rows and columns, and puts the heading before each value on a phone', () => {
    const html = drawn(table);
    expect(html).toContain('<caption>Sager</caption>');
    expect(count(html, 'scope="col"')).toBe(2);
    expect(count(html, 'scope="row"')).toBe(2);
    expect(html).toContain('data-label="Sager"');
  });

  it('shows a nought, and leaves an empty cell truly empty', () => {
    expect(drawn(table)).toContain('data-label="Sager"><div>0</div></td>');
    expect(drawn(table)).toContain('data-label="Sager"></td>');
  });
});

describe('the frame', () => {
  const user = { name: 'Mette Lindqvist', authorityName: 'Politiet', functions: ['police_exit'] };
  const frame = (extra: Partial<Parameters<typeof Layout>[0]>): string =>
    drawn(
      <Layout title="Sager" nav={NAV} csrf="token" now={NOW} user={user} {...extra}>
        x
      </Layout>,
    );

  it('signs out in one press from every page, wide and folded', () => {
    expect(count(frame({}), 'action="/log-ud"')).toBe(2);
  });

  it('gives those who work with no case no search in cases (FM-CNF-6)', () => {
    expect(frame({})).toContain('role="search"');
    for (const one of ['auditor', 'admin']) expect(frame({ user: { ...user, functions: [one] } })).not.toContain('role="search"');
  });

  it('shows nothing of a user, and keeps no session alive, before login', () => {
    const html = frame({ user: undefined, nav: [] });
    for (const part of ['log-ud', 'role="search"', 'data-keep-alive', 'data-csrf', 'Hovedmenu']) expect(html).not.toContain(part);
  });

  it('says on print who printed it and when', () => {
    expect(frame({ printedBy: 'Mette Lindqvist, Politiet' })).toContain(
      'Udskrevet af Mette Lindqvist, Politiet, 23. november 2026 kl. 10.42. Fortroligt.',
    );
    expect(frame({ printedBy: 'Mette Lindqvist, Politiet', open: true })).toContain('Udskrevet af Mette Lindqvist, Politiet, 23. november 2026 kl. 10.42.</span></p>');
  });
});
