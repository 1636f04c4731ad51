import { formatDate, type PlainDate } from '../../../domain/kernel/time.js';
import type { ReRegistered } from '../../../store/re-registration.js';
import type { FormError } from '../../ui/error-summary.js';

/** The same words whether there is no such number, the case goes on, or it is not for the official. */
const ABSENT = 'Der er ikke noget afsluttet forløb med det nummer. Se efter, om det er skrevet rigtigt.';
/** What is in the way, at its field; undefined when it was done. @param another how he says that it is another than the one that stands for a day near it */
export const faultOf = (said: ReRegistered, on: PlainDate, another: string): FormError | undefined => {
  switch (said.kind) {
    case 'absent': return { name: 'number', message: ABSENT };
    case 'before': return { name: 'on', message: `Forløbet sluttede ${formatDate(said.day)}. Skriv den dag eller en senere.` };
    case 'near': return { name: 'another', message: `Det står her allerede, at personen blev registreret igen ${formatDate(said.day)}. Er det en ny registrering, så ${another}. Er det den samme, skal du ikke gemme noget.` };
    case 'known': return { name: 'on', message: `Det er allerede registreret, at det skete ${formatDate(on)}.` };
    case 'none': return { name: 'on', message: `Der er ikke registreret noget for ${formatDate(on)}, så der er intet at rette.` };
    case 'recorded': case 'withdrawn': return undefined;
  }
};
