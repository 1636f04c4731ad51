import { addDays } from '../../../domain/kernel/time.js';
import { proposes, writes } from '../agreement-chapters.js';
import { type CaseScript, idAt } from '../case-script.js';
import { followsUp, reports } from '../course-chapters.js';
import type { Days } from '../working-day.js';
import { INSIDE, ISHOJ, ODENSE } from './measures.js';
import { OF_ISHOJ } from './of-ishoj.js';
import { IN_CUSTODY, OF_ODENSE } from './of-odense.js';
import { DFK, FYN, VESTEGNEN } from './people.js';
import { better, running } from './running.js';
import { withProtectedAddress, withScreening, withThreatOver } from './security.js';
import { Way } from './way.js';

const CONTROL = ['unchanged', 'lessened'] as const;

/** Courses that run, each with something that waits. */
export const casesInCourse = (days: Days): readonly CaseScript[] => [
  withProtectedAddress(running(
    {
      name: 'forloeb-godt',
      unit: VESTEGNEN,
      told: OF_ISHOJ.jeppe,
      began: 172,
      serial: 30,
      level: 'raised',
      measures: [ISHOJ.drugs, ISHOJ.placement],
    },
    days,
    better(4, 24),
  ), days).telling.script(),
  withScreening(running(
    {
      name: 'forloeb-opfoelgning-forsinket',
      unit: VESTEGNEN,
      told: OF_ISHOJ.morten,
      began: 130,
      serial: 31,
      category: '2e',
      measures: [ISHOJ.wages, ISHOJ.mentor],
    },
    days,
    better(2, 37),
  ), days, 3, false).telling.script(),
  breach(days),
  newVersion(days),
  placementWaits(days),
  withScreening(withThreatOver(running(
    {
      name: 'forloeb-langt',
      unit: FYN,
      told: OF_ODENSE.jonathan,
      began: 205,
      serial: 41,
      measures: [ODENSE.network, ODENSE.supervision],
    },
    days,
    better(5, 25),
  ), days), days, 7, true).telling.script(),
  towardsCompletion(days),
  withdrawal(days),
  custody(days),
];

/** A breach is recorded, and the candidate has not been asked about it yet. */
function breach(days: Days): CaseScript {
  const way = running(
    {
      name: 'forloeb-brud',
      unit: VESTEGNEN,
      told: OF_ISHOJ.tobias,
      began: 120,
      serial: 32,
      measures: [ISHOJ.placement, ISHOJ.mentor],
    },
    days,
    [
      [54, { signs: ['lessened', 'unchanged', 'unchanged'], requirements: 'partly', note: 'Kandidaten møder, men for sent.' }],
      [
        26,
        {
          signs: ['lessened', 'lessened', 'unchanged'],
          measures: 'partly',
          requirements: 'partly',
          note: 'Praktikken er sat på pause en uge. Kandidaten vil gerne i gang igen.',
        },
      ],
    ],
  );
  return way.telling
    .on(days.ago(4))
    .does(VESTEGNEN.writer, 'breach.record', ({ requirements }) => ({
      requirement: idAt(requirements, 0),
      what: 'Udeblevet fra praktikken tre dage i træk uden at sige til. Jobcentret oplyste det i dag.',
      kind: 'personal',
    }))
    .script();
}

/** A measure more: the second version is presented, and waits for the candidate and the job centre. */
function newVersion(days: Days): CaseScript {
  const way = running(
    {
      name: 'forloeb-ny-version',
      unit: VESTEGNEN,
      told: OF_ISHOJ.kasper,
      began: 150,
      serial: 33,
      measures: [ISHOJ.mentor, ISHOJ.debt],
    },
    days,
    [
      ...better(2, 48),
      [
        20,
        {
          signs: ['ceased', 'lessened', 'lessened'],
          outcome: 'adjust',
          note: 'Kandidaten er klar til arbejde. Aftalen skal have et job med løntilskud i stedet for mere mentor.',
        },
      ],
    ],
  );
  const {
    telling,
    living: { unit, told },
  } = way;
  telling
    .on(days.ago(17))
    .does(unit.writer, 'agreement.revise', { reason: 'Kandidaten er klar til at arbejde og har selv fundet et sted.' });
  proposes(telling, unit, ISHOJ.wages);
  telling
    .on(days.ago(13))
    .does(ISHOJ.wages.hand, 'measure.decide', ({ measures }) => ({ measure: idAt(measures, 2), outcome: 'granted' }));
  const from = days.ago(9);
  writes(telling.on(from), unit, [ISHOJ.mentor, ISHOJ.debt, ISHOJ.wages], {
    goal: told.goal,
    requirements: ['Møder på arbejdspladsen til tiden', 'Holder sig fra klubben'],
    everyWeeks: 6,
    from,
    to: addDays(from, 365),
    firstFollowUp: days.ahead(12),
  });
  telling.does(unit.writer, 'agreement.present');
  return telling.on(days.ago(7)).does(unit.lead, 'agreement.accede', { party: 'unit' }).script();
}

/** Going well: a placement more is asked for, and the job centre has not decided. */
function placementWaits(days: Days): CaseScript {
  const way = new Way(
    {
      name: 'forloeb-praktik-afventer',
      unit: FYN,
      told: OF_ODENSE.amir,
      began: 128,
      serial: 40,
      category: '2a',
      measures: [ODENSE.mentor, ODENSE.support],
    },
    days,
  ).until('started');
  for (const [daysAgo, standing] of better(3, 23)) {
    followsUp(way.telling.on(days.ago(daysAgo)), FYN.writer, standing);
    reports(way.telling, FYN.writer);
  }
  proposes(way.telling.on(days.ago(15)), FYN, ODENSE.placement);
  return way.telling
    .does(FYN.writer, 'measure.request', ({ measures }) => ({ measure: idAt(measures, 2), on: days.ago(15) }))
    .script();
}

/** The follow-up put it to completion; the municipality has said yes, and the two others have not spoken. */
function towardsCompletion(days: Days): CaseScript {
  const way = running(
    {
      name: 'forloeb-paa-vej-ud',
      unit: FYN,
      told: OF_ODENSE.patrick,
      began: 330,
      serial: 42,
      measures: [ODENSE.support, ODENSE.supervision],
    },
    days,
    [
      ...better(5, 60),
      [
        6,
        {
          signs: ['ceased', 'ceased', 'ceased'],
          outcome: 'complete',
          note: 'Kandidaten siger selv, at han er der. Vi tror på det.',
        },
      ],
    ],
  );
  return way.telling
    .on(days.ago(5))
    .does(FYN.writer, 'course.state', {
      position: 'complete',
      reasons: 'Arbejde på fuld tid, gælden er betalt, og der er et netværk, som holder.',
    })
    .script();
}

/** Consent to share what is about health is withdrawn; the unit has to say whether the course goes on (FM-CON-2). */
function withdrawal(days: Days): CaseScript {
  const way = running(
    {
      name: 'forloeb-samtykke',
      unit: FYN,
      told: OF_ODENSE.sara,
      began: 118,
      serial: 43,
      category: '2e',
      measures: [ODENSE.support],
    },
    days,
    better(2, 27),
  );
  return way.telling
    .on(days.ago(5))
    .does(FYN.writer, 'consent.withdraw', {
      extent: 'part',
      kinds: ['health'],
      authorities: FYN.authorities,
      reason: 'Hun vil gerne fortsætte, men ønsker ikke, at nye oplysninger om helbred deles.',
    })
    .script();
}

/** A course in prison, with the sign that is judged there alone (FM-CRS-1). */
function custody(days: Days): CaseScript {
  const how = { place: 'custody', channel: 'custody' };
  return running(
    { name: 'forloeb-dfk', unit: DFK, told: IN_CUSTODY.daniel, began: 128, serial: 45, how, measures: [INSIDE.plan] },
    days,
    better(3, 32).map(
      ([daysAgo, standing], place) =>
        [
          daysAgo,
          { ...standing, signs: [standing.signs[0], standing.signs[1], standing.signs[2], CONTROL[place] ?? 'ceased'] },
        ] as const,
    ),
  ).telling.script();
}
