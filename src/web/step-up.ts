import { isSteppedUp, noteStepUpDenied } from '../store/step-up.js';
import { stepUpPage, stepUpProblem } from './pages/plain/step-up.js';
import { againOf, caseAsked, isApi, type Route, type SentAnswer, type SignedInCall } from './route.js';

/** Whether the route is refused to this person until he has proved himself anew (control 18); the database is asked only where the route says so. */
export async function lacksStepUp({ stepUp }: Route, call: SignedInCall): Promise<boolean> {
  const { house, visitor } = call;
  const asked = typeof stepUp === 'function' ? stepUp(call) : stepUp === 'everybody' || (stepUp === 'contact-point' && visitor.functions.includes('contact_point'));
  return asked && !(await isSteppedUp(house.web, visitor.token));
}

const isPage = (routes: readonly Route[], pathname: string): boolean => {
  const given = pathname.split('/');
  return routes.some(({ method, path }) => {
    const parts = path.split('/');
    return method === 'GET' && !isApi(path) && parts.length === given.length && parts.every((part, at) => (part.startsWith(':') ? given[at] !== '' : part === given[at]));
  });
};
/** The page at a path, or the nearest above it: what came as the answer to a form, as names or what two cases have in common, may have no page of its own to come back to. @returns the path of a page */
export const pageAt = (routes: readonly Route[], pathname: string): string =>
  pathname === '' ? '/' : isPage(routes, pathname) ? pathname : pageAt(routes, pathname.slice(0, pathname.lastIndexOf('/')));

/** Refuses an act for want of a proof: one row in the log, and the way to a login. @param routes every address there is */
export async function demandStepUp(route: Route, call: SignedInCall, routes: readonly Route[]): Promise<SentAnswer> {
  await noteStepUpDenied(call.house.web, call.visitor.token, caseAsked(route, call), route.purpose);
  return isApi(route.path) ? stepUpProblem() : stepUpPage(call, { keeps: route.method === 'POST' && againOf(route) !== undefined, search: route.rate === 'search', pageAt: (pathname) => pageAt(routes, pathname) });
}
