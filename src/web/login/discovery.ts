import {
  allowInsecureRequests,
  ClientSecretBasic,
  ClientSecretPost,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
} from 'openid-client';
import type { ClientAuth, Configuration, CustomFetch } from 'openid-client';
import type { IssuerSettings } from './issuers.js';

const ANSWER_WITHIN_SECONDS = 5;

/** The standard's default, unless the provider says that it takes only the other. */
function clientSecret(secret: string): ClientAuth {
  const basic = ClientSecretBasic(secret);
  const post = ClientSecretPost(secret);
  return (server, ...request) =>
    (server.token_endpoint_auth_methods_supported?.includes('client_secret_basic') === false ? post : basic)(server, ...request);
}

/**
 * What an identity provider says about itself: asked at the first login, kept while the program runs, and asked again after a failure.
 * Tokens are verified by its keys although they come straight from it: TLS alone would make its proxy an issuer too.
 */
export function lazyDiscovery(settings: IssuerSettings, fetch?: CustomFetch): () => Promise<Configuration> {
  const server = new URL(settings.issuer);
  let known: Promise<Configuration> | undefined;
  return () => {
    known ??= discovery(server, settings.clientId, undefined, clientSecret(settings.clientSecret), {
      timeout: ANSWER_WITHIN_SECONDS,
      execute: [enableNonRepudiationChecks, ...(server.protocol === 'http:' ? [allowInsecureRequests] : [])],
      ...(fetch === undefined ? {} : { [customFetch]: fetch }),
    }).catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
}
