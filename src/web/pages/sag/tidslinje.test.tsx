import { describe, expect, it } from 'vitest';
import { openedFor } from '../../../../tests/documents/opened.js';
import { aCaseInCourse } from '../../../../tests/support/agreement-states.js';
import { people } from '../../../../tests/support/people.js';
import { aCaseHeard } from '../../../../tests/support/assessment-states.js';
import { aCase, type Scenario } from '../../../../tests/support/scenario.js';
import type { SignedInCall } from '../../route.js';
import { renderPage } from '../../ui/render.js';
import type { CaseCall } from './case-page.js';
import { journal } from './journal.js';
import { LINE_ENTRIES, timeline } from './tidslinje.js';

/** The page's middle as HTML, for the municipality; `vis` as it stands in the address. */
const shown = (scenario: Scenario, vis?: string, draw: typeof timeline = timeline, staff: CaseCall['staff'] = new Map()): string => {
  const { user, authority, functions } = people.municipal;
  const call = {
    settings: { origin: 'http://127.0.0.1', secure: false, demonstration: false, version: '0', csrfKey: Buffer.alloc(32, 7) }, request: { cookies: {} }, reply: {},
    now: scenario.now, params: {}, query: { vis }, visitor: { token: 'token', user, name: 'Anna Holm', authority, authorityName: 'Ishøj Kommune', functions },
  } as unknown as SignedInCall;
  const answer = draw({ call, opened: openedFor(scenario, 'municipal', ['card', 'general']), staff });
  if (answer.kind !== 'page') throw new Error(answer.kind);
  return /<section[\s\S]*<\/section>/.exec(renderPage(answer.body))?.[0] ?? '';
};
const notes = (count: number): Scenario => {
  const scenario = aCase();
  for (let n = 0; n < count; n += 1) scenario.does('municipal', 'journal.add', { text: 'Ringede', kind: 'personal' });
  return scenario;
};
const marked = (html: string): string | undefined => /aria-current="true"><strong>(.*?)<\/strong>/.exec(html)?.[1];

describe('the time line of a case (FM-WORK-6)', () => {
  it('shows everything, newest first, and marks what is chosen', () => {
    const html = shown(aCaseInCourse());
    expect(marked(html)).toBe('Alt');
    expect(html.indexOf('Aftalen er indgået')).toBeGreaterThan(0);
    expect(html.indexOf('Henvendelse modtaget')).toBeGreaterThan(html.indexOf('Aftalen er indgået'));
  });

  it('says who left the circle, and who did it where that was another', () => {
    const names = new Map([[people.officialKl.user, { name: 'Karen Holm' }], [people.officialPolice.user, { name: 'Anne Bisgaard' }], [people.municipal.user, { name: 'Anna Holm' }]]) as never;
    const scenario = aCaseHeard().does('police', 'assessment.referToContactPoint', { account: 'Vi er ikke enige' });
    const question = { question: scenario.state.questions.questions[0]?.id };
    for (const who of ['officialKl', 'officialPolice'] as const) scenario.does(who, 'contactPoint.takeQuestion', question);
    const refuse = { ...question, position: 'refuse', criterion: 'motivation', reasons: 'Samlet vurdering' };
    const html = shown(scenario.does('officialPolice', 'contactPoint.decide', refuse).does('officialKl', 'contactPoint.decide', refuse), undefined, timeline, names);
    expect(html).toContain('En kollega er ude af kredsen: Anne Bisgaard (ved Karen Holm)');
    expect(html).toContain('En kollega er ude af kredsen (Karen Holm)');
  });

  it.each([
    ['afgoerelser', 'Afgørelser og vurderinger', 'Kandidaten er optaget', 'Samtykke givet'],
    ['kontakt', 'Kontakt', 'Samtykke givet', 'Kandidaten er optaget'],
  ])('with vis=%s shows %s alone, and says so on paper', (vis, label, there, absent) => {
    const html = shown(aCaseInCourse(), vis);
    expect(marked(html)).toBe(label);
    expect(html).toContain(`Vist: ${label}`);
    expect(html).toContain(there);
    expect(html).not.toContain(absent);
  });

  it('takes an unknown choice for everything', () => {
    expect(shown(aCaseInCourse(), 'alt-andet')).toBe(shown(aCaseInCourse()));
    expect(shown(aCaseInCourse(), '')).toBe(shown(aCaseInCourse()));
  });

  it('says when there is nothing of the kind, with the way back', () => {
    const html = shown(aCase(), 'notater');
    expect(html).toContain('Der er ikke noget under “Notater og møder” endnu.');
    expect(html).toContain('/tidslinje">Vis hele tidslinjen');
  });

  it('says at the end that older notes may be missing, where notes are shown and so many are there', () => {
    const full = notes(LINE_ENTRIES);
    expect(shown(full)).toContain('de seneste 100');
    expect(shown(full, 'notater')).toContain('de seneste 100');
    expect(shown(full, 'kontakt')).not.toContain('de seneste');
    expect(shown(notes(3))).not.toContain('de seneste');
  });

  it('tells that a note was written, not what it says; the journal has entries and no time line', () => {
    const scenario = notes(1);
    expect(shown(scenario)).toContain('Notat (');
    expect(shown(scenario)).not.toContain('Ringede');
    expect(shown(scenario, undefined, journal)).not.toContain('Henvendelse modtaget');
  });
});
