import { isSecureUrl } from '../../authority/index.ts'
import { parseScopes, type ClientCredential } from '../../client/index.ts'
import { valueProblems } from './check-values.ts'
import { missing, MISSING_REDIRECT_URI, REDIRECT_URI_EXAMPLE } from './missing.ts'
import { unknownOptions } from './option-names.ts'
import type { AuthOptions, Environment, Logger } from './options.ts'
import {
  resolveAuthority,
  withB2cEnvironment,
  type ResolvedAuthority,
} from './resolve-authority.ts'
import { resolveSession, type Findings, type ResolvedSessionOptions } from './resolve-session.ts'

/** The options after defaults, checked and frozen. */
export interface ResolvedOptions<User>
  extends Omit<AuthOptions<User>, 'session' | 'authority'>, ResolvedAuthority {
  readonly clientId: string
  readonly credential: ClientCredential | undefined
  readonly capabilities: readonly string[]
  /** Absent where users sign in by the device code flow. */
  readonly redirectUri: string | undefined
  readonly postLogoutRedirectUri: string | undefined
  readonly scopes: readonly string[]
  readonly session: ResolvedSessionOptions
  readonly logger: Logger
  readonly fetch: typeof fetch
  readonly timeout: number
}

/** What came of the options: something to work with, or all that is wrong with them. */
export interface Resolution<User> {
  readonly resolved: ResolvedOptions<User> | undefined
  /** One sentence or two each: what is wrong, the option, its variable, an example. */
  readonly problems: readonly string[]
  readonly warnings: readonly string[]
}

/**
 * Applies the environment and the defaults, and checks everything: all faults are reported together, since
 * whoever sets an application up has usually more than one.
 */
export function resolveOptions<User>(
  options: AuthOptions<User>,
  environment: Environment,
): Resolution<User> {
  const problems: string[] = []
  const warnings: string[] = []
  const given = {
    ...fromEnvironment(environment, options),
    ...definedOnly(options),
    b2c: withB2cEnvironment(options.b2c, environment),
  } as AuthOptions<User>

  problems.push(...unknownOptions(options))
  const authority = resolveAuthority(given, options, problems)
  if (!given.clientId) {
    problems.push(
      missing(
        'client_id',
        'clientId',
        'IDENTITY_CLIENT_ID',
        'the Application (client) ID of the app registration',
      ),
    )
  }
  const redirect = resolveRedirectUri(given, { environment, problems, warnings })
  problems.push(...valueProblems(given))
  const session = resolveSession(given.session, redirect, { environment, problems, warnings })

  if (problems.length > 0 || authority === undefined) {
    return { resolved: undefined, problems, warnings }
  }
  const resolved: ResolvedOptions<User> = Object.freeze({
    ...given,
    clientId: given.clientId ?? '',
    credential: given.clientCredential ?? given.clientSecret,
    capabilities: Object.freeze([...(given.clientCapabilities ?? [])]),
    ...authority,
    redirectUri: redirect?.href,
    postLogoutRedirectUri: given.postLogoutRedirectUri ?? (redirect && `${redirect.origin}/`),
    scopes: Object.freeze(parseScopes(given.scopes ?? given.scope)),
    session,
    logger: given.logger ?? {},
    fetch: given.fetch ?? fetch,
    timeout: given.timeout ?? 10,
  })
  return { resolved, problems, warnings }
}

// What the code says, under whatever name, outranks the environment.
function fromEnvironment<User>(
  environment: Environment,
  { clientSecret, scope }: AuthOptions<User>,
): AuthOptions<never> {
  return definedOnly({
    authority: environment['IDENTITY_AUTHORITY'],
    oidcAuthority: environment['IDENTITY_OIDC_AUTHORITY'],
    clientId: environment['IDENTITY_CLIENT_ID'],
    clientCredential:
      clientSecret === undefined ? environment['IDENTITY_CLIENT_SECRET'] : undefined,
    redirectUri: environment['IDENTITY_REDIRECT_URI'],
    scopes: scope === undefined ? environment['IDENTITY_SCOPE'] : undefined,
    // Azure App Service sets the same name for its managed identity, together with a header: no API of ours.
    endpoint: environment['IDENTITY_HEADER'] ? undefined : environment['IDENTITY_ENDPOINT'],
  })
}

// An empty variable, as `.env` files leave them, is one that was not set.
function definedOnly<T extends object>(values: T): T {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined && value !== ''),
  ) as T
}

function resolveRedirectUri<User>(
  given: AuthOptions<User>,
  { environment, problems, warnings }: Findings,
): URL | undefined {
  if (given.redirectUri === undefined) {
    const consequence =
      environment['NODE_ENV'] === 'production'
        ? ' and, since nothing says that the application is on https, cookies that are not Secure'
        : ''
    warnings.push(
      `${MISSING_REDIRECT_URI} Until then users sign in with a code (device code flow)${consequence}.`,
    )
    return undefined
  }
  const url = URL.canParse(given.redirectUri) ? new URL(given.redirectUri) : undefined
  const fault = redirectUriFault(url)
  if (fault === undefined) return url
  problems.push(
    `redirect_uri ${fault}. Change Auth({ redirectUri }) or IDENTITY_REDIRECT_URI, for example ${REDIRECT_URI_EXAMPLE}.`,
  )
  return undefined
}

function redirectUriFault(url: URL | undefined): string | undefined {
  if (url === undefined || !/^https?:$/.test(url.protocol)) return 'is not an absolute URL'
  const faults: readonly [isWrong: boolean, fault: string][] = [
    [url.search !== '' || url.hash !== '', 'must have no query and no fragment'],
    [!isSecureUrl(url), 'must begin with https:// (http:// only on localhost)'],
    [url.pathname === '/', 'must have a path of its own, since / is a page of the application'],
    [
      /\/(login|logout|front-channel-logout)$/.test(url.pathname),
      'must not end in /login, /logout or /front-channel-logout: those are the paths beside it',
    ],
  ]
  return faults.find(([isWrong]) => isWrong)?.[1]
}
