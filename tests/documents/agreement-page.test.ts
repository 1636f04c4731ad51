import { describe, expect, it } from 'vitest';
import type { Actor } from '../../src/domain/kernel/command.js';
import { authorityName } from '../../src/domain/reference/authorities.js';
import { agreement } from '../../src/web/pages/sag/aftale.js';
import type { SignedInCall } from '../../src/web/route.js';
import { renderPage } from '../../src/web/ui/render.js';

import { people, type PersonName } from '../support/people.js';
import { keepTexts, openedFor } from './opened.js';
import { anAgreementWithTreatment } from './states.js';

keepTexts();
const KEY = Buffer.alloc(32, 7);

/** The agreement's page as somebody gets it. */
const pageFor = (who: PersonName): string => {
  const scenario = anAgreementWithTreatment();
  const actor: Actor = people[who];
  const call = {
    settings: { origin: 'http://127.0.0.1', secure: false, demonstration: false, version: '0', csrfKey: KEY, rateFactor: 1 },
    request: { cookies: {} }, now: scenario.now, params: {}, query: {},
    visitor: { token: 'token', user: actor.user, name: who, authority: actor.authority, authorityName: authorityName(actor.authority), functions: actor.functions },
  } as unknown as SignedInCall;
  const answer = agreement({ opened: openedFor(scenario, who), call, staff: new Map() });
  return answer.kind === 'page' ? renderPage(answer.body) : answer.kind;
};

describe('the page of an agreement with a treatment in it', () => {
  it('shows the municipality whose accession is missing, the treatment centre’s too (FM-AGR-3)', () => {
    expect(pageFor('municipal')).toContain(authorityName(people.treatment.authority));
  });

  it('does not tell police of the treatment by the name of its party, nor by how many are missing (FM-CNF-4)', () => {
    const page = pageFor('police');
    expect(page).toContain('Tiltrædelser');
    expect(page).not.toContain(authorityName(people.treatment.authority));
    const missing = /venter på (\w+) tiltrædelse/.exec(page)?.[1];
    const listed = page.split('>Venter<').length - 1;
    expect(missing === 'én' ? 1 : Number(missing)).toBe(listed);
  });
});
