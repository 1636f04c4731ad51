import type { CaseScript } from '../case-script.js';
import { completes, discharged, interrupts } from '../course-chapters.js';
import type { Days } from '../working-day.js';
import { ISHOJ, ODENSE } from './measures.js';
import { OF_ISHOJ } from './of-ishoj.js';
import { OF_ODENSE } from './of-odense.js';
import { FYN, VESTEGNEN } from './people.js';
import { better, running } from './running.js';
import type { Living } from './way.js';

/** Courses that are over: one whose discharge document is missing, and those that are closed. */
export const casesOver = (days: Days): readonly CaseScript[] => [
  interrupted(days),
  completed(
    {
      name: 'gennemfoert',
      unit: VESTEGNEN,
      told: OF_ISHOJ.nikolaj,
      began: 430,
      serial: 35,
      measures: [ISHOJ.wages, ISHOJ.housing, ISHOJ.debt],
    },
    days,
  ),
  completed(
    { name: 'gennemfoert-odense', unit: FYN, told: OF_ODENSE.magnus, began: 400, serial: 44, measures: [ODENSE.placement] },
    days,
  ),
];

/** Interrupted at the candidate's own wish; the discharge document is still to be written. */
function interrupted(days: Days): CaseScript {
  const way = running(
    { name: 'forloeb-afbrudt', unit: VESTEGNEN, told: OF_ISHOJ.andreas, began: 165, serial: 34, measures: [ISHOJ.mentor] },
    days,
    [
      [96, { signs: ['lessened', 'lessened', 'unchanged'], note: 'Kommer til tiden. Siger, at det er mange aftaler.' }],
      [
        66,
        {
          signs: ['lessened', 'lessened', 'unchanged'],
          measures: 'partly',
          requirements: 'partly',
          note: 'Har meldt afbud to gange. Vi har taget én aftale ud.',
        },
      ],
      [
        12,
        {
          signs: ['unknown', 'unknown', 'unknown'],
          measures: 'not',
          requirements: 'not',
          outcome: 'interruption',
          note: 'Kandidaten ringede og sagde, at han stopper. Han er velkommen igen.',
        },
      ],
    ],
  );
  return interrupts(
    way.telling.on(days.ago(8)),
    VESTEGNEN,
    'own-wish',
    'Kandidaten har selv bedt om at stoppe og er orienteret om, at han altid kan henvende sig igen. Mentoren fortsætter, hvis han vil.',
  ).script();
}

/** To its end and through the discharge document, so lately that its circle still finds it (FM-CNF-2). */
function completed(living: Living, days: Days): CaseScript {
  const way = running(living, days, [
    ...better(5, 130),
    [33, { signs: ['ceased', 'ceased', 'ceased'], outcome: 'complete', note: 'Alle er enige om, at behovet er væk.' }],
  ]);
  completes(
    way.telling.on(days.ago(26)),
    living.unit,
    'Arbejde, bolig og familie er på plads, og der har ikke været kontakt til miljøet i et år. Det, der er i gang, fortsætter som almindelig hjælp.',
  );
  return discharged(
    way.telling.on(days.ago(19)),
    living.unit,
    'Praktik blev til job. Gælden er under afvikling. Kandidaten har ikke været i kontakt med miljøet siden det tredje møde.',
    'Det hjalp, at den samme kontaktperson fulgte hele vejen, og at jobcentret kunne begynde, før alt andet var på plads.',
  ).script();
}
