import { concludesAgainst, concludesFor, heardAbout, refused } from '../assessment-chapters.js';
import { type CaseScript, idAt } from '../case-script.js';
import { formatDate } from '../../../domain/kernel/time.js';
import type { Days } from '../working-day.js';
import { OF_ISHOJ } from './of-ishoj.js';
import { IN_CUSTODY, OF_ODENSE } from './of-odense.js';
import { DFK, FYN, VESTEGNEN, VESTEGNEN_SECOND, worker } from './people.js';
import { type Living, Way } from './way.js';
import { reasonsOf } from './words.js';

const AGAINST = {
  motivation: 'Kandidaten følges fortsat med kredsen og vil ikke slippe den. Ønsket virker mere som andres end som hans eget.',
  suitability: 'Har ikke taget skridt til at komme ud og kan ikke sige, hvad der skal være anderledes.',
  need: 'Har brug for støtte, som kan gives uden exit.',
} as const;
const FACTS =
  'Du er set sammen med kredsen tre gange, siden du henvendte dig, og du har ikke villet skifte telefonnummer. Derfor overvejer vi, om exit er det rigtige nu.';

/** Some authorities have concluded, for or against; the others have not yet. */
function concludedBy(living: Living, days: Days, votes: readonly ('for' | 'against' | 'not-yet')[]): Way {
  const { unit, told, serial } = living;
  const way = new Way(living, days).until('examined');
  way.telling.on(way.day('concluded'));
  for (const [seat, who] of unit.seats.entries()) {
    if (votes[seat] === 'for') concludesFor(way.telling, who, told.factors, reasonsOf(told, seat, serial));
    if (votes[seat] === 'against') concludesAgainst(way.telling, who, told.factors, { ...AGAINST, explanation: told.said });
  }
  return way;
}

/** Assessments at every stage: begun or not, a voice missing, all in, the candidate being heard, a question at the contact point. */
export const casesInAssessment = (days: Days): readonly CaseScript[] => [
  new Way({ name: 'taget-ishoj', unit: VESTEGNEN, told: OF_ISHOJ.oliver, began: 3, serial: 1 }, days)
    .until('taken')
    .telling.script(),
  new Way(
    { name: 'taget-odense', unit: FYN, told: OF_ODENSE.lukas, began: 10, serial: 2, receivedBy: worker('jobcenter.odense') },
    days,
  )
    .until('taken')
    .telling.script(),
  new Way({ name: 'begyndt-ishoj', unit: VESTEGNEN, told: OF_ISHOJ.christian, began: 5, serial: 3 }, days)
    .until('begun')
    .telling.script(),
  concludedBy({ name: 'mangler-politi', unit: VESTEGNEN, told: OF_ISHOJ.yusuf, began: 14, serial: 4 }, days, [
    'not-yet',
    'for',
    'for',
  ]).telling.script(),
  concludedBy({ name: 'mangler-kommune', unit: VESTEGNEN, told: OF_ISHOJ.naja, began: 18, category: '2g', serial: 5 }, days, [
    'for',
    'not-yet',
    'for',
  ]).telling.script(),
  concludedBy({ name: 'mangler-kif', unit: FYN, told: OF_ODENSE.christoffer, began: 15, category: '2c', serial: 6 }, days, [
    'against',
    'for',
    'not-yet',
  ]).telling.script(),
  concludedBy({ name: 'mangler-to', unit: VESTEGNEN_SECOND, told: OF_ISHOJ.philip, began: 13, category: '2d', serial: 7 }, days, [
    'for',
    'not-yet',
    'not-yet',
  ]).telling.script(),
  concludedBy({ name: 'uenighed', unit: VESTEGNEN, told: OF_ISHOJ.frederik, began: 21, category: '1b', serial: 8 }, days, [
    'for',
    'for',
    'against',
  ]).telling.script(),
  hearing(days),
  advice(days),
  finalDecision(days),
  refusal(days),
  review(days),
  custody(days),
];

/** The majority is against, and the candidate has a week left to answer. */
function hearing(days: Days): CaseScript {
  const way = concludedBy({ name: 'hoering', unit: VESTEGNEN, told: OF_ISHOJ.rasmus, began: 20, serial: 9 }, days, [
    'for',
    'against',
    'against',
  ]);
  const sent = way.day(14);
  return heardAbout(way.telling.on(sent), VESTEGNEN.lead, FACTS, sent).script();
}

/** The unit has asked for advice, and nobody has taken the question. */
function advice(days: Days): CaseScript {
  const way = concludedBy({ name: 'raad', unit: VESTEGNEN, told: OF_ISHOJ.bilal, began: 16, serial: 10 }, days, [
    'not-yet',
    'for',
    'not-yet',
  ]);
  return way.telling
    .on(way.day(12))
    .does(worker('kif.vestegnen'), 'assessment.askAdvice', {
      topic: 'suitability',
      question:
        'Kandidatens to brødre er medlemmer, og han bor tæt på dem. Har I erfaring med, hvornår det er en hindring, og hvad der har hjulpet andre i samme sted?',
      entries: [
        {
          text: 'Kandidaten har arbejde og har sagt nej til to opgaver for gruppen. Han ønsker fortsat kontakt til sine brødre, men ikke til gruppen.',
        },
      ],
    })
    .script();
}

/** The three disagree, and the contact point decides: one official has given his position, another authority's is missing. */
function finalDecision(days: Days): CaseScript {
  const way = concludedBy(
    { name: 'endelig-afgoerelse', unit: VESTEGNEN, told: OF_ISHOJ.noah, began: 33, category: '2a', serial: 11 },
    days,
    ['against', 'for', 'against'],
  );
  const official = worker('kontaktpunkt.politi');
  way.telling
    .on(way.day(13))
    .does(VESTEGNEN.lead, 'hearing.send', { facts: FACTS, deadline: days.ahead(-way.living.began + 29) });
  way.telling.on(way.day(20)).does(VESTEGNEN.writer, 'hearing.answer', {
    answer: 'Jeg har skiftet nummer nu. Jeg ved godt, jeg var derhenne. Det var for at hente mine ting.',
  });
  way.telling.on(way.day(24)).does(VESTEGNEN.writer, 'assessment.referToContactPoint', {
    account:
      'Politi og Kriminalforsorg finder ikke motivationen bærende. Kommunen mener, at kandidaten har flyttet sig siden høringen.',
    entries: [
      { text: 'Kandidaten har skiftet nummer, er begyndt i praktik og har ikke været set i kredsen de seneste to uger.' },
    ],
  });
  return way.telling
    .on(way.day(27))
    .does(official, 'contactPoint.takeQuestion', ({ questions }) => ({ question: idAt(questions, 0) }))
    .does(official, 'contactPoint.decide', ({ questions }) => ({
      question: idAt(questions, 0),
      position: 'accept',
      reasons: 'Der er sket noget siden høringen. Vi lægger vægt på, at kandidaten selv har handlet.',
    }))
    .script();
}

/** Refused by the majority after a hearing, and offered ordinary prevention. */
function refusal(days: Days): CaseScript {
  const way = concludedBy({ name: 'afslag', unit: VESTEGNEN, told: OF_ISHOJ.dennis, began: 60, serial: 12 }, days, [
    'against',
    'against',
    'for',
  ]);
  way.telling
    .on(way.day(13))
    .does(VESTEGNEN.lead, 'hearing.send', { facts: FACTS, deadline: days.ahead(-way.living.began + 27) });
  way.telling
    .on(way.day(20))
    .does(VESTEGNEN.writer, 'hearing.answer', { answer: 'Det er fint nok. Jeg ved ikke rigtig, hvad jeg skal sige.' });
  refused(
    way.telling.on(way.day(23)),
    VESTEGNEN,
    'To af tre myndigheder finder ikke kandidaten motiveret. Han er set i kredsen gennem hele visitationen og ønsker ikke at give afkald på den.',
  );
  return way.telling
    .on(way.day(26))
    .does(VESTEGNEN.writer, 'prevention.offer', {
      outcome: 'offered',
      where: 'own-authority',
      note: 'Misbrugsbehandling og gældsrådgivning i kommunen.',
    })
    .script();
}

/** Refused by the unit; the candidate wants the contact point to look at it. */
function review(days: Days): CaseScript {
  const way = concludedBy({ name: 'proevelse', unit: FYN, told: OF_ODENSE.victor, began: 40, serial: 13 }, days, [
    'against',
    'for',
    'against',
  ]);
  way.telling.on(way.day(13)).does(FYN.lead, 'hearing.send', { facts: FACTS, deadline: days.ahead(-way.living.began + 27) });
  way.telling.on(way.day(18)).does(FYN.writer, 'hearing.answer', {
    answer: 'Jeg har gjort alt det, I sagde. Jeg kan ikke styre, hvem jeg møder på gaden.',
  });
  const reasons = 'Politiet og Kriminalforsorgen finder ikke kandidaten motiveret, fordi kredsen fortsat er hans daglige selskab.';
  refused(way.telling.on(way.day(24)), FYN, reasons);
  return way.telling
    .on(way.day(33))
    .does(FYN.writer, 'decision.requestReview', {
      account: 'Kandidaten siger: “Jeg fik nej, og jeg forstår det ikke. Spørg min praktikplads, om jeg har passet det.”',
      refusal: `Afslag på optagelse, ${formatDate(way.day(24))}\nDet er ikke opfyldt: Motivation: personen er ikke motiveret\n\nBegrundelse: ${reasons}`,
      entries: [{ text: 'Praktikstedet oplyser, at kandidaten har mødt hver dag i fem uger.' }],
    })
    .script();
}

/** An inmate whose assessment DfK has begun; police of the district is to confirm what stood in its register. */
function custody(days: Days): CaseScript {
  const way = new Way(
    {
      name: 'visitation-dfk',
      unit: DFK,
      told: IN_CUSTODY.kevin,
      began: 12,
      serial: 14,
      how: { place: 'custody', channel: 'custody' },
    },
    days,
  ).until('begun');
  return way.telling
    .on(way.day(5))
    .does(DFK.lead, 'assessment.targetGroup', { category: '1a' })
    .does(DFK.lead, 'assessment.recordObtained', {
      material: 'Afdelingen oplyser, at han holder sig for sig selv og ikke modtager besøg fra gruppen.',
    })
    .script();
}
