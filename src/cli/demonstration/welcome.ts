import { authorityName } from '../../domain/reference/authorities.js';
import { DEMONSTRATION_PEOPLE } from '../../domain/reference/demonstration-people.js';

/** What stands in the terminal when a demonstration is ready: whom one can be, and how to stop. */
export function welcome(origin: string): string {
  const width = Math.max(...DEMONSTRATION_PEOPLE.map(({ login }) => login.length)) + 3;
  const people = DEMONSTRATION_PEOPLE.map(
    ({ login, name, title, authority }) =>
      `  ${login.padEnd(width)}${[name, title, authorityName(authority)].filter(Boolean).join(', ')}`,
  );
  return [
    '',
    'Demonstration: alle personer og sager er opfundne. Log ind som en af disse, uden adgangskode:',
    '',
    ...people,
    '',
    `Åbn ${origin} i en browser. Stop med Ctrl-C.`,
    '',
  ].join('\n');
}
