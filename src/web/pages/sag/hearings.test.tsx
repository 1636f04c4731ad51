import { describe, expect, it } from 'vitest';
import { keepTexts, openedFor } from '../../../../tests/documents/opened.js';
import { aCaseInCourse } from '../../../../tests/support/agreement-states.js';
import { aCaseWithConclusions } from '../../../../tests/support/assessment-states.js';
import type { PersonName } from '../../../../tests/support/people.js';
import type { Scenario } from '../../../../tests/support/scenario.js';
import { renderPage } from '../../ui/render.js';
import type { CaseCall } from './case-page.js';
import { Hearings } from './hearings.js';

keepTexts();
const shown = (scenario: Scenario, about: 'decision' | 'interruption' = 'decision', who: PersonName = 'municipal', scopes: readonly ('card' | 'general')[] = ['card', 'general']): string =>
  renderPage(<Hearings on={{ opened: openedFor(scenario, who, scopes) } as unknown as CaseCall} about={about} />);
const against = () => aCaseWithConclusions({ municipal: 'refuse', probation: 'refuse' });
const heard = () => against().does('police', 'hearing.send', { facts: 'Politiet mener, at du stadig kører for dem', deadline: '2026-11-20' });
const hearingOf = (scenario: Scenario): string => scenario.state.hearing.hearings.at(-1)?.id ?? '';

describe('a hearing can be read where the decision is taken (FM-LAW-1, FM-DEC-5)', () => {
  it('with what the candidate was heard about, the deadline, and that he has not answered yet', () => {
    const html = shown(heard());
    expect(html).toContain('svarfrist 20. november 2026');
    expect(html).toContain('Politiet mener, at du stadig kører for dem');
    expect(html).toContain('Kandidaten har ikke svaret endnu.');
  });

  it('with his answer, when it has come', () => {
    const scenario = heard();
    const html = shown(scenario.does('police', 'hearing.answer', { hearing: hearingOf(scenario), answer: 'Det holdt jeg op med i maj' }));
    expect(html).toContain('Det holdt jeg op med i maj');
    expect(html).not.toContain('ikke svaret endnu');
  });

  it('with why he was not heard, when that was left out', () => {
    const html = shown(against().does('police', 'hearing.send', { exception: 'Han er flygtet til udlandet' }));
    expect(html).toContain('Partshøring undladt');
    expect(html).toContain('Han er flygtet til udlandet');
  });

  it('by its subject alone, and without words to a reader it is not shared with', () => {
    expect(shown(heard(), 'interruption')).not.toContain('stadig kører');
    expect(shown(aCaseInCourse(), 'decision')).not.toContain('Partshøring');
    const hidden = shown(heard(), 'decision', 'municipal', ['card']);
    expect(hidden).not.toContain('stadig kører');
    expect(hidden).toContain('Du er ikke blandt dem, den er delt med.');
  });
});
