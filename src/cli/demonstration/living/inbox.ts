import { UNKNOWN_RESIDENCE } from '../../../domain/exit-case/residence.js';
import { addMinutes, type Instant } from '../../../domain/kernel/time.js';
import { type Candidate, inquires } from '../assessment-chapters.js';
import { type CaseScript, Telling, type Worker } from '../case-script.js';
import type { Days } from '../working-day.js';
import { OF_ISHOJ } from './of-ishoj.js';
import { worker } from './people.js';

/** Inquiries that nobody has taken: one that cannot wait, one that has waited too long, and those of the last days. */
export const inboxCases = (days: Days, now: Instant): readonly CaseScript[] => [
  untaken('indbakke-haster', addMinutes(now, -95), worker('ishoj.koordinator.2'), OF_ISHOJ.malthe, {
    channel: 'visit',
    urgent: true,
  }),
  untaken('indbakke-for-sent', days.ago(5), worker('kontaktpunkt.kl'), {
    name: 'Martin Bjergager',
    municipality: '0183',
    said: 'Jeg har ringet før og lagt på. Jeg vil gerne tale med nogen, der ikke råber af mig.',
    contact: 'Sms først. Han ringer selv tilbage.',
  }),
  untaken(
    'indbakke-hvidovre',
    days.ago(1),
    worker('kif.vestegnen'),
    {
      name: 'Gustav Ravnholt Lyng',
      municipality: '0167',
      said: 'Min tilsynsførende sagde, at der er noget, der hedder exit. Gælder det også for sådan en som mig?',
      contact: 'Gennem tilsynet hver anden torsdag.',
    },
    { channel: 'visit' },
  ),
  untaken(
    'indbakke-odense',
    days.ago(1),
    worker('odense.koordinator'),
    {
      name: 'Adam Hylleborg',
      municipality: '0461',
      said: 'I kom hen til mig på pladsen og sagde, at jeg kunne ringe. Så nu ringer jeg.',
      contact: 'Telefon efter kl. 15.',
    },
    { channel: 'outreach' },
  ),
  // Nobody knows where he lives: it lies at the contact point, which names the unit (FM-INT-7).
  untaken(
    'indbakke-uden-enhed',
    days.ago(1),
    worker('kif.vestegnen'),
    {
      name: 'Viktor Hedelund',
      municipality: '0461',
      said: 'Jeg sover et nyt sted hver uge. Hvis I finder ud af, hvem der skal hjælpe mig, så kommer jeg.',
      contact: 'Gennem tilsynet. Ring ikke.',
    },
    { channel: 'visit', municipality: UNKNOWN_RESIDENCE, whereabouts: 'Har ingen adresse. Sover på skift hos bekendte i Odense og i Københavnsområdet, og søger arbejde på Fyn.' },
  ),
  // He has a case in another unit already: the worker finds it by his number, and the contact point alone is told (FM-INT-3).
  untaken(
    'indbakke-dublet',
    days.ago(4),
    worker('kontaktpunkt.politi'),
    {
      name: OF_ISHOJ.yusuf.name,
      cpr: OF_ISHOJ.yusuf.cpr,
      municipality: '0461',
      said: 'Jeg bor hos min fætter i Odense nu. Jeg skriver, fordi jeg ikke tør sige det højt. Jeg vil væk fra dem.',
      contact: 'Kun på mail til en adresse, han selv har oprettet.',
    },
    { channel: 'message' },
  ),
  untaken(
    'indbakke-dfk',
    days.ago(1),
    worker('dfk.exit'),
    {
      name: 'Marcus Tjørnelund',
      municipality: '0259',
      said: 'Jeg skal ud om et år. Jeg vil gerne begynde nu, mens jeg har ro.',
      contact: 'Gennem betjenten på afdelingen. Ikke på fællesarealer.',
    },
    { place: 'custody', channel: 'custody' },
  ),
];

const untaken = (
  name: string,
  when: Instant | ReturnType<Days['ago']>,
  who: Worker,
  candidate: Candidate,
  how: object = {},
): CaseScript => {
  const telling = new Telling(name, who);
  return inquires(
    when.length > 10 ? telling.at(when as Instant) : telling.on(when as ReturnType<Days['ago']>),
    who,
    candidate,
    how,
  ).script();
};
