import { isSteppedUp, noteStepUpDenied } from '../store/step-up.js';
import { stepUpPage, stepUpProblem } from './pages/plain/step-up.js';
import { againOf, caseAsked, isApi, type Route, type SentAnswer, type SignedInCall } from './route.js';

/** Whether the route is refused to this person until he has proved himself anew (control 18); the database is asked only where the route says so. */
export async function lacksStepUp({ stepUp }: Route, call: SignedInCall): Promise<boolean> {
  const { house, visitor } = call;
  const asked = typeof stepUp === 'function' ? stepUp(call) : stepUp === 'everybody' || (stepUp === 'contact-point' && visitor.functions.includes('contact_point'));
  return asked && !(await isSteppedUp(house.web, visitor.token));
}

/** Refuses an act for want of a proof: one row in the log, and the way to a login. */
export async function demandStepUp(route: Route, call: SignedInCall): Promise<SentAnswer> {
  await noteStepUpDenied(call.house.web, call.visitor.token, caseAsked(route, call), route.purpose);
  return isApi(route.path) ? stepUpProblem() : stepUpPage(call, { keeps: route.method === 'POST' && againOf(route) !== undefined, search: route.rate === 'search' });
}
