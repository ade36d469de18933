// Creates the services of an Auth, once.
import { applicationTokens, createApis } from '../client/index.ts'
import { createEncryption, type Encryption } from '../encryption/index.ts'
import { docsBaseOf } from '../docs-url.ts'
import type { EventEmitter } from '../event-emitter.ts'
import type { Environment } from '../host-traits.ts'
import type { ResolvedOptions } from '../options/resolve-auth.ts'
import { signInParametersOf } from '../options/sign-in-parameters.ts'
import { connectPreviews } from '../seams/previews.ts'
import { toSeconds } from '../session/index.ts'
import type { BrowserSessionServices } from './browser-session/services.ts'
import { sessionApis } from './guard/downstream.ts'
import type { GuardServices } from './guard/services.ts'
import { createCrossSiteCheck } from './http/cross-site.ts'
import { createSitePages } from './http/load-pages.ts'
import { createLoginUrls } from './http/login-urls.ts'
import { loadRoutes } from './load-routes.ts'
import { createClients, type Provider } from './runtime/provider.ts'
import type { AppServices } from './runtime/services.ts'
import { createSessions } from './runtime/sessions.ts'
import { createPurposes, createTransactions } from './runtime/transaction.ts'
import { createLoginParameters } from './sign-in/login-parameters.ts'
import { createMissingRefreshTokenReport } from './sign-in/missing-refresh-token.ts'
import type { SignInServices } from './sign-in/services.ts'
import { createSignOutStates } from './sign-out/after-sign-out.ts'
import type { SignOutServices } from './sign-out/services.ts'
import { createRevalidation } from './users/revalidation.ts'
import type { UserServices } from './users/services.ts'

/** All services that the routes and guards of a configured `Auth` use. */
export interface WebServices<User>
  extends
    SignInServices<User>,
    GuardServices,
    SignOutServices<User>,
    BrowserSessionServices<User> {}

/** Creates what belongs to one provider. */
function createProvider(
  options: ResolvedOptions<any>,
  { events, now, previews }: Pick<AppServices, 'events' | 'now' | 'previews'>,
): Provider {
  const { authority, clientId, scopes, responseMode, tokenCache } = options
  const clients = createClients(options, { events, now })
  const { client } = clients
  const owner = `${clientId} ${authority.url}`
  const purposes = createPurposes(options, owner)
  const namedGroups = new Set<string>()
  const { clockToleranceSeconds } = options
  return {
    ...clients,
    owner,
    purposes,
    apis: createApis(options.apis, authority, client.traits.prefixedScopes),
    clientTokens: applicationTokens(
      client,
      tokenCache?.connect({ events, now, clockToleranceSeconds }),
    ),
    transactions: createTransactions(options, { now, previews }, purposes),
    signInDefaults: {
      scopes,
      responseMode,
      parameters: signInParametersOf(options),
      // Only Entra ID has the look-up of groups that a token cannot contain.
      namedGroups: authority.kind === 'entra' ? namedGroups : new Set(),
    },
    userInfo: options.userInfo ?? (authority.kind === 'oidc' ? 'auto' : false),
    namedGroups,
  }
}

/** Creates the services of an `Auth`, once. */
export function createServices<User>(
  options: ResolvedOptions<User>,
  { events, variables }: { readonly events: EventEmitter; readonly variables: Environment },
): WebServices<User> {
  const { site, session, pages = {}, pageSettings, tenants } = options
  const { onLogin, onLogout, onRefresh, revalidateUserSeconds } = options
  const clock = options.now ?? Date.now
  const now = toSeconds(clock)
  const previews = connectPreviews(options, now)
  const provider = createProvider(options, { events, now, previews })
  const sealerOf = (kind: string): Encryption =>
    createEncryption(session.secrets, provider.purposes.signIn(kind))
  const loginUrls = createLoginUrls(site, sealerOf('login request'))
  const app: UserServices<User> = {
    site,
    provider,
    sessions: createSessions(options, {
      provider,
      events,
      now,
      loadRoutes,
      callOnLogin: async (claims, { tokens, request }) => {
        const { callOnLogin, toHttpRequest } = await loadRoutes()
        return callOnLogin(services, claims, { tokens, request: toHttpRequest(request) })
      },
    }),
    events,
    now,
    clock,
    isProduction: options.environment === 'production',
    fetch: options.fetch,
    previews,
    hooks: { onLogin, onLogout, onRefresh, revalidateUserSeconds },
  }
  const services: WebServices<User> = {
    ...app,
    loginUrls,
    pages: createSitePages(app, loginUrls, {
      own: pages,
      pageSettings,
      docsBase: docsBaseOf(variables),
    }),
    crossSite: createCrossSiteCheck(site),
    browser: options.browser,
    loginParameters: createLoginParameters({ events, tenants }),
    reportMissingRefreshToken: createMissingRefreshTokenReport(events),
    revalidation: createRevalidation<User>(app, loadRoutes),
    namedApis: sessionApis(provider.apis, () => services),
    tokenSource: async (http, current) =>
      (await loadRoutes()).userTokenSource(services, http, current),
    signOutStates: createSignOutStates(options, { encryption: sealerOf('sign-out'), previews }),
  }
  return services
}
