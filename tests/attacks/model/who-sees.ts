import type { CaseEvent, RecordedEvent } from '../../../src/domain/exit-case/case.js';
import { addDays, copenhagenDate, type Instant, type PlainDate } from '../../../src/domain/kernel/time.js';

/** Calendar days that access lasts without being renewed, and that a closed case is still read (access.md; controls 44, FM-END-4). */
const RENEWED_FOR = 90;
const READ_AFTER_THE_END = 30;

interface Part {
  readonly user: string;
  readonly role: string;
  readonly authority: string;
  readonly measure?: string | undefined;
  readonly question?: string | undefined;
  readonly from: Instant;
  to?: Instant;
  renewed?: Instant;
}
interface Deputy {
  readonly user: string;
  readonly deputy: string;
  readonly from: Instant;
  readonly until: PlainDate;
}
/** A part as somebody has it today: his own, or a colleague's he stands in for. */
interface Held extends Part {
  readonly lastDay: PlainDate | undefined;
  readonly insteadOf?: string;
}
/** A stretch of a shared scope: what was written in it is for these. */
interface Stretch {
  readonly readers: 'all' | readonly string[];
  readonly nobody: boolean;
  readonly since: number;
}
/** Where a text lies. */
export interface Lying {
  readonly version: number;
  readonly kind: string;
  readonly subject: string;
}

const FULL = ['police', 'municipal', 'probation', 'custody', 'contact'];
const SPEAK: Readonly<Record<string, readonly string[]>> = { freedom: ['police', 'municipal', 'probation'], custody: ['custody'] };
const KINDS: Readonly<Record<string, (kind: string) => boolean>> = {
  health: (kind) => kind === 'health' || kind === 'abuse',
  economy: (kind) => kind === 'economic',
  general: (kind) => !['health', 'abuse', 'economic'].includes(kind),
};
const isPrivate = (kind: string): boolean => KINDS['general']?.(kind) !== true;
const earliest = (...days: readonly (PlainDate | undefined)[]): PlainDate | undefined => days.filter((day) => day !== undefined).sort()[0];

/**
 * Who can see what of one case, by access.md alone: told the facts of the case one by one, it keeps its own books of circle, deputies, consent,
 * conclusions and the end, and is asked about a person, a text and a day. It calls nothing of `src/domain/access` nor any selector of the framework.
 */
export class WhoSees {
  #own: Part[] = [];
  #deputies: Deputy[] = [];
  readonly blocked = new Set<string>();
  #place = 'freedom';
  #closed: PlainDate | undefined;
  #review: string | undefined;
  #ofInterruptedAssessment = false;
  readonly #measures = new Map<string, { readonly kind: string; endedOn?: PlainDate; ended: boolean }>();
  #conclusions: { readonly seat: string; readonly authority: string; readonly by: string; void: boolean }[] = [];
  #recused: string[] = [];
  readonly #screenings = new Map<string, string>();
  #leaves: { readonly user: string; readonly until: PlainDate }[] = [];
  #precautions: { readonly id: string; readonly worker: string }[] = [];
  #contact: string | undefined;
  readonly #threats = new Map<string, { readonly by: string; readonly alerted: readonly string[] }>();
  /** What officials hold, each authority's newest, and the events whose words became the contact point's decision. */
  #stands: { readonly question: string; readonly authority: string; readonly position: string; readonly version: number }[] = [];
  readonly #letters = new Set<number>();
  #answers: { readonly version: number; readonly cells: readonly string[] }[] = [];
  readonly #stretches: Record<string, Stretch[]> = Object.fromEntries(Object.keys(KINDS).map((scope) => [scope, [{ readers: 'all', nobody: false, since: 0 }]]));

  tell({ event, version, at, actor }: RecordedEvent): void {
    this.#circle(event, at);
    this.#theEnd(event, at);
    this.#officials(event, version);
    this.#rest(event, version, at, actor);
  }

  #officials(event: CaseEvent, version: number): void {
    if (event.type === 'OfficialPositionGiven') {
      const { question, authority, position } = event;
      this.#stands = [...this.#stands.filter((one) => one.question !== question || one.authority !== authority), { question, authority, position, version }];
    }
    if (event.type !== 'QuestionAnswered') return;
    const said = this.#stands.filter((one) => one.question === event.question);
    for (const one of said) if (said.some((other) => other !== one && other.position === one.position)) this.#letters.add(one.version);
  }

  #end(at: Instant, which: (part: Part) => boolean): void {
    for (const part of this.#own) if (part.to === undefined && which(part)) part.to = at;
  }
  #noDeputy(user: string): void {
    this.#deputies = this.#deputies.filter((one) => one.user !== user && one.deputy !== user);
  }

  #circle(event: CaseEvent, at: Instant): void {
    switch (event.type) {
      case 'InquiryTaken':
        this.#own.push(...event.members.map((one) => ({ ...one, from: at })));
        break;
      case 'MemberAdded':
        this.#own.push({ user: event.user, role: event.role, authority: event.authority, measure: event.measure, question: event.question, from: at });
        break;
      case 'MemberRemoved':
        this.#end(at, (one) => one.user === event.user && [event.role ?? one.role, event.measure ?? one.measure, event.question ?? one.question].join() === [one.role, one.measure, one.question].join());
        if (event.role === undefined && event.measure === undefined && event.question === undefined) this.#noDeputy(event.user);
        break;
      case 'PersonExcluded':
      case 'ConflictDeclared':
        this.blocked.add(event.user);
        this.#end(at, (one) => one.user === event.user);
        this.#noDeputy(event.user);
        break;
      case 'AccessRenewed':
        for (const part of this.#own) if (part.to === undefined && event.users.some((user) => user === part.user) && part.measure === event.measure) part.renewed = at;
        break;
      case 'DeputyNamed':
        this.#deputies = [...this.#deputies.filter((one) => one.user !== event.user), { ...event, from: at }];
        break;
      case 'WorkHandedOver': {
        const moved = this.#own.filter((one) => one.to === undefined && one.user === event.user && one.role !== 'question');
        const fresh = moved.filter(({ role, measure }) => !this.#own.some((one) => one.to === undefined && one.user === event.to && one.role === role && one.measure === measure));
        this.#end(at, (one) => moved.includes(one));
        this.#own.push(...fresh.map(({ role, measure }) => ({ user: event.to, role, measure, authority: event.authority, from: at })));
        this.#noDeputy(event.user);
        break;
      }
      default:
    }
  }

  #theEnd(event: CaseEvent, at: Instant): void {
    const close = (on: PlainDate, ofInterruptedAssessment = false): void => { [this.#closed, this.#review, this.#ofInterruptedAssessment] = [on, undefined, ofInterruptedAssessment]; };
    const open = (): void => { [this.#closed, this.#review] = [undefined, undefined]; };
    switch (event.type) {
      case 'InquiryClosed': close(copenhagenDate(at)); break;
      case 'AssessmentInterrupted': close(event.on, true); break;
      case 'CaseRefused': case 'DischargeWritten': close(event.on); break;
      case 'CaseAccepted': open(); break;
      case 'QuestionAsked': if (event.kind === 'review') { open(); this.#review = event.question; } break;
      case 'QuestionReturned': if (this.#review === event.question) close(event.on); break;
      case 'ReviewDecided': if (event.result === 'upheld') close(event.on); else open(); break;
      case 'RecordAnnulled': if (event.what === 'decision' && !(this.#closed !== undefined && this.#ofInterruptedAssessment)) open(); break;
      case 'MeasureProposed': this.#measures.set(event.measure, { kind: event.kind, ended: false }); break;
      case 'MeasureDecided': this.#measure(event.measure, event.outcome === 'refused'); break;
      case 'MeasureStarted': this.#measure(event.measure, false); break;
      case 'MeasureCompleted': case 'MeasureStopped': this.#measure(event.measure, true, event.on); break;
      default:
    }
  }
  #measure(id: string, ended: boolean, on?: PlainDate): void {
    const known = this.#measures.get(id);
    if (known === undefined) return;
    known.ended = ended;
    if (on !== undefined) known.endedOn = on;
  }

  #rest(event: CaseEvent, version: number, at: Instant, actor: string): void {
    switch (event.type) {
      case 'InquiryRegistered': case 'InquiryConveyed': case 'UnitNamed': this.#place = event.place; break;
      case 'ConclusionSubmitted':
        this.#conclusions = [...this.#conclusions.filter((one) => one.seat !== event.seat), { seat: event.seat, authority: event.authority, by: actor, void: false }];
        break;
      case 'ConflictDeclared':
        for (const one of this.#conclusions) one.void ||= one.by === event.user;
        this.#recused.push(...event.seats);
        this.#noLeave(event.user);
        break;
      case 'MemberAdded': this.#recused = this.#recused.filter((seat) => seat !== event.role); break;
      case 'PersonExcluded': case 'MemberRemoved': case 'AddressLeaveEnded': this.#noLeave(event.user); break;
      case 'ScreeningAsked': this.#screenings.set(event.screening, event.screener); break;
      case 'AddressLeaveGiven': this.#noLeave(event.user); this.#leaves.push(event); break;
      case 'AddressProtectionEnded': this.#leaves = []; break;
      case 'SecurityAssessed': this.#precautions = [...event.precautions]; break;
      case 'ContactPersonAppointed': this.#contact = event.user; break;
      case 'WorkHandedOver':
        this.#precautions = this.#precautions.map((one) => (one.worker === event.user ? { ...one, worker: event.to } : one));
        if (this.#contact === event.user) this.#contact = event.to;
        break;
      case 'AcuteThreatRaised':
        this.#threats.set(event.threat, { by: actor, alerted: event.alerted });
        this.#leaves = [];
        break;
      case 'ConsentGiven': this.#answer(version, at, event.authorities.flatMap((authority) => event.kinds.map((kind) => `${authority} ${kind}`))); break;
      case 'ConsentRefused': this.#answer(version, at, []); break;
      case 'ConsentWithdrawn':
        this.#answer(version, at, (this.#answers.at(-1)?.cells ?? []).filter((cell) => !event.authorities.some((authority) => event.kinds.some((kind) => cell === `${authority} ${kind}`))));
        break;
      case 'RecordAnnulled':
        if (event.what !== 'consent') break;
        this.#answers = this.#answers.filter((one) => one.version !== event.version);
        this.#stretch(version, at, this.#answers.at(-1)?.cells);
        break;
      default:
    }
  }
  #noLeave(user: string): void {
    this.#leaves = this.#leaves.filter((one) => one.user !== user);
  }

  #answer(version: number, at: Instant, cells: readonly string[]): void {
    this.#answers.push({ version, cells });
    this.#stretch(version, at, cells);
  }
  /** When an authority is left without any kind of a shared scope, the scope closes and the next opens without it; what they had stays theirs. */
  #stretch(since: number, at: Instant, cells: readonly string[] | undefined): void {
    for (const [scope, isOf] of Object.entries(KINDS)) {
      const stretches = this.#stretches[scope] ?? [];
      const last = stretches.at(-1);
      if (last === undefined) continue;
      if (cells === undefined) {
        stretches.push({ readers: 'all', nobody: false, since });
        continue;
      }
      const covered = [...new Set(cells.map((cell) => cell.split(' ')).filter(([, kind]) => isOf(kind ?? '')).map(([authority]) => authority ?? ''))];
      const nobody = covered.length === 0;
      if (nobody && last.nobody) continue;
      const had = last.readers === 'all' ? this.#thereAt(at, scope) : last.readers;
      const next: Stretch = { readers: nobody && scope === 'general' ? 'all' : covered, nobody, since };
      if (nobody || had.some((authority) => !covered.includes(authority))) stretches.push(next);
      else stretches.splice(-1, 1, { ...next, since: last.since });
    }
  }
  #thereAt(at: Instant, scope: string): readonly string[] {
    const there = this.#held().filter((one) => FULL.includes(one.role) && one.from <= at).map((one) => one.authority);
    return scope === 'general' ? there : there.filter((authority) => !authority.startsWith('police:'));
  }

  /** The last day of a part somebody has by himself: ninety days unless renewed, thirty after the end; the owner of a measure that goes on reads on. */
  #lastDay(part: Part): PlainDate | undefined {
    const coordinates = this.#own.some((one) => one.user === part.user && one.to === undefined && one.role === (this.#place === 'custody' ? 'custody' : 'police'));
    return part.role === 'question' || coordinates ? undefined : addDays(copenhagenDate(part.renewed ?? part.from), RENEWED_FOR);
  }
  #lastDayAfterTheEnd({ role, measure }: Part): PlainDate | undefined {
    if (this.#closed === undefined) return undefined;
    const circle = addDays(this.#closed, READ_AFTER_THE_END);
    const own = role === 'owner' && measure !== undefined ? this.#measures.get(measure) : undefined;
    if (own === undefined) return circle;
    if (!own.ended) return undefined;
    return own.endedOn === undefined ? circle : [circle, addDays(own.endedOn, READ_AFTER_THE_END)].sort()[1];
  }
  /** Every part that was not ended, those of deputies among them, with its last day. */
  #held(): readonly Held[] {
    const withEnd = (part: Part, until?: PlainDate): Held => {
      const open = earliest(this.#lastDay(part), until);
      const lapsed = this.#closed === undefined || (open !== undefined && open < this.#closed);
      return { ...part, lastDay: lapsed ? open : earliest(this.#lastDayAfterTheEnd(part), until) };
    };
    const current = this.#own.filter((one) => one.to === undefined);
    const standing = this.#deputies.flatMap(({ user, deputy, from, until }) => current.filter((one) => one.user === user && one.role !== 'question')
      .map((part): Held => ({ ...withEnd(part, until), user: deputy, insteadOf: user, from: part.from > from ? part.from : from })));
    return [...current.map((one) => withEnd(one)), ...standing];
  }
  #partsOf(user: string, today: PlainDate): readonly Held[] {
    return this.blocked.has(user) ? [] : this.#held().filter((one) => one.user === user && (one.lastDay === undefined || one.lastDay >= today));
  }

  /** Whether the case exists for somebody. */
  knows(user: string, today: PlainDate): boolean {
    return this.#partsOf(user, today).length > 0;
  }

  #hasSpoken(seat: string): boolean {
    const holder = this.#held().find((one) => one.role === seat);
    return this.#conclusions.some((one) => one.seat === seat && !one.void && (holder === undefined || holder.authority === one.authority));
  }
  #voting(): readonly string[] {
    return (SPEAK[this.#place] ?? []).filter((seat) => !this.#recused.includes(seat) || this.#held().some((one) => one.role === seat));
  }
  #readsConclusion(seats: readonly string[], of: string): boolean {
    const voting = this.#voting();
    const [mine] = seats;
    if (mine === of) return true;
    return mine !== undefined && voting.includes(mine) ? this.#hasSpoken(mine) : voting.length > 0 && voting.every((seat) => this.#hasSpoken(seat));
  }

  /** Those an alert goes to, whoever they are by now: police (the unit where there is none), the contact person, all with precautions, their deputies. */
  #warned(threat: { readonly alerted: readonly string[] }): readonly string[] {
    const held = this.#held();
    const police = held.filter((one) => one.role === 'police');
    const guards = police.length > 0 ? police : held.filter((one) => (SPEAK[this.#place] ?? []).includes(one.role));
    const named = [...guards.map((one) => one.user), ...(this.#contact === undefined ? [] : [this.#contact]), ...this.#precautions.map((one) => one.worker)];
    return [...threat.alerted, ...named, ...held.filter((one) => one.insteadOf !== undefined && named.includes(one.insteadOf)).map((one) => one.user)];
  }

  /** Whether somebody reads a text today (access.md, "Scopes of a case"). */
  reads(user: string, { version, kind, subject }: Lying, today: PlainDate): boolean {
    const parts = this.#partsOf(user, today);
    if (parts.length === 0) return false;
    const has = (...roles: readonly string[]): boolean => parts.some((one) => roles.includes(one.role));
    const full = has(...FULL);
    const seesPrivate = has('municipal', 'probation', 'custody') || (has('contact') && !parts.some((one) => one.authority.startsWith('police:')));
    const seats = parts.map((one) => one.role).filter((role) => (SPEAK[this.#place] ?? []).includes(role));
    switch (kind) {
      case 'identity': return full || has('owner', 'question', 'screening');
      case 'card': return full;
      case 'general': return full && this.#covers(parts, kind, version);
      case 'health': case 'economy': return seesPrivate && this.#covers(parts, kind, version);
      case 'sealed': return full && this.#readsConclusion(seats, subject);
      case 'police': return has('police') || (has('screening') && this.#screenings.get(subject) === user);
      case 'probation': return has('probation', 'custody');
      case 'address': return has('police') || this.#leaves.some((one) => one.user === user && one.until >= today);
      case 'measure': return parts.some((one) => one.role === 'owner' && one.measure === subject) || (full && (!isPrivate(this.#measures.get(subject)?.kind ?? 'personal') || seesPrivate));
      case 'precaution': {
        const threat = this.#threats.get(subject);
        const worker = this.#precautions.find((one) => one.id === subject)?.worker;
        return has('police') || (worker !== undefined && parts.some((one) => (one.insteadOf ?? user) === worker || worker === user))
          || (threat !== undefined && (threat.by === user || this.#warned(threat).includes(user)));
      }
      case 'bundle': {
        // Some of it is for those of the unit who read it before; the words of an official are the unit's, and when they are the decision also his who carries the contact.
        const [question, own] = subject.split('|');
        const said = own?.startsWith('stand:') === true;
        return seats.some((seat) => own === undefined || said || own.split('+').includes(seat)) || parts.some((one) => one.question === question) || (said && has('contact') && this.#letters.has(version));
      }
      default: throw new Error(`no such scope: ${kind}`);
    }
  }
  /** By the stretch it was written in, and by what consent covers now; a text of the answer itself lies where the answer leads. */
  #covers(parts: readonly Held[], scope: string, version: number): boolean {
    const stretches = this.#stretches[scope] ?? [];
    const written = stretches.findLast((one) => one.since <= version);
    const now = stretches.at(-1);
    if (written === undefined || written.readers === 'all') return written !== undefined;
    const readers = [...written.readers, ...(now === undefined || now.readers === 'all' ? [] : now.readers)];
    return parts.some((one) => readers.includes(one.authority));
  }
}
