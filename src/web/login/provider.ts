import formbody from '@fastify/formbody';
import type { FastifyInstance, FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type Provider from 'oidc-provider';
import type { Configuration } from 'oidc-provider';
import { FUNCTIONS } from '../../domain/access/functions.js';
import { demonstrationPerson } from '../../domain/reference/demonstration-people.js';
import { CHOSEN, choosePersonPage, providerErrorPage } from './choose-person-page.js';
import { isLoopback, type IssuerSettings } from './issuers.js';
import { LOGIN_PATHS } from './login-paths.js';

const MOUNTED_AT = '/demo-login';
const CHOOSE = `${MOUNTED_AT}/vaelg`;

/** The issuer identifier of the demonstration's provider; with the login it is a person's key in the staff directory. */
export const demonstrationIssuer = (origin: string): string => new URL(MOUNTED_AT, origin).href;

export interface DemonstrationProvider {
  /** What the login must know of it; its secret is made anew at each start and never leaves the process. */
  readonly settings: IssuerSettings;
  /** Registered once, outside of the hooks that ask for sessions and form tokens. Stays within its own paths. */
  readonly plugin: FastifyPluginCallback;
}

/**
 * An OpenID provider inside the program, so that a demonstration logs in the way life does — and asks for no proof at all. Only for
 * demonstrations, and only where nobody but this machine's own browser gets to it.
 * @throws when the origin is not the machine itself
 */
export async function demonstrationProvider(origin: string): Promise<DemonstrationProvider> {
  const { host } = new URL(origin);
  if (!isLoopback(new URL(origin))) throw new Error(`the demonstration's logins are for 127.0.0.1 only, not for ${host}`);
  const settings: IssuerSettings = {
    issuer: demonstrationIssuer(origin),
    clientId: 'udvej',
    clientSecret: randomBytes(32).toString('base64url'),
    authorities: ['*'],
    functions: [...FUNCTIONS],
    levels: { substantial: ['substantial'], high: [] },
    label: 'Demonstration',
  };
  // Loaded here: a program in life never has it in memory.
  const { Provider: OpenIdProvider, interactionPolicy } = await import('oidc-provider');
  const policy = interactionPolicy.base();
  // Nobody is asked to let Udvej see who he is.
  policy.remove('consent');
  const provider = new OpenIdProvider(settings.issuer, {
    ...configuration(settings, new URL(LOGIN_PATHS.callback, origin).href),
    interactions: { policy, url: (_, { uid }) => `${CHOOSE}/${uid}` },
  });

  const plugin: FastifyPluginCallback = (app, _, ready) => {
    // Names that lead here from elsewhere (DNS rebinding) get nothing.
    app.addHook('onRequest', (request, reply, done) => {
      if (request.headers.host === host) done();
      else void reply.code(421).type('text/plain; charset=utf-8').send('Åbn Udvej på den adresse, den er startet med.');
    });
    app.removeAllContentTypeParsers();
    void app.register(standardPart(provider));
    void app.register(choosingPart(provider, origin));
    ready();
  };
  return { settings, plugin };
}

function configuration(settings: IssuerSettings, callback: string): Configuration {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const off = { enabled: false };
  return {
    clients: [
      {
        client_id: settings.clientId,
        client_secret: settings.clientSecret,
        redirect_uris: [callback],
        grant_types: ['authorization_code'],
        response_types: ['code'],
        id_token_signed_response_alg: 'ES256',
        default_acr_values: ['substantial'],
      },
    ],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'ES256', kid: 'demonstration' }] },
    pkce: { required: () => true },
    acrValues: ['substantial'],
    claims: { openid: ['sub', 'udvej_authority', 'udvej_functions'], profile: ['name'] },
    conformIdTokenClaims: false,
    features: {
      devInteractions: off,
      rpInitiatedLogout: off,
      userinfo: off,
      pushedAuthorizationRequests: off,
      resourceIndicators: off,
      dPoP: off,
    },
    cookies: {
      keys: [randomBytes(32).toString('base64url')],
      // The provider's own session is kept where no browser sends it back from: every login asks anew who one is.
      long: { path: `${MOUNTED_AT}/aldrig`, sameSite: 'lax', httpOnly: true },
      short: { sameSite: 'lax', httpOnly: true },
    },
    ttl: { AccessToken: 60, AuthorizationCode: 60, Grant: 600, IdToken: 300, Interaction: 600, Session: 600 },
    findAccount: (_, login) => {
      const person = demonstrationPerson(login);
      return (
        person && {
          accountId: login,
          claims: () => ({
            sub: login,
            name: person.name,
            udvej_authority: person.authority,
            udvej_functions: [...person.functions],
          }),
        }
      );
    },
    loadExistingGrant: async ({ oidc }) => {
      const grant = new oidc.provider.Grant({ clientId: oidc.client?.clientId, accountId: oidc.session?.accountId });
      grant.addOIDCScope('openid profile');
      await grant.save();
      return grant;
    },
    renderError: (ctx) => {
      ctx.type = 'html';
      ctx.body = providerErrorPage();
    },
  };
}

/** The provider's own addresses (discovery, authorization, token, keys), answered by it past Fastify. */
const standardPart =
  (provider: Provider) =>
  (app: FastifyInstance, _: object, done: () => void): void => {
    const answer = provider.callback();
    // It reads bodies itself.
    app.addContentTypeParser('*', (_request, _payload, parsed) => {
      parsed(null);
    });
    app.route({
      method: ['GET', 'POST'],
      url: `${MOUNTED_AT}/*`,
      handler: (request, reply) => {
        // Ours asks for none. Another way back is a page with a script in it, which no policy of ours lets run.
        if ('response_mode' in (request.query as object)) {
          void fail(reply);
          return;
        }
        const { raw } = request;
        // It finds out where it is mounted by comparing the two.
        Object.assign(raw, { originalUrl: raw.url, url: raw.url?.slice(MOUNTED_AT.length) });
        reply.hijack();
        for (const [name, value] of Object.entries({ ...reply.getHeaders(), ...UNSEEN }))
          if (value !== undefined) reply.raw.setHeader(name, value);
        void answer(raw, reply.raw);
      },
    });
    done();
  };

/** What the server's own hooks would have added to an answer that goes past them. */
const UNSEEN = { 'cache-control': 'no-store', 'x-robots-tag': 'noindex' } as const;

/** The page where one chooses a person, and the choice. */
const choosingPart =
  (provider: Provider, origin: string) =>
  async (app: FastifyInstance): Promise<void> => {
    await app.register(formbody, { bodyLimit: 1024 });
    const url = `${CHOOSE}/:uid` as const;
    app.get<{ Params: { uid: string } }>(url, async (request, reply) => {
      const asked = await interaction(provider, request, reply);
      if (asked !== request.params.uid) return fail(reply);
      return reply.type('text/html; charset=utf-8').send(choosePersonPage(`${CHOOSE}/${asked}`));
    });
    app.post<{ Params: { uid: string }; Body: Record<string, unknown> }>(url, async (request, reply) => {
      const asked = await interaction(provider, request, reply);
      const login = request.body[CHOSEN];
      if (
        asked !== request.params.uid ||
        !fromOurPage(request, origin) ||
        typeof login !== 'string' ||
        !demonstrationPerson(login)
      )
        return fail(reply);
      const result = { login: { accountId: login, acr: 'substantial', remember: false } };
      return reply.redirect(
        await provider.interactionResult(request.raw, reply.raw, result, { mergeWithLastSubmission: false }),
        303,
      );
    });
  };

/** The login under way that the browser's cookie tells of. */
const interaction = (provider: Provider, request: FastifyRequest, reply: FastifyReply): Promise<string | undefined> =>
  provider.interactionDetails(request.raw, reply.raw).then(
    ({ uid }) => uid,
    () => undefined,
  );

const fromOurPage = ({ headers }: FastifyRequest, origin: string): boolean =>
  [undefined, 'same-origin'].includes(headers['sec-fetch-site']) && [undefined, new URL(origin).origin].includes(headers.origin);

const fail = (reply: FastifyReply): FastifyReply => reply.code(400).type('text/html; charset=utf-8').send(providerErrorPage());
