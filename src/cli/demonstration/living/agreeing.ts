import { authorityAccedes, candidateAccedes, proposes, unitAccedes } from '../agreement-chapters.js';
import { type CaseScript, idAt } from '../case-script.js';
import type { Days } from '../working-day.js';
import { ISHOJ, ODENSE } from './measures.js';
import { OF_ISHOJ } from './of-ishoj.js';
import { OF_ODENSE } from './of-odense.js';
import { FYN, VESTEGNEN, worker } from './people.js';
import { type Living, Way } from './way.js';

/** From acceptance to the agreement: before consent, while measures are decided, and while the parties accede. */
export const casesTowardsAgreement = (days: Days): readonly CaseScript[] => [
  new Way({ name: 'optaget-ishoj', unit: VESTEGNEN, told: OF_ISHOJ.emil, began: 16, serial: 20 }, days)
    .until('accepted')
    .telling.script(),
  new Way({ name: 'optaget-odense', unit: FYN, told: OF_ODENSE.simon, began: 24, category: '1b', serial: 21 }, days)
    .until('accepted')
    .telling.script(),
  treatmentWaits(days),
  housingWaits(days),
  jobcentreWaits(
    {
      name: 'tiltraedes-jobcenter',
      unit: VESTEGNEN,
      told: OF_ISHOJ.mikkel,
      began: 37,
      serial: 24,
      measures: [ISHOJ.placement, ISHOJ.debt],
      level: 'raised',
    },
    days,
  ),
  jobcentreWaits(
    {
      name: 'tiltraedes-odense',
      unit: FYN,
      told: OF_ODENSE.hassan,
      began: 40,
      category: '2e',
      serial: 25,
      measures: [ODENSE.placement, ODENSE.support],
    },
    days,
  ),
];

/** The candidate has asked for treatment: the law's fourteen days run, and are soon over (FM-MEA-3). */
function treatmentWaits(days: Days): CaseScript {
  const { telling, living, on } = waiting(
    {
      name: 'behandling-afventer',
      unit: VESTEGNEN,
      told: OF_ISHOJ.sebastian,
      began: 34,
      serial: 22,
      measures: [ISHOJ.drugs, ISHOJ.mentor],
    },
    days,
  );
  return telling
    .does(living.unit.writer, 'measure.request', ({ measures }) => ({ measure: idAt(measures, 0), on }))
    .on(days.ago(8))
    .does(ISHOJ.mentor.hand, 'measure.decide', ({ measures }) => ({ measure: idAt(measures, 1), outcome: 'granted' }))
    .script();
}

/** Housing and treatment are both asked for; neither owner has decided. */
function housingWaits(days: Days): CaseScript {
  const { telling, living, on } = waiting(
    {
      name: 'bolig-afventer',
      unit: VESTEGNEN,
      told: OF_ISHOJ.ahmad,
      began: 33,
      serial: 23,
      level: 'high',
      category: '2a',
      measures: [ISHOJ.housing, ISHOJ.alarm],
    },
    days,
  );
  return telling
    .does(living.unit.writer, 'measure.request', ({ measures }) => ({ measure: idAt(measures, 0), on }))
    .does(worker('politi.vestegnen'), 'measure.decide', ({ measures }) => ({ measure: idAt(measures, 1), outcome: 'granted' }))
    .on(days.ago(2))
    .does(living.unit.writer, 'journal.add', {
      kind: 'social',
      text: 'Kandidaten har set på kvarteret og siger ja til det. Han spørger, hvornår han kan få svar om boligen.',
    })
    .script();
}

/** The case as it stands when its measures are proposed, on the day they are. */
function waiting(living: Living, days: Days) {
  const way = new Way(living, days).until('settled');
  const on = way.day('proposed');
  way.telling.on(on);
  for (const one of living.measures ?? []) proposes(way.telling, living.unit, one);
  return { telling: way.telling, living, on };
}

/** Candidate, unit and the others have acceded; the job centre has not. */
function jobcentreWaits(living: Living, days: Days): CaseScript {
  const way = new Way(living, days).until('presented');
  const { unit, measures = [] } = living;
  const on = way.day('entered');
  way.telling.on(on);
  candidateAccedes(way.telling, unit, way.paper(on), 'Jeg glæder mig til at komme i gang.');
  unitAccedes(way.telling, unit);
  for (const one of measures.filter(({ owned }) => owned !== true)) authorityAccedes(way.telling, one, way.paper(on));
  return way.telling.script();
}
