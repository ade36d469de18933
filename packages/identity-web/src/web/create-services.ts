import { createClientTokens, createOAuthClient, type ClientTokens } from '../client/index.ts'
import { createEncryption } from '../encryption/index.ts'
import { toSeconds } from '../session/index.ts'
import type { Environment } from '../settings/provider-options.ts'
import type { GuardServices } from './guard/guard.ts'
import { createErrorResponses } from './http/error-response.ts'
import { createLoginUrls } from './http/login-urls.ts'
import type { SignInParameters } from './options/options.ts'
import type { ResolvedOptions } from './options/resolve-options.ts'
import { createTokenClients } from './runtime/clients.ts'
import { createDevicePacer } from './runtime/device-pacer.ts'
import { createSessions } from './runtime/sessions.ts'
import { createTransactions } from './runtime/transaction.ts'
import type { CallbackServices } from './sign-in/callback.ts'
import type { DevicePollServices } from './sign-in/device-poll.ts'
import { createSignOutStates, type AfterSignOutServices } from './sign-out/after-sign-out.ts'
import type { BackChannelServices } from './sign-out/back-channel.ts'
import type { FrontChannelServices } from './sign-out/front-channel.ts'
import type { SignOutServices } from './sign-out/sign-out.ts'

/** All services that the routes and guards of a configured `Auth` use. Each route or guard needs some of them. */
export interface WebServices<User>
  extends
    GuardServices,
    CallbackServices<User>,
    DevicePollServices<User>,
    SignOutServices<User>,
    AfterSignOutServices,
    FrontChannelServices<User>,
    BackChannelServices {
  readonly clientTokens: ClientTokens
}

/** Creates the services of an `Auth`, once. */
export function createServices<User>(
  options: ResolvedOptions<User>,
  environment: Environment,
): WebServices<User> {
  const { authority, clientId, endpoint, flow, logger, postLogoutRedirectUri, session } = options
  const { onLogin, onLogout, pages = {}, responseMode, scopes } = options
  const clock = options.now ?? Date.now
  const now = toSeconds(clock)
  // A value that was encrypted for one client and provider never opens for another.
  const owner = `${clientId} ${authority.url}`

  const clients = createTokenClients(options, (of) =>
    createOAuthClient(of, {
      clientId,
      credential: options.credential,
      capabilities: options.capabilities,
      transport: { fetch: options.fetch, timeout: options.timeout },
      now,
    }),
  )
  const { client } = clients.main
  const namedGroups = new Set<string>()
  const loginUrls = createLoginUrls(
    flow,
    createEncryption(session.secrets, `login request ${owner}`),
  )
  return {
    ...createSessions(options, owner, now),
    client,
    clients,
    clientTokens: createClientTokens(client),
    devicePacer: createDevicePacer(clock),
    endpoint,
    errorResponses: createErrorResponses({
      client,
      flow,
      loginUrls,
      logger,
      pages,
      isProduction: environment['NODE_ENV'] === 'production',
      now,
    }),
    fetch: options.fetch,
    flow,
    hooks: { onLogin, onLogout },
    lifetimes: session.lifetimes,
    logger,
    loginUrls,
    namedGroups,
    now,
    pages,
    postLogoutRedirectUri,
    signInDefaults: {
      scopes,
      responseMode,
      parameters: defaultParameters(options),
      // Only Entra ID has the look-up of groups that a token cannot contain.
      namedGroups: authority.kind === 'entra' ? namedGroups : new Set(),
    },
    signOutStates: createSignOutStates(
      options,
      createEncryption(session.secrets, `sign-out ${owner}`),
    ),
    transactions: createTransactions(options, now),
  }
}

/**
 * Returns the parameters of every sign-in. Leaves out undefined parameters, because `undefined` would replace other
 * values.
 */
function defaultParameters({
  prompt,
  loginHint,
  domainHint,
  maxAgeSeconds: maxAge,
  claimsRequest: claims,
  extraParams,
}: SignInParameters): SignInParameters {
  return {
    ...(prompt !== undefined && { prompt }),
    ...(loginHint !== undefined && { loginHint }),
    ...(domainHint !== undefined && { domainHint }),
    ...(maxAge !== undefined && { maxAgeSeconds: maxAge }),
    ...(claims !== undefined && { claimsRequest: claims }),
    ...(extraParams !== undefined && { extraParams }),
  }
}
