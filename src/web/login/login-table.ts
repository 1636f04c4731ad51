import { LOGIN_PATHS } from './login-paths.js';
import type { LoginCall, LoginRoutes } from './routes.js';
import type { Route, SentAnswer } from '../route.js';

/** The login's addresses as rows of the route table; its handlers send their own answers. */
export function loginTable({ startLogin, finishLogin, backChannel, logout }: LoginRoutes): readonly Route[] {
  const sent =
    (handle: (call: LoginCall) => Promise<void>) =>
    async (call: LoginCall): Promise<SentAnswer> => {
      await handle(call);
      return { kind: 'sent' };
    };
  return [
    {
      method: 'GET',
      path: LOGIN_PATHS.login,
      permission: 'public',
      purpose: 'log in',
      audit: 'none: no case data',
      rate: 'login',
      handle: sent(startLogin),
    },
    {
      method: 'GET',
      path: LOGIN_PATHS.callback,
      permission: 'public',
      purpose: 'log in',
      audit: 'none: no case data',
      rate: 'login',
      handle: sent(finishLogin),
    },
    {
      method: 'POST',
      path: LOGIN_PATHS.backChannel,
      permission: 'public',
      purpose: 'log out',
      audit: 'logout.backchannel',
      rate: 'login',
      handle: sent(backChannel),
    },
    {
      method: 'POST',
      path: `/${LOGIN_PATHS.logout.slice(1)}`,
      permission: 'signed-in',
      purpose: 'log out',
      audit: 'none: no case data',
      rate: 'write',
      handle: sent(logout),
    },
  ];
}
