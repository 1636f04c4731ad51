import { absentEmergency, seeEmergency } from '../../../app/emergency-told.js';
import { refusedBy } from '../../../app/house.js';
import { copenhagenDate, formatInstant } from '../../../domain/kernel/time.js';
import { authorityName, unitName } from '../../../domain/reference/authorities.js';
import { emergenciesTold, type EmergencyTold } from '../../../store/emergency.js';
import { paths } from '../../paths.js';
import type { Answer, SignedInCall } from '../../route.js';
import { ActButton, LinkButton, Tools } from '../../ui/buttons.js';
import { PageHead } from '../../ui/layout.js';
import type { Todo } from '../../ui/todo-list.js';
import { signedInPage, tokenFor } from '../signed-in-page.js';

/** An emergency opening as it waits among the contact point's work: due the day it happened. */
export const emergencyTodo = (told: EmergencyTold): Todo => ({
  key: told.id, title: 'Se, at et sikkerhedskort er åbnet i en nødsituation', due: copenhagenDate(told.at), href: paths.emergencyTold(told.id), action: 'Se nødopslaget',
  place: told.number, who: `${authorityName(told.authority)}, ${formatInstant(told.at)}`,
});

/** What the contact point is told of an emergency opening: number, unit, when and which authority; never why, nor who (FM-CNF-10). */
export async function emergencyToldPage(call: SignedInCall): Promise<Answer> {
  try {
    const told = (await emergenciesTold(call.house.web, call.visitor.token)).find((one) => one.id === call.params['id']);
    if (!told) {
      await absentEmergency(call.house, call.visitor.token);
      return { kind: 'absent' };
    }
    return signedInPage(call, { title: 'Nødopslag', place: 'Mit arbejde', within: true }, (
      <>
        <PageHead title={`Nødopslag i ${told.number}`} />
        <p>{`En medarbejder fra ${authorityName(told.authority)} åbnede sikkerhedskortet ${formatInstant(told.at)} på grund af fare for liv. Sagen hører til ${unitName(told.unit)}.`}</p>
        {told.attended
          ? <p>Sagens koordinator har fået grunden at læse, og revisoren gennemgår opslaget inden for 72 timer. Du skal kun se, at det er sket.</p>
          : <p>{`Sagen har ingen koordinator. Exitenheden, ${unitName(told.unit)}, kan se, at kortet er åbnet, men læser først grunden, når en af dem har taget sagen. Ring til enheden, hvis ingen gør det i dag. Revisoren gennemgår opslaget inden for 72 timer.`}</p>}
        <p>Når én af jer har set det, står det ikke længere på Mit arbejde hos nogen i kontaktpunktet.</p>
        <Tools>
          <ActButton action={paths.emergencyTold(told.id)} csrf={tokenFor(call)} kind="primary">Jeg har set nødopslaget</ActButton>
          <LinkButton href={paths.home()}>Senere</LinkButton>
        </Tools>
      </>
    ));
  } catch (error) {
    return refusedBy(error);
  }
}

export async function sendSeen(call: SignedInCall): Promise<Answer> {
  const done = await seeEmergency(call.house, call.visitor.token, call.params['id'] ?? '');
  return done.kind === 'seen' ? { kind: 'redirect', to: paths.home(), said: 'emergency.seen' } : done;
}
