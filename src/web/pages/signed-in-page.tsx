import type { ComponentChildren } from 'preact';
import { mayAskGuidance } from '../../domain/access/functions.js';
import { paths } from '../paths.js';
import type { Answer, SignedInCall } from '../route.js';
import { SAID_COOKIE } from '../said-next.js';
import { Layout, type NavItem } from '../ui/layout.js';
import { formToken } from '../visitor.js';
import { saidOf } from './said.js';

type Place = 'Mit arbejde' | 'Overblik' | 'Underretninger' | 'Spørgsmål' | 'Sammenfald' | 'Sager' | 'Ny henvendelse' | 'Enheden' | 'Vejledning' | 'Tal' | 'Adgang' | 'none';

/** Who has neither cases nor tasks, and begins with what waits for his judgement. */
export const isOnlyAuditor = (functions: readonly string[]): boolean => functions.length > 0 && functions.every((one) => one === 'auditor');

/** The main menu, as far as the function goes. */
const navFor = (functions: readonly string[], place: Place, within: boolean): readonly NavItem[] => {
  const works = functions.some((one) => !['auditor', 'admin'].includes(one));
  const items: readonly [Place, string, boolean][] = [
    ['Mit arbejde', paths.home(), !isOnlyAuditor(functions)],
    ['Overblik', paths.overview(), functions.includes('contact_point')],
    ['Underretninger', paths.notifications(), functions.includes('contact_point')],
    ['Spørgsmål', paths.questions(), functions.includes('contact_point')],
    ['Sammenfald', paths.matches(), functions.includes('contact_point')],
    ['Sager', paths.cases(), works],
    ['Ny henvendelse', paths.newInquiry(), works && !functions.includes('screening')],
    ['Enheden', paths.unit(), functions.some((one) => one === 'police_exit' || one === 'custody_exit')],
    ['Vejledning', paths.guidance(), mayAskGuidance(functions) || functions.includes('contact_point')],
    ['Tal', functions.includes('contact_point') ? paths.figures() : paths.published(), works],
    ['Adgang', paths.review(), functions.includes('auditor')],
  ];
  return items.filter(([, , shown]) => shown).map(([label, href]) => ({ label, href, current: label === place ? (within ? 'within' : 'page') : false }));
};

export const tokenFor = (call: SignedInCall): string => formToken(call.settings.csrfKey, call.visitor);

interface PageProps {
  readonly title: string;
  readonly place: Place;
  readonly within?: boolean;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Nothing on it is confidential: its print does not say so. */
  readonly open?: boolean;
}

/** A page in the frame, with what was just done said on top of it, once. */
export function signedInPage(call: SignedInCall, { title, place, within = false, status, headers, open }: PageProps, children: ComponentChildren): Answer {
  const { visitor, settings, now } = call;
  const said = call.request.cookies[SAID_COOKIE];
  if (said !== undefined) void call.reply.clearCookie(SAID_COOKIE, { path: '/' });
  const text = said === undefined ? undefined : saidOf(said);
  const body = (
    <Layout
      title={title} user={visitor} nav={navFor(visitor.functions, place, within)} csrf={tokenFor(call)} printedBy={`${visitor.name}, ${visitor.authorityName}`} open={open}
      now={now} version={settings.version} demonstration={settings.demonstration} {...(text === undefined ? {} : { flash: { kind: 'success', text } })}
    >
      {children}
    </Layout>
  );
  return { kind: 'page', body, ...(status === undefined ? {} : { status }), ...(headers === undefined ? {} : { headers }) };
}
