import type { ExitCase } from '../../../domain/exit-case/case.js';
import { isFullMember } from '../../../domain/exit-case/circle.js';
import { isClosed } from '../../../domain/exit-case/ending.js';
import { formatDate } from '../../../domain/kernel/time.js';
import { unitName } from '../../../domain/reference/authorities.js';
import { tellingBasisLabel } from '../../../domain/reference/telling-bases.js';
import { othersOver } from '../../../store/matching/tellings.js';
import { paths } from '../../paths.js';
import { Section } from '../../ui/layout.js';
import type { CaseCall } from './case-page.js';

/** Which other case it is, as far as the unit may know it, and whom to speak with about it (FM-INT-3). Nothing where the unit was told nothing. */
export const WhichOther = ({ state, over = false }: { readonly state: ExitCase; readonly over?: boolean }) => {
  const { told } = state.double;
  if (told === undefined) return null;
  const [which, whom] = told.other === undefined
    ? ['Der er en anden sag om samme person hos en enhed. Kontaktpunktet har fundet det, og den anden enhed ved det ikke.', 'Tal kun med kontaktpunktet om den anden sag.']
    : [`Der er en anden sag om samme person: ${told.other.number} hos ${unitName(told.other.unit)}. Kontaktpunktet har fundet det, og den anden enhed har også fået besked.${told.other.hastes === true && !over ? ' Den hastede, og ingen havde læst den, da I fik besked: ring til dem i dag.' : ''}`,
      over ? 'Mangler I noget fra den, så spørg dem, om nogen nåede at læse, hvad personen sagde.' : 'Aftal med dem, hvem der taler med personen, og hvad der skal med over i den sag, der går videre.'];
  return <p>{isClosed(state) ? which : `${which} ${whom}`}</p>;
};

/** Which of the two the contact point has let end: this case, or the other one, by its number where this unit has that (FM-INT-3). Undefined where the unit was told nothing. @param noun what this one is: 'sag', 'henvendelse' @param over the other one has ended since */
export function whichEnds({ double: { told } }: ExitCase, noun: 'sag' | 'henvendelse', over = false): string | undefined {
  if (told === undefined) return undefined;
  if (over && told.other !== undefined) return `${told.other.number} er afsluttet nu. Denne ${noun} går videre.`;
  return `Kontaktpunktet har afgjort, at ${told.ends ? `det er denne ${noun}, der slutter som dublet` : `${told.other?.number ?? 'den anden sag'} slutter som dublet. Denne ${noun} går videre`}.`;
}

/** Under it on the form that answers: what is asked of the unit. @param ends the form ends the case */
export const AnswerToOther = ({ id, state, ends }: { readonly id: string; readonly state: ExitCase; readonly ends: boolean }) => (
  <>
    <WhichOther state={state} />
    {ends && <p><a href={`${paths.case(id, 'visitation')}#henvendelse`}>Læs, hvad personen sagde</a>, og sørg for, at det kommer med over, før sagen slutter.</p>}
    <p><strong>{whichEnds(state, 'sag')}</strong>{state.double.told?.ends === false ? ' Tryk på knappen, så står det i sagen, at I har set det.' : ''}</p>
  </>
);

/** Whether the other case, which was to end, is over: asked only where this unit was told which it is, and nothing else of it. */
export async function isOtherOver({ call, opened: { id, state, actor } }: CaseCall): Promise<boolean> {
  const { told } = state.double;
  if (told?.other === undefined || told.ends || isClosed(state) || !isFullMember(state, actor.user)) return false;
  return (await othersOver(call.house.web, call.visitor.token, id)).includes(told.other.number);
}

/** What the contact point has told this unit of another case about the same person; of the other case not a word more, but that it is over (FM-INT-3). */
export const OtherCase = ({ on: { opened: { state, actor } }, over }: { readonly on: CaseCall; readonly over: boolean }) => {
  const { told } = state.double;
  if (told === undefined || !isFullMember(state, actor.user)) return null;
  return (
    <Section id="anden-sag" title="En anden sag om samme person">
      <WhichOther state={state} over={over} />
      {!isClosed(state) && <p>{`${whichEnds(state, 'sag', over) ?? ''}${told.ends ? ' Kan I ikke det, så notér, at I fører den videre, og tal med kontaktpunktet.' : ''}`}</p>}
      <p class="muted small">{`Besked givet ${formatDate(told.on)}. Grundlag: ${tellingBasisLabel(told.basis)}.`}</p>
    </Section>
  );
};
