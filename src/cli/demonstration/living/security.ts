import { PROTECTION_SINCE } from '../../../domain/exit-case/protected-address.js';
import type { Days } from '../working-day.js';
import { worker } from './people.js';
import type { Way } from './way.js';

/** The address is protected and stands in the case, and the contact person may read it this week; before there was such protection nothing is told. */
export function withProtectedAddress(way: Way, days: Days): Way {
  const { telling, living: { unit: { police, writer } } } = way;
  const on = days.ago(16);
  if (on < PROTECTION_SINCE) return way;
  telling.on(on).does(police, 'address.protect', { step: 'notice', on, children: 'none' }).does(writer, 'address.protect', { step: 'receipt', on });
  telling.on(days.ago(3)).does(police, 'address.hold', { address: 'Prøvevej 999, 0000 Ingensteds', why: 'Patruljen skal kunne finde frem om natten.' })
    .does(police, 'address.allow', { user: writer.id, until: days.ahead(7), why: 'Skal hjælpe med at sætte lås i.' });
  return way;
}

/** An acute threat was raised by the contact person, assessed the same day and lifted two days after. */
export function withThreatOver(way: Way, days: Days): Way {
  const { telling, living: { unit: { police, writer } } } = way;
  telling.on(days.ago(19))
    .does(writer, 'security.raiseAcute', { why: 'To personer fra miljøet spurgte efter kandidaten på arbejdspladsen i formiddags.' })
    .does(police, 'security.confirmAlert')
    .does(police, 'security.assess', { occasion: 'change', level: 'high', text: 'Truslen var konkret, men gjaldt gæld, der nu er betalt.', precautions: [] });
  telling.on(days.ago(17)).does(police, 'security.liftAcute', { why: 'De to er anholdt i en anden sag, og gælden er ude af verden.' });
  return way;
}

/** Rigspolitiet was asked for a screening some days ago; with `searched` the first search is made. */
export function withScreening(way: Way, days: Days, daysAgo: number, searched: boolean): Way {
  const { telling, living: { unit: { police } } } = way;
  const screener = worker('rigspolitiet.screening');
  telling.on(days.ago(daysAgo)).does(police, 'screening.ask', { screener: screener.id, what: 'Er der åbne profiler, der peger på, hvem der leder efter kandidaten?' });
  if (searched) {
    telling.on(days.ago(daysAgo - 1)).does(screener, 'screening.recordSearch', { where: 'Et socialt medie, åbne profiler', found: 'yes', text: 'To profiler nævner kandidatens kaldenavn. Ingen nævner, hvor kandidaten er.' });
  }
  return way;
}
