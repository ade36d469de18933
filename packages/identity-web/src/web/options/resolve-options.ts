import { ownMembers } from '../../own.ts'
import { docsUrlWarnings } from '../../docs-url.ts'
import { isLoopbackUrl, isSecureUrl } from '../../authority/index.ts'
import { parseScopes } from '../../client/index.ts'
import { resolveEnvironment, type AppEnvironment } from '../../settings/environment.ts'
import { missing, MISSING_REDIRECT_URI, REDIRECT_URI_EXAMPLE } from '../../settings/missing.ts'
import { emptyRestrictions, ownOptions } from '../../settings/option-names.ts'
import { toProblems, type ConfigurationProblem, type FailedCheck } from '../../settings/problems.ts'
import type { Environment } from '../../settings/provider-options.ts'
import {
  definedOnly,
  providerWarnings,
  resolveProvider,
  withProviderEnvironment,
  type ResolvedProvider,
} from '../../settings/resolve-provider.ts'
import { trustedOriginProblems } from './check-origins.ts'
import { valueProblems } from './check-values.ts'
import { AUTH_OPTIONS, unknownOptions } from './option-names.ts'
import { resolveSessionPath } from './resolve-browser.ts'
import { toSignInFlow, type SignInFlow } from './flow.ts'
import { resolveLocation } from './resolve-location.ts'
import { resolvePages, type PageSettings } from './resolve-pages.ts'
import { ownCallback, resolvePreviews } from './resolve-previews.ts'
import type { PageOptions } from './page-options.ts'
import { platformProblems, platformSettings } from './platform-options.ts'
import { createPlatform } from './platform.ts'
import type { ResolvedPreviews } from './previews.ts'
import { findSignInWay } from './sign-in-way.ts'
import type { AuthOptions } from './options.ts'
import { resolveSession, type Findings, type ResolvedSessionOptions } from './resolve-session.ts'

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
      | 'environment'
      | 'trustedOrigins'
      | keyof PageOptions
      | keyof ResolvedProvider
    >,
    ResolvedProvider {
  readonly flow: SignInFlow
  readonly previews: ResolvedPreviews | undefined
  /** Not set if the user returns to the home page. */
  readonly postLogoutRedirectUri: string | undefined
  readonly scopes: readonly string[]
  readonly trustedOrigins: readonly string[]
  readonly session: ResolvedSessionOptions
  readonly environment: AppEnvironment
  readonly pageSettings: PageSettings
}

/** The resolved options, or all problems of the options. */
export interface Resolution<User> {
  /** `undefined` if there are problems. */
  readonly resolved: ResolvedOptions<User> | undefined
  readonly problems: readonly ConfigurationProblem[]
  readonly warnings: readonly string[]
  readonly environment: AppEnvironment
  /** For the pages that show the problems, too. */
  readonly pageSettings: PageSettings
  /** The path of the session endpoint, which shows the problems, too. Not set if the application does not have one. */
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
  const options = ownOptions(written, AUTH_OPTIONS)
  const platform = createPlatform(options.signIn, variables)
  const way = findSignInWay(options.signIn)
  const given: AuthOptions<User> = ownMembers({
    ...platformSettings(platform, options, variables),
    ...fromEnvironment(variables),
    ...withProviderEnvironment(options, variables),
  })
  const environment = resolveEnvironment(given, variables, [given.redirectUri ?? platform?.url])
  const problems: FailedCheck[] = [
    ...unknownOptions(options),
    ...emptyRestrictions('Auth', AUTH_OPTIONS, options),
    ...platformProblems(platform, given),
  ]
  const isCodeFlow = platform === undefined && way === undefined
  if (isCodeFlow && options.signIn !== undefined) {
    problems.push({ option: 'signIn', message: WRONG_SIGN_IN })
  }
  const provider = resolveProvider(given, options, problems)
  const warnings = [...providerWarnings(provider, environment), ...docsUrlWarnings(variables)]
  const isKeptElsewhere = platform !== undefined
  const found = { environment, problems, warnings }
  const findings: Findings = { ...found, variables, isKeptElsewhere, isCodeFlow }
  const redirectUri = resolveRedirectUri(given, findings)
  if (provider !== undefined) checkClientCredential(given, provider, findings)
  const option = 'trustedOrigins'
  problems.push(
    ...valueProblems(given),
    ...trustedOriginProblems(options).map((message) => ({ option, message })),
  )
  const location = resolveLocation(options, redirectUri, problems)
  const sessionPath = resolveSessionPath(options, redirectUri, problems)
  const previews = resolvePreviews(given, redirectUri, findings)
  const ownOrigin = previews?.ownOrigin
  const callback = redirectUri && ownCallback(redirectUri, ownOrigin)
  const session = resolveSession(given.session, callback, findings)
  const pageSettings = resolvePages(given, problems)
  const tags = pageSettings.languages.map(({ tag }) => tag)
  way?.check(given, findings, tags)
  const shared = { warnings, environment, pageSettings, sessionPath, ownOrigin }
  const flow =
    problems.length > 0
      ? undefined
      : toSignInFlow(redirectUri, location, { platform, way, ownOrigin, sessionPath })

  if (provider === undefined || flow === undefined) {
    return { resolved: undefined, problems: toProblems(problems, AUTH_OPTIONS), ...shared }
  }
  const parts = { ...provider, flow, previews, session, environment, pageSettings }
  return { resolved: withDefaults(given, parts), problems: [], ...shared }
}

/** Returns the options with the parts of them that were resolved. */
function withDefaults<User>(
  given: AuthOptions<User>,
  parts: ResolvedProvider &
    Pick<ResolvedOptions<User>, 'flow' | 'previews' | 'session' | 'environment' | 'pageSettings'>,
): ResolvedOptions<User> {
  const { redirectUri: _, signIn: _signIn, ...rest } = given
  const { appName: _name, logo: _logo, languages: _languages, texts: _texts, ...others } = rest
  const resolved: ResolvedOptions<User> = ownMembers({
    ...others,
    ...parts,
    postLogoutRedirectUri: given.postLogoutRedirectUri,
    scopes: Object.freeze(parseScopes(given.scopes)),
    trustedOrigins: Object.freeze([...(given.trustedOrigins ?? [])]),
  })
  return Object.freeze(resolved)
}

function fromEnvironment(environment: Environment): Pick<AuthOptions, 'redirectUri' | 'scopes'> {
  return definedOnly({
    redirectUri: environment['IDENTITY_REDIRECT_URI'],
    scopes: environment['IDENTITY_SCOPE'],
  })
}

function resolveRedirectUri<User>(
  given: AuthOptions<User>,
  { problems, isCodeFlow }: Findings,
): URL | undefined {
  if (given.redirectUri === undefined) {
    if (isCodeFlow) problems.push({ option: 'redirectUri', message: MISSING_REDIRECT_URI })
    return undefined
  }
  const url = URL.canParse(given.redirectUri) ? new URL(given.redirectUri) : undefined
  const fault = redirectUriFault(url)
  if (fault === undefined) return url
  problems.push({
    option: 'redirectUri',
    message: `redirectUri ${fault}. Change Auth({ redirectUri }) or IDENTITY_REDIRECT_URI, for example ${REDIRECT_URI_EXAMPLE}.`,
  })
  return undefined
}

/**
 * Finds a web application that lacks its client secret, which Microsoft's token endpoints reject (AADSTS7000218) only after the user
 * has signed in. A local tool, and a process that only opens sessions, may do without one.
 */
function checkClientCredential<User>(
  given: AuthOptions<User>,
  { authority, credential }: ResolvedProvider,
  { environment, problems, warnings, isCodeFlow }: Findings,
): void {
  if (credential !== undefined || authority.kind === 'oidc' || !isCodeFlow) return
  if (given.clientAuthentication === 'none') return
  const isSite = given.routes !== false && !isLoopbackUrl(given.redirectUri)
  if (isSite && environment === 'production') {
    problems.push({ option: 'clientCredential', message: MISSING_CREDENTIAL })
  } else warnings.push(MISSING_CREDENTIAL)
}

const MISSING_CREDENTIAL = `${missing({
  name: 'clientCredential',
  option: 'clientCredential',
  variable: 'IDENTITY_CLIENT_SECRET',
  example: 'the value of a client secret from Certificates & secrets of the app registration',
})} Without it, the provider rejects every sign-in of a web application. If the registration is a public client, set Auth({ clientAuthentication: 'none' }) or IDENTITY_CLIENT_AUTHENTICATION=none.`

const WRONG_SIGN_IN =
  "signIn must be the result of deviceCode() or easyAuth(). Set, for example, Auth({ signIn: easyAuth() }), with import { easyAuth } from 'identity-web/easy-auth'."

function redirectUriFault(url: URL | undefined): string | undefined {
  if (url === undefined || !/^https?:$/.test(url.protocol)) return 'is not an absolute URL'
  const faults: readonly [isWrong: boolean, fault: string][] = [
    [url.search !== '' || url.hash !== '', 'must have no query and no fragment'],
    [!isSecureUrl(url), 'must start with https:// (http:// only on localhost)'],
    [url.pathname === '/', 'must have a path, because / is a page of the application'],
    [
      /\/(login|logout|(front|back)-channel-logout)$/.test(url.pathname),
      'must not end in /login, /logout, /front-channel-logout or /back-channel-logout: these are paths of other routes',
    ],
  ]
  return faults.find(([isWrong]) => isWrong)?.[1]
}
