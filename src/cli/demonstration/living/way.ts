import { ageBand, ageOn } from '../../../domain/kernel/cpr.js';
import { addDays, type PlainDate } from '../../../domain/kernel/time.js';
import { municipalityName } from '../../../domain/reference/denmark.js';
import type { TargetCategory } from '../../../domain/reference/target-group.js';
import type { SharingKind } from '../../../domain/reference/legal-bases.js';
import {
  authorityAccedes,
  candidateAccedes,
  carded,
  concerned,
  consents,
  grants,
  offered,
  type Paper,
  parties,
  type PlannedMeasure,
  presents,
  proposes,
  secured,
  staffed,
  starts,
  unitAccedes,
  writes,
} from '../agreement-chapters.js';
import { begun, categoryThen, concludesFor, examined, inquires, placed, taken } from '../assessment-chapters.js';
import { idAt, Telling, type Worker } from '../case-script.js';
import type { UnitCast } from '../unit-cast.js';
import type { Days } from '../working-day.js';
import type { Told } from './candidates.js';
import { CONTACT_REASONS, MATERIAL, pick, PRECAUTIONS, reasonsOf, RELOCATION, REQUIREMENTS, SECURITY, TIES } from './words.js';

/** The stages of the usual way from inquiry to course, and how many days after the inquiry each is reached. */
const STAGES = {
  registered: 0,
  taken: 1,
  begun: 2,
  examined: 6,
  concluded: 10,
  accepted: 13,
  consented: 15,
  settled: 19,
  proposed: 21,
  granted: 25,
  presented: 28,
  entered: 32,
  started: 37,
} as const;
export type Stage = keyof typeof STAGES;

/** One living case: whose it is, who has it, and when it began. */
export interface Living {
  readonly name: string;
  readonly unit: UnitCast;
  readonly told: Told;
  /** Days from the inquiry to today. */
  readonly began: number;
  readonly measures?: readonly PlannedMeasure[];
  readonly category?: TargetCategory;
  /** Who received the inquiry; the municipality when nobody is named. */
  readonly receivedBy?: Worker;
  readonly how?: object;
  readonly level?: 'low' | 'raised' | 'high';
  readonly everyWeeks?: number;
  /** Kinds of information the candidate did not consent to share. */
  readonly without?: readonly SharingKind[];
  /** Which of the texts that fit any case this one gets. */
  readonly serial: number;
}

/** A living case being told. */
export class Way {
  readonly telling: Telling;
  readonly living: Living;
  readonly #days: Days;

  constructor(living: Living, days: Days) {
    this.living = living;
    this.#days = days;
    this.telling = new Telling(living.name, living.unit.writer);
  }

  /** The day a stage of the usual way is reached, or a number of days after the inquiry. */
  day(stage: Stage | number): PlainDate {
    return this.#days.ago(this.living.began - (typeof stage === 'number' ? stage : STAGES[stage]));
  }

  paper(signedOn: PlainDate): Paper {
    const { told, serial } = this.living;
    return { signedOn, keptAt: `${municipalityName(told.municipality)} ${signedOn.slice(2, 4)}/${1040 + serial * 17}` };
  }

  /** Tells every stage up to this one; each day has its own commands. */
  until(last: Stage): this {
    for (const [stage, tell] of TELLERS) {
      this.telling.on(this.day(stage));
      tell(this);
      if (stage === last) break;
    }
    return this;
  }
}

const measuresOf = ({ living }: Way): readonly PlannedMeasure[] => living.measures ?? [];

/** What happens at each stage, in order. */
const TELLERS: readonly (readonly [Stage, (way: Way) => void])[] = [
  [
    'registered',
    ({ telling, living: { unit, told, receivedBy = unit.seats[1] ?? unit.lead, how } }) =>
      inquires(telling, receivedBy, told, how),
  ],
  [
    'taken',
    (way) => {
      const {
        telling,
        living: { unit, told },
      } = way;
      taken(telling, unit).does(unit.writer, 'person.update', { ageBand: ageBand(ageOn(told.born, way.day('taken'))) });
    },
  ],
  [
    'begun',
    ({ telling, living: { unit, told, serial } }) => {
      begun(telling, unit);
      telling.does(unit.writer, 'journal.add', {
        kind: 'personal',
        text: `Første samtale. Kandidaten fortæller selv: “${told.said}” ${pick(FIRST_TALK, serial)}`,
      });
    },
  ],
  [
    'examined',
    (way) => {
      const {
        telling,
        living: { unit, category = '1a', serial },
      } = way;
      placed(telling, unit, categoryThen(way.day('begun'), category), pick(TIES, serial));
      examined(telling, unit, pick(MATERIAL, serial), pick(RELOCATION, serial));
    },
  ],
  [
    'concluded',
    ({ telling, living: { unit, told, serial } }) => {
      for (const [seat, who] of unit.seats.entries())
        concludesFor(telling, who, told.factors, reasonsOf(told, unit.custody ? 1 : seat, serial));
    },
  ],
  [
    'accepted',
    ({ telling, living: { unit } }) =>
      telling.does(unit.lead, 'decision.accept', { reasons: 'Enheden er enig. Kandidaten er orienteret ved en samtale.' }),
  ],
  [
    'consented',
    (way) => {
      const {
        telling,
        living: { unit, without },
      } = way;
      consents(telling, unit.writer, concerned(unit, measuresOf(way)), way.paper(way.day('consented')), without);
    },
  ],
  [
    'settled',
    ({ telling, living: { unit, level = 'low', serial } }) => {
      const { writer } = unit;
      staffed(telling, unit, pick(CONTACT_REASONS, serial));
      secured(telling, unit, level, SECURITY[level], {
        precautions: level === 'low' ? [] : [{ worker: writer.id, text: pick(PRECAUTIONS, serial) }],
      });
      if (level !== 'low')
        telling.does(writer, 'security.confirmPrecaution', ({ precautions }) => ({ precaution: idAt(precautions, 0) }));
      carded(telling, unit, pick(PRECAUTIONS, serial));
      offered(telling, unit, {
        considered: 'Mentor, praktik, uddannelse, behandling og hjælp til bolig og gæld.',
        chosen: 'Det, der står som tiltag i aftalen.',
        notChosen: 'Resten venter, så kandidaten ikke får for mange aftaler på én gang.',
      });
    },
  ],
  [
    'proposed',
    (way) => {
      for (const one of measuresOf(way)) proposes(way.telling, way.living.unit, one);
    },
  ],
  [
    'granted',
    (way) => {
      for (const [place, one] of measuresOf(way).entries()) grants(way.telling, one, place, way.paper(way.day('granted')));
    },
  ],
  [
    'presented',
    (way) => {
      const {
        telling,
        living: { unit, told, everyWeeks = 4, serial },
      } = way;
      const from = way.day('presented');
      writes(telling, unit, measuresOf(way), {
        goal: told.goal,
        requirements: pick(REQUIREMENTS, serial),
        everyWeeks,
        from,
        to: addDays(from, 365),
        firstFollowUp: addDays(from, everyWeeks * 7),
      });
      presents(telling, unit);
    },
  ],
  [
    'entered',
    (way) => {
      const {
        telling,
        living: { unit },
      } = way;
      const paper = way.paper(way.day('entered'));
      candidateAccedes(telling, unit, paper, 'Det er det rigtige for mig nu.');
      unitAccedes(telling, unit);
      for (const one of parties(measuresOf(way))) authorityAccedes(telling, one, paper);
    },
  ],
  [
    'started',
    (way) => {
      for (const [place, one] of measuresOf(way).entries()) starts(way.telling, one, place, way.paper(way.day('started')));
    },
  ],
];

const FIRST_TALK = [
  'Vi har gennemgået, hvad exit er, og at ingen bliver bedt om at stikke andre.',
  'Kandidaten var rolig og havde skrevet sine spørgsmål ned. Vi aftaler at ses igen i næste uge.',
  'Samtalen blev holdt et neutralt sted. Sikker kontakt er gennemgået og gentaget.',
  'Kandidaten blev siddende længe bagefter. Vi talte om, hvad der sker nu, og hvor længe det tager.',
] as const;
