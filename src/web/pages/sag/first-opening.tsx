import { randomUUID } from 'node:crypto';
import { isFullMember } from '../../../domain/exit-case/circle.js';
import { hasWorked } from '../../../domain/exit-case/new-in-circle.js';
import { paths } from '../../paths.js';
import type { Answer, SignedInCall } from '../../route.js';
import { ActButton, LinkButton, Tools } from '../../ui/buttons.js';
import { tokenFor } from '../signed-in-page.js';
import { threatShownTo } from './acute-banner.js';
import { barePage, type CaseCall, type CaseNames } from './case-page.js';

/** The command of who has a conflict of interest; its form shows no more of the case than the question does. */
export const DECLARE_CONFLICT = 'circle.declareConflict';

/**
 * Whether the reader is still to be asked if he has a conflict of interest: a full member who has done nothing in the case but come into it, and not
 * answered before; who took the inquiry or the case among them (FM-DEC-4).
 */
export function isToBeAsked({ opened }: CaseCall): boolean {
  const { state, actor, facts, entries, impartial } = opened;
  if (!isFullMember(state, actor.user) || state.ending.closed) return false;
  return !impartial && !hasWorked([...facts, ...entries], actor.user);
}

/** The same before a page: not while he is warned of a danger, for nothing stands between him and that. A form, a file and what is sent are no warning (FM-SEC-3). */
export const isToBeAskedOnPage = (on: CaseCall): boolean => threatShownTo(on.opened) === undefined && isToBeAsked(on);

/** An address of this very case as a browser writes it; anything else is no way on. */
const ON_IN_THE_CASE = /^[\w./?=&%-]{0,400}$/;
/** The page of the case that somebody asked for before the question stood in its way, as its forms carry it along. */
export const wayOn = ({ body }: SignedInCall, id: string): string | undefined => {
  const asked = ((body ?? {}) as Readonly<Record<string, unknown>>)['til'];
  return typeof asked === 'string' && asked.startsWith(`${paths.case(id)}/`) && ON_IN_THE_CASE.test(asked) && !asked.includes('..') ? asked : undefined;
};

/** The question before somebody's first opening of a case; the name when he has asked for it, which is in the log. */
export const conflictQuestion = (on: CaseCall, names?: CaseNames): Answer => {
  const { call, opened } = on;
  const csrf = tokenFor(call);
  const til = call.request.method === 'GET' ? call.request.url : wayOn(call, opened.id);
  const values: Readonly<Record<string, string>> = til === undefined ? {} : { til };
  return barePage(on, {
    children: (
      <section class="section" aria-labelledby="inhabil">
        <h2 id="inhabil">Er du inhabil i sagen?</h2>
        <p>Du er inhabil, hvis sagen angår dig selv, din familie eller en, du er nært knyttet til, eller hvis noget andet kan skabe tvivl om, at du er upartisk (forvaltningslovens § 3).</p>
        {names === undefined
          ? <><p>Kan du ikke svare uden at vide, hvem sagen handler om, så vis navnet. Det står i loggen, at du har set det.</p><ActButton action={paths.names(opened.id)} csrf={csrf} kind="secondary" values={values}>Vis navnet</ActButton></>
          : <p>Sagen handler om <strong>{names.name ?? 'Ikke oplyst'}</strong>.</p>}
        <Tools>
          <ActButton action={paths.impartial(opened.id)} csrf={csrf} idempotencyKey={randomUUID()} kind="primary" values={values}>Nej, åbn sagen</ActButton>
          <LinkButton href={paths.act(opened.id, DECLARE_CONFLICT)}>Ja, jeg er inhabil</LinkButton>
        </Tools>
      </section>
    ),
  });
};
