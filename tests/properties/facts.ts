import type { RecordedEvent } from '../../src/domain/exit-case/case.js';

/** What a version of an agreement says, as far as accessions depend on it. */
interface Terms {
  readonly measures: readonly { readonly measure: string; readonly startBy: string }[];
  readonly requirements: readonly { readonly id: string; readonly measure?: string }[];
}
interface Accession {
  readonly number: number;
  readonly party: string;
  readonly measures: readonly string[];
}
interface Version {
  terms: Terms;
  accessions: Accession[];
}
export interface Member {
  readonly user: string;
  readonly role: string;
  readonly authority: string;
  readonly measure?: string;
  readonly question?: string;
}
interface Answer {
  readonly number: number;
  readonly valid: boolean;
  readonly expiresOn?: string;
  readonly cells: ReadonlySet<string>;
}

const NO_ANSWER: Answer = { number: 0, valid: false, cells: new Set() };

/**
 * What the watchmen keep of the raw stream by their own reckoning, apart from the case's state: who is in the circle, what the
 * candidate has consented to, what is agreed, acceded and granted. Nothing here asks the selectors that the rules themselves ask.
 */
export class Facts {
  /** Those that people have by themselves. */
  #own: readonly Member[] = [];
  /** Who stands in for whom. */
  #deputies: readonly { readonly user: string; readonly deputy: string }[] = [];
  readonly excluded = new Set<string>();
  readonly versions = new Map<number, Version>();
  /** Versions in force, oldest first; the last one holds. */
  inForce: readonly number[] = [];
  readonly measures = new Map<string, { readonly authority: string; readonly kinds: readonly string[]; granted: boolean }>();
  contactPerson: string | undefined;
  ended = false;
  #answers: Answer[] = [];

  /** The candidate's latest answer that stands. */
  get consent(): Answer {
    return this.#answers.at(-1) ?? NO_ANSWER;
  }

  isCovered(authority: string, kind: string, today: string): boolean {
    return this.isConsentValid(today) && this.consent.cells.has(`${authority} ${kind}`);
  }

  isConsentValid(today: string): boolean {
    const { valid, cells, expiresOn } = this.consent;
    return valid && cells.size > 0 && (expiresOn === undefined || today <= expiresOn);
  }

  get isRunning(): boolean {
    return this.inForce.length > 0 && !this.ended;
  }

  /** Everybody in the circle; a deputy has what he stands in for. */
  get members(): readonly Member[] {
    const standing = this.#deputies.flatMap(({ user, deputy }) => this.#own.filter((one) => one.user === user && one.role !== 'question').map((one) => ({ ...one, user: deputy })));
    return [...this.#own, ...standing];
  }

  /** Whatever ties somebody to another's absence is over. */
  #noDeputy(user: string): void {
    this.#deputies = this.#deputies.filter((one) => one.user !== user && one.deputy !== user);
  }

  /** The roles that somebody has in the circle now. */
  rolesOf(user: string): readonly string[] {
    return this.members.filter((one) => one.user === user).map((one) => one.role);
  }

  #version(number: number): Version {
    const known = this.versions.get(number) ?? { terms: { measures: [], requirements: [] }, accessions: [] };
    this.versions.set(number, known);
    return known;
  }

  #grant(measure: string, granted: boolean): void {
    const known = this.measures.get(measure);
    if (known) known.granted = granted;
  }

  tell({ event, version: number }: RecordedEvent): void {
    switch (event.type) {
      case 'InquiryTaken':
        this.#own = [...this.#own, ...event.members];
        break;
      case 'MemberAdded':
        this.#own = [...this.#own, event];
        break;
      case 'MemberRemoved':
        if (event.role === undefined && event.measure === undefined && event.question === undefined) this.#noDeputy(event.user);
        this.#own = this.#own.filter(
          (one) =>
            one.user !== event.user ||
            (event.role !== undefined && event.role !== one.role) ||
            (event.measure !== undefined && event.measure !== one.measure) ||
            (event.question !== undefined && event.question !== one.question),
        );
        break;
      case 'PersonExcluded':
      case 'ConflictDeclared':
        this.excluded.add(event.user);
        this.#own = this.#own.filter((one) => one.user !== event.user);
        this.#noDeputy(event.user);
        break;
      case 'DeputyNamed':
        this.#deputies = [...this.#deputies.filter((one) => one.user !== event.user), event];
        break;
      case 'WorkHandedOver': {
        const has = (role: string, measure?: string): boolean => this.#own.some((one) => one.user === event.to && one.role === role && one.measure === measure);
        const stays = (one: Member): boolean => one.user !== event.user || one.role === 'question';
        const moved = this.#own.filter((one) => !stays(one) && !has(one.role, one.measure));
        this.#own = [...this.#own.filter(stays), ...moved.map((one) => ({ ...one, user: event.to, authority: event.authority }))];
        if (this.contactPerson === event.user) this.contactPerson = event.to;
        this.#noDeputy(event.user);
        break;
      }
      case 'ConsentGiven':
        this.#answers.push({
          number,
          valid: true,
          cells: new Set(event.authorities.flatMap((authority) => event.kinds.map((kind) => `${authority} ${kind}`))),
          ...(event.expiresOn === undefined ? {} : { expiresOn: event.expiresOn }),
        });
        break;
      case 'ConsentRefused':
        this.#answers.push({ number, valid: false, cells: new Set() });
        break;
      case 'ConsentWithdrawn': {
        const gone = new Set(event.authorities.flatMap((authority) => event.kinds.map((kind) => `${authority} ${kind}`)));
        this.#answers.push({
          ...this.consent,
          number,
          cells: new Set([...this.consent.cells].filter((cell) => !gone.has(cell))),
        });
        break;
      }
      case 'RecordAnnulled':
        if (event.what === 'consent') this.#answers = this.#answers.filter((one) => one.number !== event.version);
        if (event.what === 'accession') {
          for (const version of this.versions.values())
            version.accessions = version.accessions.filter((one) => one.number !== event.version);
          this.inForce = this.inForce.filter((one) => one !== event.leavesForce);
        }
        break;
      case 'MeasureProposed':
        this.measures.set(event.measure, { authority: event.authority, kinds: event.kinds, granted: false });
        break;
      case 'MeasureDecided':
        this.#grant(event.measure, event.outcome === 'granted');
        break;
      case 'MeasureStopped':
        this.#grant(event.measure, false);
        break;
      case 'ContactPersonAppointed':
        this.contactPerson = event.user;
        break;
      case 'TermsSet': {
        const version = this.#version(event.version);
        version.terms = event;
        version.accessions = [];
        break;
      }
      case 'PartyAcceded':
        this.#version(event.version).accessions.push({ number, party: event.party, measures: event.measures });
        break;
      case 'AgreementEntered':
        this.inForce = [...this.inForce, event.version];
        break;
      case 'CourseInterrupted':
      case 'CourseCompleted':
        this.ended = true;
        break;
      default:
    }
  }

  /** A measure's part of two versions is the same: then an accession to it stands. */
  #isSame(before: Terms, after: Terms, measure: string): boolean {
    const part = ({ measures, requirements }: Terms): string =>
      JSON.stringify([
        measures.filter((one) => one.measure === measure).map((one) => one.startBy),
        requirements
          .filter((one) => one.measure === measure)
          .map((one) => one.id)
          .sort(),
      ]);
    return part(before) === part(after);
  }

  /** The authority's accession to a measure, in this version or in one before it whose part was the same. */
  #hasAcceded(authority: string, measure: string, [number, ...before]: readonly number[]): boolean {
    if (number === undefined) return false;
    const { terms, accessions } = this.#version(number);
    if (accessions.some((one) => one.party === authority && one.measures.includes(measure))) return true;
    const [earlier] = before;
    return (
      earlier !== undefined &&
      this.#isSame(this.#version(earlier).terms, terms, measure) &&
      this.#hasAcceded(authority, measure, before)
    );
  }

  /** What the agreement in force lacks of accessions; undefined when it lacks none, or none is in force. */
  get lackingAccession(): string | undefined {
    const inForce = this.inForce.toReversed();
    const [number] = inForce;
    if (number === undefined) return undefined;
    const { terms, accessions } = this.#version(number);
    const party = ['candidate', 'unit'].find((one) => !accessions.some((each) => each.party === one));
    if (party !== undefined) return `version ${number} is in force without the accession of ${party}`;
    const lacking = terms.measures.find(
      ({ measure }) => !this.#hasAcceded(this.measures.get(measure)?.authority ?? '', measure, inForce),
    );
    return (
      lacking &&
      `version ${number} is in force without the accession of ${this.measures.get(lacking.measure)?.authority ?? 'nobody'} to its measure`
    );
  }

  /** What stands in the way of entering the newest version beside the accessions: a grant, or consent to what a measure needs. */
  lackingAtEntry(today: string): string | undefined {
    if (!this.isConsentValid(today)) return 'an agreement is entered without valid consent';
    for (const { measure } of this.#version(this.inForce.at(-1) ?? 0).terms.measures) {
      const known = this.measures.get(measure);
      if (known?.granted !== true) return `an agreement is entered with measure ${measure}, which is not granted`;
      const kind = known.kinds.find((one) => !this.isCovered(known.authority, one, today));
      if (kind !== undefined) return `an agreement is entered without consent to ${kind} for ${known.authority}`;
    }
    return undefined;
  }
}
