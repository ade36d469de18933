// Resolves the options of Auth.
import { isLoopbackUrl } from '../authority/index.ts'
import { parseScopes, withExpiry, type ResolvedTokenCache } from '../client/index.ts'
import { toSite, type Site } from '../seams/site.ts'
import { PLATFORM, type Platform } from '../seams/platform.ts'
import type { ResolvedPreviews } from '../seams/previews.ts'
import { SIGN_IN_WAY, type SignInWay } from '../seams/sign-in-way.ts'
import type { AppEnvironment, Environment } from '../host-traits.ts'
import { ownMembers } from '../own.ts'
import { AUTH, redirectUriFault, type AuthOptions } from './auth-options.ts'
import { OptionReport } from './option-report.ts'
import type { PageOptions } from './page-options.ts'
import type { CheckResults } from './problems.ts'
import {
  ownCallback,
  resolveLocation,
  resolvePreviews,
  resolveSessionPath,
  checkPlatform,
  platformSettings,
} from './resolve-site.ts'
import { resolvePages, type PageSettings } from './resolve-pages.ts'
import {
  checkOfSecret,
  resolveEnvironment,
  resolveProvider,
  resolveTokenCache,
  warnOfProvider,
  withEnvironment,
  type ResolvedProvider,
} from './resolve-provider.ts'
import { resolveSession, type Findings, type ResolvedSessionOptions } from './resolve-session.ts'
import { readOptions } from './rows.ts'

/** The options with defaults applied, checked and frozen. */
export interface ResolvedOptions<User>
  extends
    Omit<
      AuthOptions<User>,
      | 'redirectUri'
      | 'signIn'
      | 'basePath'
      | 'homePath'
      | 'previews'
      | 'session'
      | 'tokenCache'
      | 'environment'
      | keyof PageOptions
      | keyof ResolvedProvider
    >,
    ResolvedProvider {
  readonly site: Site
  readonly previews: ResolvedPreviews | undefined
  readonly scopes: readonly string[]
  readonly session: ResolvedSessionOptions
  readonly tokenCache: ResolvedTokenCache | undefined
  readonly environment: AppEnvironment
  readonly pageSettings: PageSettings
}

/** The resolved options, or all problems of the options. */
export interface Resolution<User> extends CheckResults {
  /** The resolved options. `undefined` if there are problems. */
  readonly resolved: ResolvedOptions<User> | undefined
  /** The settings of the pages. They also apply to the pages that show the problems. */
  readonly pageSettings: PageSettings
  /**
   * The path of the session endpoint. The endpoint also shows the problems. Not set if the application does not have
   * this endpoint.
   */
  readonly sessionPath: string | undefined
  /** The origin of this deployment, if it is a preview. */
  readonly ownOrigin: string | undefined
}

/**
 * Applies the environment and the defaults, and checks all values.
 *
 * All problems are reported together, because a new application usually has several.
 */
export function resolveOptions<User>(
  written: AuthOptions<User>,
  variables: Environment,
): Resolution<User> {
  const options = readOptions(written, AUTH.rows)
  const { platform, way } = findSignIn(options, variables)
  const withVariables = (inCode: AuthOptions<User>): AuthOptions<User> =>
    ownMembers({
      ...platformSettings(platform, inCode, variables),
      ...withEnvironment(inCode, AUTH.rows, variables),
    })
  const given = withVariables(options)
  const environment = resolveEnvironment(given, variables, [given.redirectUri ?? platform?.url])
  const report = new OptionReport(AUTH)
  const { warnings } = report
  const isKeptElsewhere = platform !== undefined
  const isCodeFlow = platform === undefined && way === undefined
  const findings: Findings = { report, variables, environment, isKeptElsewhere, isCodeFlow }
  report.check(options, given, variables)
  checkPlatform(platform, given, report)
  if (isCodeFlow && options.signIn !== undefined) {
    report.addForeign('signIn', 'deviceCode() or easyAuth()', 'easy-auth')
  }
  const provider = resolveProvider(given, options, report)
  warnOfProvider(provider, findings)
  const redirectUri = resolveRedirectUri(given, findings)
  if (given.revalidateUserSeconds !== undefined && given.onRefresh === undefined) {
    report.add('revalidateUserSeconds', {
      fault: 'has no effect without onRefresh',
      remedy: 'Set Auth({ onRefresh }) too, or remove revalidateUserSeconds.',
    })
  }
  const location = resolveLocation(options, redirectUri, report)
  const sessionPath = resolveSessionPath(options, redirectUri, report)
  const previews = resolvePreviews(given, redirectUri, findings)
  const ownOrigin = previews?.ownOrigin
  const callback = redirectUri && ownCallback(redirectUri, ownOrigin)
  const session = resolveSession(given.session, callback, findings)
  const tokenCache = resolveTokenCache(given, { variables, session }, report)
  const pageSettings = resolvePages(given, report)
  const tags = pageSettings.languages.map(({ tag }) => tag)
  way?.check(given, { environment, problems: report.problems, warnings }, tags)
  checkClientCredential(given, provider, findings)
  const sources = { given, inCode: options, named: withVariables({}) }
  const check = checkOfSecret(provider, sources, report)
  report.addMessage('clientCredential', check?.(true))
  const shared = { warnings, environment, pageSettings, sessionPath, ownOrigin }
  const site =
    report.problems.length > 0
      ? undefined
      : toSite(redirectUri, location, { ...shared, platform, way, given })

  if (provider === undefined || site === undefined) {
    return { resolved: undefined, problems: report.toProblems(), ...shared }
  }
  const known = withExpiry(provider, variables, check)
  const parts = { ...known, site, previews, session, tokenCache, environment, pageSettings }
  return { resolved: withDefaults(given, parts), problems: [], ...shared }
}

/** Returns what replaces the sign-in with a redirect URI, if the option `signIn` contains it. */
function findSignIn(
  { signIn }: Pick<AuthOptions<never>, 'signIn'>,
  variables: Environment,
): { readonly platform: Platform | undefined; readonly way: SignInWay | undefined } {
  return { platform: PLATFORM.of(signIn)?.(variables), way: SIGN_IN_WAY.of(signIn)?.() }
}

/** Returns the options, in which the resolved parts replace the given parts. */
function withDefaults<User>(
  given: AuthOptions<User>,
  parts: ResolvedProvider &
    Pick<
      ResolvedOptions<User>,
      'site' | 'previews' | 'session' | 'tokenCache' | 'environment' | 'pageSettings'
    >,
): ResolvedOptions<User> {
  const { redirectUri: _, signIn: _signIn, ...rest } = given
  const { appName: _name, logo: _logo, languages: _languages, texts: _texts, ...others } = rest
  const resolved: ResolvedOptions<User> = ownMembers({
    ...others,
    ...parts,
    scopes: Object.freeze(parseScopes(given.scopes)),
  })
  return Object.freeze(resolved)
}

/** Returns the redirect URI, if it is valid. */
function resolveRedirectUri<User>(
  { redirectUri }: AuthOptions<User>,
  { report, isCodeFlow }: Findings,
): URL | undefined {
  if (redirectUri === undefined) {
    if (isCodeFlow) {
      report.addMissing(
        'redirectUri',
        " If the provider cannot redirect users to this application, set Auth({ signIn: deviceCode() }), with import { deviceCode } from 'identity-web/device-code'.",
      )
    }
    return undefined
  }
  return redirectUriFault(redirectUri) === undefined ? new URL(redirectUri) : undefined
}

/**
 * Reports a web application without a client secret. Microsoft's token endpoints reject it (AADSTS7000218), but only
 * after the user has signed in. A local tool, and a process that only opens sessions, do not need a secret. If the
 * application cannot sign users in anyway, the secret is in the same list as the other settings.
 */
function checkClientCredential<User>(
  given: AuthOptions<User>,
  provider: ResolvedProvider | undefined,
  { environment, report, isCodeFlow }: Findings,
): void {
  if ((given.clientCredential ?? given.clientSecret) !== undefined || !isCodeFlow) return
  const kind = provider?.authority.kind ?? (given.oidcAuthority && 'oidc')
  if (kind === 'oidc' || given.clientAuthentication === 'none') return
  const more =
    " Without a client credential, the provider rejects every sign-in of a web application. If the registration is a public client, set Auth({ clientAuthentication: 'none' }) or IDENTITY_CLIENT_AUTHENTICATION=none."
  const isSite = environment === 'production' && !isLoopbackUrl(given.redirectUri)
  const isProblem = given.routes !== false && (isSite || report.problems.length > 0)
  if (isProblem) report.addMissing('clientCredential', more)
  else report.warnings.push(report.missing('clientCredential') + more)
}
