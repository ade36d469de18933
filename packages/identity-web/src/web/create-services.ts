import {
  createApis,
  createClientTokens,
  createOAuthClient,
  type ClientTokens,
} from '../client/index.ts'
import { createEncryption } from '../encryption/index.ts'
import { toSeconds } from '../session/index.ts'
import type { Environment } from '../settings/provider-options.ts'
import type { ConnectionServices } from './guard/connection.ts'
import { sessionApis, type Endpoint } from './guard/downstream.ts'
import type { GuardServices } from './guard/guard.ts'
import { createCrossSiteCheck } from './http/cross-site.ts'
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
    BackChannelServices,
    ConnectionServices {
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
      transport: { fetch: options.fetch, timeoutSeconds: options.timeoutSeconds },
      now,
    }),
  )
  const { client } = clients.main
  const apis = createApis(options.apis, authority, client.traits.prefixedScopes)
  const loginUrls = createLoginUrls(
    flow,
    createEncryption(session.secrets, `login request ${owner}`),
  )
  const services: WebServices<User> = {
    ...createSessions(options, owner, now),
    apis,
    client,
    clients,
    clientTokens: createClientTokens(client),
    crossSite: createCrossSiteCheck({
      origin: flow.origin,
      trustedOrigins: options.trustedOrigins,
      csrfHeader: options.csrfHeader,
    }),
    namedApis: (http) => namedApis(http),
    devicePacer: createDevicePacer(clock),
    endpoint: toEndpoint(endpoint, environment),
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
    now,
    pages,
    postLogoutRedirectUri,
    signInDefaults: { scopes, responseMode, parameters: defaultParameters(options) },
    signOutStates: createSignOutStates(
      options,
      createEncryption(session.secrets, `sign-out ${owner}`),
    ),
    transactions: createTransactions(options, now),
  }
  const namedApis = sessionApis(services)
  return services
}

function toEndpoint(url: string | undefined, environment: Environment): Endpoint {
  if (url !== undefined) return { url }
  const start = 'context.fetch() needs a URL or a path'
  const example = "for example context.fetch('/me')"
  // Azure App Service sets both variables for its managed identity.
  return environment['IDENTITY_HEADER']
    ? {
        missing: `${start}, because the platform uses IDENTITY_ENDPOINT for its managed identity here (it also sets IDENTITY_HEADER). Set Auth({ endpoint }) in code, or pass a URL or a path, ${example}.`,
      }
    : {
        missing: `${start}, because endpoint is not configured. Set Auth({ endpoint }) or IDENTITY_ENDPOINT, for example https://graph.microsoft.com/v1.0/me, or pass a URL or a path, ${example}.`,
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
  maxAgeSeconds,
  claimsRequest,
  extraParams,
}: SignInParameters): SignInParameters {
  return {
    ...(prompt !== undefined && { prompt }),
    ...(loginHint !== undefined && { loginHint }),
    ...(domainHint !== undefined && { domainHint }),
    ...(maxAgeSeconds !== undefined && { maxAgeSeconds }),
    ...(claimsRequest !== undefined && { claimsRequest }),
    ...(extraParams !== undefined && { extraParams }),
  }
}
