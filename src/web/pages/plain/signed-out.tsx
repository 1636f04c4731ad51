import { PlainPage } from '../../answers.js';
import { loginPath } from '../../login/login-paths.js';
import type { Call, SentAnswer } from '../../route.js';
import { KeptForm, keptFields } from './kept-form.js';

/**
 * The answer to a form whose session ran out meanwhile: what was typed goes back to who sent it, out of sight, and is kept nowhere else; after
 * a login in another tab it is sent again from here, and shown to the same person before anything is carried out (FM-WORK-5). Left alone, the
 * page goes. It holds nothing but what was sent, so it says nothing of any case (access.md, order of checks).
 */
export function typedKept({ body, request, now }: Pick<Call, 'body' | 'request' | 'now'>): SentAnswer {
  const fields = keptFields(body);
  if (fields === undefined) return { kind: 'signed-out' };
  return {
    kind: 'page',
    status: 401,
    body: (
      <PlainPage title="Du er logget ud" now={now} leaves>
        <KeptForm action={request.url} fields={fields} login={loginPath()} />
      </PlainPage>
    ),
  };
}
