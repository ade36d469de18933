import { isSecureUrl } from '../../authority/index.ts'
import { parseScopes } from '../../client/index.ts'
import { MISSING_REDIRECT_URI, REDIRECT_URI_EXAMPLE } from '../../settings/missing.ts'
import type { Environment } from '../../settings/provider-options.ts'
import {
  definedOnly,
  resolveProvider,
  withProviderEnvironment,
  type ResolvedProvider,
} from '../../settings/resolve-provider.ts'
import { valueProblems } from './check-values.ts'
import { unknownOptions } from './option-names.ts'
import type { AuthOptions } from './options.ts'
import { resolveSession, type Findings, type ResolvedSessionOptions } from './resolve-session.ts'

/** The options after defaults, checked and frozen. */
export interface ResolvedOptions<User>
  extends Omit<AuthOptions<User>, 'session' | keyof ResolvedProvider>, ResolvedProvider {
  /** Absent where users sign in by the device code flow. */
  readonly redirectUri: string | undefined
  readonly postLogoutRedirectUri: string | undefined
  readonly scopes: readonly string[]
  readonly session: ResolvedSessionOptions
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
  const given: AuthOptions<User> = {
    ...fromEnvironment(environment, options),
    ...withProviderEnvironment(options, environment),
  }

  problems.push(...unknownOptions(options))
  const provider = resolveProvider(given, options, problems)
  const redirect = resolveRedirectUri(given, { environment, problems, warnings })
  problems.push(...valueProblems(given))
  const session = resolveSession(given.session, redirect, { environment, problems, warnings })

  if (problems.length > 0 || provider === undefined) {
    return { resolved: undefined, problems, warnings }
  }
  const resolved: ResolvedOptions<User> = Object.freeze({
    ...given,
    ...provider,
    redirectUri: redirect?.href,
    postLogoutRedirectUri: given.postLogoutRedirectUri ?? (redirect && `${redirect.origin}/`),
    scopes: Object.freeze(parseScopes(given.scopes ?? given.scope)),
    session,
  })
  return { resolved, problems, warnings }
}

// What the code says, under whatever name, outranks the environment.
function fromEnvironment<User>(
  environment: Environment,
  { scope }: AuthOptions<User>,
): Pick<AuthOptions, 'redirectUri' | 'scopes' | 'endpoint'> {
  return definedOnly({
    redirectUri: environment['IDENTITY_REDIRECT_URI'],
    scopes: scope === undefined ? environment['IDENTITY_SCOPE'] : undefined,
    // Azure App Service sets the same name for its managed identity, together with a header: no API of ours.
    endpoint: environment['IDENTITY_HEADER'] ? undefined : environment['IDENTITY_ENDPOINT'],
  })
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
      /\/(login|logout|(front|back)-channel-logout)$/.test(url.pathname),
      'must not end in /login, /logout, /front-channel-logout or /back-channel-logout: those are the paths beside it',
    ],
  ]
  return faults.find(([isWrong]) => isWrong)?.[1]
}
