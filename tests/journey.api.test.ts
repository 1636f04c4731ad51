import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, instantOf, knownDate, type PlainDate } from '../src/domain/kernel/time.js';
import { consentTextOn } from '../src/domain/reference/consent-texts.js';
import { againstAcceptance, forAcceptance, refusal } from './support/assessment-states.js';
import { registration, seats } from './support/house.js';
import { people, type PersonName } from './support/people.js';
import { type TestWeb, testWeb } from './support/web.js';

interface Action {
  readonly name: string;
  readonly possible: boolean;
  readonly why?: string;
}
interface Seen {
  readonly phase: string;
  readonly measures: readonly { readonly id: string; readonly status: string }[];
  readonly agreement: readonly { readonly number: number; readonly status: string; readonly measures: readonly { readonly measure: string }[]; readonly requirements: readonly { readonly id: string }[] }[];
  readonly questions: readonly { readonly id: string }[];
}

let web: TestWeb;
let today: PlainDate;
const goTo = (day: PlainDate) => { today = day; web.house.setClock(instantOf(day, 10, 0)); };
beforeAll(async () => { web = await testWeb(); goTo(knownDate('2026-11-02')); });
afterAll(() => web.close());

/** One case followed over the API alone: what can be done is read from `actions` before each step. */
class Journey {
  readonly id: string;
  constructor(id: string) { this.id = id; }

  async actions(who: PersonName): Promise<readonly Action[]> {
    const answer = await web.api(who, 'GET', `/api/v1/cases/${this.id}/actions`);
    expect(answer.statusCode).toBe(200);
    return answer.json();
  }
  async sees(who: PersonName): Promise<Seen> {
    return (await web.api(who, 'GET', `/api/v1/cases/${this.id}`)).json();
  }
  async does(who: PersonName, name: string, input: object = {}): Promise<void> {
    const action = (await this.actions(who)).find((one) => one.name === name);
    expect(action, `${who} is offered ${name}`).toMatchObject({ possible: true });
    const answer = await web.api(who, 'POST', `/api/v1/cases/${this.id}/commands/${name}`, input);
    expect(answer.statusCode, `${who} ${name}: ${answer.body}`).toBe(200);
  }
  /** What stands in the way, before the command is even tried. */
  async waits(who: PersonName, name: string): Promise<string | undefined> {
    const action = (await this.actions(who)).find((one) => one.name === name);
    expect(action).toMatchObject({ possible: false });
    return action?.why;
  }
}

async function begin(): Promise<Journey> {
  const receipt = await web.api('municipal', 'POST', '/api/v1/cases', registration);
  expect(receipt.statusCode).toBe(201);
  expect(receipt.headers['location']).toBeUndefined();
  const { number } = receipt.json<{ number: string }>();
  const inbox = (await web.api('police', 'GET', '/api/v1/inbox')).json<{ id: string; number: string }[]>();
  const journey = new Journey(inbox.find((one) => one.number === number)?.id ?? '');
  await journey.does('police', 'inquiry.take', seats);
  return journey;
}

async function assessed(votes: { police: object; municipal: object; probation: object }): Promise<Journey> {
  const journey = await begin();
  await journey.does('police', 'assessment.begin');
  await journey.does('police', 'assessment.targetGroup', { category: '1a', registration: 'registered' });
  await journey.does('police', 'assessment.recordObtained', { nothingFound: true });
  await journey.does('probation', 'assessment.recordObtained', { nothingFound: true });
  await journey.does('municipal', 'assessment.clarifyRelocation', { need: 'none', reason: 'Ingen kendte trusler' });
  for (const who of ['police', 'municipal', 'probation'] as const) await journey.does(who, 'assessment.submit', votes[who]);
  return journey;
}

describe('over the API alone, reading actions', () => {
  it('three authorities take one person from the inquiry to the discharge document (FM-INT-1, FM-END-4)', async () => {
    const journey = await assessed({ police: forAcceptance, municipal: forAcceptance, probation: forAcceptance });
    await journey.does('police', 'decision.accept');
    const signed = { signedOn: today, keptAt: 'Ishøj 26/1042' };
    expect(await journey.waits('municipal', 'agreement.accede')).toBeDefined();
    await journey.does('municipal', 'consent.give', {
      kinds: ['personal', 'economic', 'social'], sensitiveKinds: ['criminal', 'health', 'social-problems', 'abuse', 'private'], language: 'da', textVersion: consentTextOn(today).version,
      authorities: [people.police, people.municipal, people.probation, people.jobcentre].map((one) => one.authority), evidence: signed,
    });
    await journey.does('police', 'security.assess', { level: 'low', occasion: 'before-agreement', text: 'Ingen konkret trussel', precautions: [{ worker: people.municipal.user, text: 'Mød ham kun på kontoret' }] });
    await journey.does('police', 'safetyCard.set', { call: 'Vagthavende', along: 'Ingen' });
    await journey.does('police', 'contactPerson.appoint', { user: people.municipal.user, reason: 'Kandidaten kender hende' });
    await journey.does('police', 'agreement.assignDrafter', { seat: 'municipal' });
    for (const who of ['police', 'municipal', 'probation'] as const) await journey.does(who, 'agreement.contribute', { nothing: true });
    await journey.does('municipal', 'measure.propose', { type: 'virksomhedspraktik', owner: people.jobcentre.user, text: '13 uger hos en murermester' });
    const measure = (await journey.sees('jobcentre')).measures[0]?.id ?? '';
    await journey.does('jobcentre', 'measure.decide', { measure, outcome: 'granted' });
    await journey.does('municipal', 'agreement.setTerms', {
      goal: 'Vil leve af lovligt arbejde', measures: [{ measure, startBy: addDays(today, 14) }], requirements: [{ text: 'Møder til samtaler' }],
      followUpEveryWeeks: 4, firstFollowUp: addDays(today, 28), validFrom: today, validTo: addDays(today, 365),
    });
    await journey.does('municipal', 'agreement.present');
    const [version] = (await journey.sees('municipal')).agreement;
    const items = [...(version?.measures.map((one) => one.measure) ?? []), ...(version?.requirements.map((one) => one.id) ?? [])];
    await journey.does('municipal', 'agreement.accede', { party: 'candidate', words: items.map((item) => ({ item, word: 'agrees' })), evidence: signed });
    await journey.does('police', 'agreement.accede', { party: 'unit' });
    await journey.does('jobcentre', 'agreement.accede', { party: people.jobcentre.authority });
    expect((await journey.sees('police')).phase).toBe('course');
    await journey.does('jobcentre', 'measure.start', { measure, on: today });
    goTo(addDays(today, 28));
    await journey.does('municipal', 'followUp.hold', {
      measures: [{ measure, status: 'agreed' }], requirements: (version?.requirements ?? []).map(({ id }) => ({ requirement: id, fulfilment: 'met' })),
      signs: { crime: 'ceased', interaction: 'lessened', lifestyle: 'unchanged' }, outcome: 'complete',
    });
    for (const who of ['police', 'municipal', 'probation'] as const) await journey.does(who, 'course.state', { position: 'complete', reasons: 'Behovet er væk' });
    await journey.does('police', 'course.complete', { remaining: 'ordinary', reasons: 'Arbejde og bolig' });
    await journey.does('municipal', 'discharge.write', { results: 'Job', experiences: 'Samme kontaktperson' });
    expect((await journey.sees('police')).phase).toBe('closed');
    const kinds = (await web.api('officialKl', 'GET', '/api/v1/notifications')).json<{ kind: string }[]>().map((one) => one.kind);
    expect(new Set(kinds)).toEqual(new Set(['assessment-begun', 'agreement-entered', 'course-status', 'course-completed']));
  });

  it('a second one is refused with reasons, and the contact point decides the review (FM-DEC-1, FM-DEC-2, FM-LAW-1)', async () => {
    const journey = await assessed({ police: forAcceptance, municipal: againstAcceptance, probation: againstAcceptance });
    expect(await journey.waits('police', 'decision.refuse')).toContain('høre');
    await journey.does('municipal', 'hearing.send', { facts: 'Ser stadig kredsen', deadline: addDays(today, 14) });
    await journey.does('municipal', 'hearing.answer', { answer: 'Det er ikke rigtigt' });
    await journey.does('police', 'decision.refuse', refusal);
    await journey.does('police', 'decision.requestReview', { account: 'Kandidaten er uenig' });
    const [question] = (await web.api('officialKl', 'GET', '/api/v1/questions')).json<{ id: string; caseId: string }[]>();
    expect(question?.caseId).toBe(journey.id);
    for (const who of ['officialKl', 'officialPolice'] as const) {
      const taken = await web.api(who, 'POST', `/api/v1/cases/${journey.id}/commands/contactPoint.takeQuestion`, { question: question?.id });
      expect(taken.statusCode, taken.body).toBe(200);
      await journey.does(who, 'contactPoint.decideReview', { question: question?.id, position: 'uphold', reasons: 'Afslaget er rigtigt' });
    }
    expect((await web.api('officialKl', 'GET', `/api/v1/cases/${journey.id}`)).statusCode).toBe(404);
    expect((await journey.sees('police')).phase).toBe('closed');
  });
});
