import type { CaseEvent } from '../../src/domain/exit-case/case.js';
import { type Phase, phaseOf } from '../../src/domain/exit-case/follows.js';
import { Facts } from './facts.js';
import type { Step } from './playing.js';
import type { Watchman } from './watching.js';

/** Facts as the watchmen reckon them, told step by step. */
const withFacts = (look: (facts: Facts, step: Step) => string | undefined) => () => {
  const facts = new Facts();
  return (step: Step) => {
    for (const one of step.told) facts.tell(one);
    return look(facts, step);
  };
};
const happened = (step: Step, type: CaseEvent['type']): boolean => step.told.some(({ event }) => event.type === type);

const agreementInForce: Watchman = {
  name: 'no agreement in force without consent at its entry, all accessions, every measure granted (FM-CON-1, FM-CON-6, FM-AGR-3)',
  begin: withFacts((facts, step) => {
    if (step.told.length === 0) return undefined;
    const entered = step.after.agreement.versions.filter((one) => one.status === 'entered').map((one) => one.number);
    if (entered.join() !== facts.inForce.slice(-1).join())
      return `the case says version ${entered.join() || 'none'} is in force, its facts say ${facts.inForce.slice(-1).join() || 'none'}`;
    return facts.lackingAccession ?? (happened(step, 'AgreementEntered') ? facts.lackingAtEntry(step.today) : undefined);
  }),
};

const FULL = ['police', 'municipal', 'probation', 'custody', 'contact'];
const contactPerson: Watchman = {
  name: 'a running course has exactly one contact person, who is in the circle (FM-AGR-7)',
  begin: withFacts((facts, { after }) => {
    const { contactPerson: user, isRunning } = facts;
    if (isRunning !== (after.course.status === 'running')) return `the case says the course is ${after.course.status}`;
    if (!isRunning) return undefined;
    if (user === undefined || after.agreement.contactPerson !== user)
      return 'nobody, or somebody else, is contact person of a running course';
    return facts.rolesOf(user).some((role) => FULL.includes(role))
      ? undefined
      : 'the contact person of a running course is not in the circle';
  }),
};

/** Who has concluded for which seat, who has left for a conflict of interest, what officials have said: from the stream alone. */
const decisions: Watchman = {
  name: "a decision comes after the conclusions of all who vote, or the contact point's word (FM-ASM-1, FM-ASM-7, FM-DEC-2)",
  begin: () => {
    const concluded = new Map<string, string>();
    const said: { readonly question: string; readonly authority: string; readonly position: string }[] = [];
    const recused = new Set<string>();
    let custody = false;
    return ({ told }) => {
      for (const { event, actor } of told) {
        if (event.type === 'InquiryRegistered' || event.type === 'InquiryConveyed' || event.type === 'UnitNamed') custody = event.place === 'custody';
        if (event.type === 'ConclusionSubmitted') concluded.set(event.seat, actor);
        if (event.type === 'ConflictDeclared') {
          for (const seat of event.seats) recused.add(seat);
          for (const [seat, who] of concluded) if (who === event.user) concluded.delete(seat);
        }
        if (event.type === 'MemberAdded') recused.delete(event.role);
        if (event.type === 'OfficialPositionGiven') said.push(event);
        if (event.type !== 'CaseAccepted' && event.type !== 'CaseRefused') continue;
        if (event.method === 'contactPoint') {
          const wanted = event.type === 'CaseAccepted' ? 'accept' : 'refuse';
          const last = said.at(-1);
          // The newest of each authority: what it held before something more came counts no longer.
          const newest = new Map(said.filter((one) => one.question === last?.question).map((one) => [one.authority, one.position]));
          if ([...newest.values()].filter((one) => one === wanted).length < 2) return 'the contact point has decided without two equal positions';
          continue;
        }
        const voting = (custody ? ['custody'] : ['police', 'municipal', 'probation']).filter((seat) => !recused.has(seat));
        const missing = voting.filter((seat) => !concluded.has(seat));
        if (missing.length > 0) return `decided without the conclusion of ${missing.join(' and ')}`;
        if (!custody && voting.length < 2) return 'decided by one authority alone';
      }
      return undefined;
    };
  },
};

type Edge = `${Phase}>${Phase}`;
const EDGES: ReadonlySet<string> = new Set<Edge>([
  'inbox>inquiry',
  'inbox>closed',
  'inquiry>assessment',
  'inquiry>closed',
  'assessment>accepted',
  'assessment>closed',
  'accepted>course',
  'accepted>closed',
  'course>discharge',
  'discharge>closed',
]);
/** The ways back, each by one sort of fact only. */
const BACK: Readonly<Record<string, (event: CaseEvent) => boolean>> = {
  'closed>assessment': (event) =>
    (event.type === 'QuestionAsked' && event.kind === 'review') || (event.type === 'RecordAnnulled' && event.what === 'decision'),
  'accepted>assessment': (event) => event.type === 'RecordAnnulled' && event.what === 'decision',
  'course>accepted': (event) => event.type === 'RecordAnnulled' && event.what === 'accession',
};
const phases: Watchman = {
  name: 'a case goes along the steps of the framework, and back only by review and annulment (FM-END-4, FM-DEC-2, FM-WORK-2)',
  begin:
    () =>
    ({ number, before, after, told }) => {
      if (number === 1 || told.length === 0) return undefined;
      const edge = `${phaseOf(before).phase}>${phaseOf(after).phase}`;
      const [from, to] = edge.split('>');
      if (from === to || EDGES.has(edge)) return undefined;
      const back = BACK[edge];
      return back !== undefined && told.some(({ event }) => back(event)) ? undefined : `it went ${edge}`;
    },
};

const oneVersion: Watchman = {
  name: 'at most one version of an agreement is open, and at most one in force (FM-AGR-4)',
  begin: () => {
    const open = new Set<number>();
    return ({ told, after }) => {
      for (const { event } of told) {
        if (event.type === 'AgreementVersionOpened') open.add(event.version);
        if (event.type === 'AgreementEntered') open.delete(event.version);
        if (event.type === 'RecordAnnulled' && event.leavesForce !== undefined) open.add(event.leavesForce);
      }
      if (open.size > 1) return `versions ${[...open].join(' and ')} are open`;
      const stands = after.agreement.versions
        .filter((one) => one.status === 'draft' || one.status === 'presented')
        .map((one) => one.number);
      if (stands.join() !== [...open].join())
        return `the case says version ${stands.join() || 'none'} is open, its facts say ${[...open].join() || 'none'}`;
      return after.agreement.versions.filter((one) => one.status === 'entered').length > 1
        ? 'two versions are in force'
        : undefined;
    };
  },
};

const excluded: Watchman = {
  name: 'who is excluded or has declared a conflict of interest is never in the circle again (FM-CNF-2, FM-DEC-4)',
  begin: withFacts((facts, { after }) => {
    const inside = [...facts.excluded].filter(
      (user) => facts.rolesOf(user).length > 0 || after.circle.members.some((one) => one.user === user && one.to === undefined),
    );
    return inside.length > 0 ? `${inside.join()} is in the circle` : undefined;
  }),
};

const members = (facts: Facts): string =>
  facts.members
    .map((one) => `${one.user} ${one.role} ${one.measure ?? one.question ?? ''}`)
    .sort()
    .join();
const circle: Watchman = {
  name: 'the circle is those who were put in it and not taken out (FM-CNF-2)',
  begin: withFacts((facts, { after, told }) => {
    if (told.length === 0) return undefined;
    const now = after.circle.members
      .filter((one) => one.to === undefined)
      .map((one) => `${one.user} ${one.role} ${one.measure ?? one.question ?? ''}`)
      .sort()
      .join();
    return now === members(facts) ? undefined : 'the case says another circle than its facts';
  }),
};

/** Those who watch over what the framework says of a case. */
export const watchmenOfTheFramework: readonly Watchman[] = [
  agreementInForce,
  contactPerson,
  decisions,
  phases,
  oneVersion,
  excluded,
  circle,
];
