import type { Hit } from '../../../store/matching/hits.js';
import { Alert } from '../../ui/alert.js';
import { hasteWords } from './words.js';

/** Which of the two hastes, and why that is looked at today; nothing where neither does (FM-INT-3). */
export const Hastes = ({ row }: { readonly row: Pick<Hit, 'numbers' | 'urgent'> }) => {
  const words = hasteWords(row);
  if (words === undefined) return null;
  return <Alert kind="warning" title={`${words}, og ingen har taget ${row.urgent.every(Boolean) ? 'dem' : 'den'}`}>Personen er bange for sin sikkerhed, og ingen har læst, hvad der blev sagt. Gør det færdigt i dag.</Alert>;
};
