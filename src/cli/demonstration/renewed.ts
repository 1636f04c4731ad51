import { addDays, copenhagenDate, daysBetween, instantOf, type PlainDate } from '../../domain/kernel/time.js';
import type { CaseScript, Known, Step } from './case-script.js';

/** Days after which the people of a running case are renewed, so that the demonstration's cases stand open for a month and more. */
const OLD_DAYS = 45;
/** How long ago the renewal was: not the same day in every case. */
const SPREAD_DAYS = 20;
const CLOSING: readonly string[] = ['inquiry.close', 'assessment.interrupt', 'decision.refuse', 'discharge.write'];

/**
 * The script with the access of those who are still in the case renewed at its end: who has been in it for longer than ninety days would have lost it
 * (security.md, control 44). A case that is over, not yet taken or young stays as it is.
 * @param today the day the script is told for
 */
export function renewed(script: CaseScript, today: PlainDate): CaseScript {
  const { steps, name } = script;
  const taken = steps.find((step) => step.command === 'inquiry.take');
  const last = steps.at(-1);
  if (taken === undefined || last === undefined || steps.some((step) => CLOSING.includes(step.command))) return script;
  // In custody the officer has nobody to renew before somebody is asked in.
  if (!taken.who.functions.includes('police_exit') && !steps.some((step) => step.command === 'circle.add')) return script;
  if (daysBetween(copenhagenDate(taken.at), today) < OLD_DAYS) return script;
  const ago = 1 + (Buffer.from(name).reduce((sum, byte) => sum + byte, 0) % SPREAD_DAYS);
  const morning = instantOf(addDays(today, -ago), 8, 40);
  const at = morning > last.at ? morning : last.at;
  const by = (who: Step['who'] | undefined, whose: keyof Known['toRenew']): readonly Step[] =>
    who === undefined ? [] : [{ at, who, command: 'circle.renew', input: (known: Known) => (known.toRenew[whose].length === 0 ? undefined : { members: known.toRenew[whose] }) }];
  const municipal = steps.find(({ who }) => who.functions.includes('municipal_exit'))?.who;
  return { ...script, steps: [...steps, ...by(municipal, 'others'), ...by(taken.who, 'coordinator')] };
}
