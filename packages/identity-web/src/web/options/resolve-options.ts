import { isGuid, isSecureUrl } from '../../authority/index.ts'
import {
  claimsFromOutside,
  credentialProblems,
  parseScopes,
  type ClientCredential,
} from '../../client/index.ts'
import { unknownOptions } from './option-names.ts'
import type { AuthOptions, Environment, Logger } from './options.ts'
import {
  b2cFromEnvironment,
  resolveAuthority,
  type ResolvedAuthority,
} from './resolve-authority.ts'
import {
  missing,
  resolveSession,
  type Findings,
  type ResolvedSessionOptions,
} from './resolve-session.ts'

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

const TEXTS = ['clientId', 'clientSecret', 'loginHint', 'domainHint', 'claims'] as const
const PROMPTS = ['login', 'none', 'consent', 'select_account', 'create']

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
  checkValues(given, problems)
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
    b2c: b2cFromEnvironment(environment),
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
  const example = 'http://localhost:5000/redirect'
  if (given.redirectUri === undefined) {
    const sentence = missing('redirect_uri', 'redirectUri', 'IDENTITY_REDIRECT_URI', example)
    const consequence =
      environment['NODE_ENV'] === 'production'
        ? ' and, since nothing says that the application is on https, cookies that are not Secure'
        : ''
    warnings.push(
      `${sentence} Until then users sign in with a code (device code flow)${consequence}.`,
    )
    return undefined
  }
  const url = URL.canParse(given.redirectUri) ? new URL(given.redirectUri) : undefined
  const fault =
    url === undefined || !/^https?:$/.test(url.protocol)
      ? 'is not an absolute URL'
      : url.search !== '' || url.hash !== ''
        ? 'must have no query and no fragment'
        : !isSecureUrl(url)
          ? 'must begin with https:// (http:// only on localhost)'
          : url.pathname === '/'
            ? 'must have a path of its own, since / is a page of the application'
            : /\/(login|logout|front-channel-logout)$/.test(url.pathname)
              ? 'must not end in /login, /logout or /front-channel-logout: those are the paths beside it'
              : undefined
  if (fault === undefined) return url
  problems.push(
    `redirect_uri ${fault}. Change Auth({ redirectUri }) or IDENTITY_REDIRECT_URI, for example ${example}.`,
  )
  return undefined
}

function checkValues<User>(given: AuthOptions<User>, problems: string[]): void {
  const check = (valid: boolean, problem: string): void => {
    if (!valid) problems.push(problem)
  }
  const { clientCredential, clientSecret, tenants, prompt, postLogoutRedirectUri, endpoint } = given
  const { clientCapabilities } = given
  if (clientCredential !== undefined) problems.push(...credentialProblems(clientCredential))
  check(
    clientCredential === undefined ||
      clientSecret === undefined ||
      clientCredential === clientSecret,
    'client_credential and client_secret are both configured, with different values. Set Auth({ clientCredential }) alone.',
  )
  for (const name of TEXTS) {
    check(given[name] === undefined || typeof given[name] === 'string', `${name} must be a string.`)
  }
  for (const name of ['scopes', 'scope'] as const) {
    const value: unknown = given[name]
    check(
      value === undefined ||
        typeof value === 'string' ||
        (Array.isArray(value) && value.every((scope) => typeof scope === 'string')),
      `${name} must be a list of strings or one string with spaces between the scopes, for example Auth({ ${name}: ['User.Read'] }).`,
    )
  }
  check(
    tenants === undefined ||
      tenants === 'any' ||
      tenants === 'work' ||
      (Array.isArray(tenants) && tenants.every(isGuid)),
    "tenants must be 'any', 'work' or a list of tenant ids, for example Auth({ tenants: ['11111111-2222-3333-4444-555555555555'] }).",
  )
  check(
    clientCapabilities === undefined ||
      (Array.isArray(clientCapabilities) &&
        clientCapabilities.every((capability) => typeof capability === 'string')),
    "clientCapabilities must be a list, for example Auth({ clientCapabilities: ['cp1'] }).",
  )
  check(
    typeof given.claims !== 'string' || claimsFromOutside(given.claims) !== undefined,
    `claims must be a claims request as JSON, for example Auth({ claims: '{"id_token":{"acrs":{"essential":true,"value":"c1"}}}' }).`,
  )
  check(
    prompt === undefined || PROMPTS.includes(prompt),
    `prompt must be one of ${PROMPTS.join(', ')}, for example Auth({ prompt: 'select_account' }).`,
  )
  check(
    postLogoutRedirectUri === undefined || URL.canParse(postLogoutRedirectUri),
    'post_logout_redirect_uri is not an absolute URL. Change Auth({ postLogoutRedirectUri }), for example https://example.com/goodbye.',
  )
  check(
    endpoint === undefined || (URL.canParse(endpoint) && isSecureUrl(new URL(endpoint))),
    'endpoint must be an https:// URL (http:// only on localhost): access tokens are sent to it. Change Auth({ endpoint }) or IDENTITY_ENDPOINT, for example https://graph.microsoft.com/v1.0/me.',
  )
  for (const [name, value] of [
    ['timeout', given.timeout],
    ['maxAge', given.maxAge],
    ['session.idle', given.session?.idle],
    ['session.absolute', given.session?.absolute],
  ] as const) {
    check(
      value === undefined ||
        (Number.isFinite(value) && value > 0) ||
        (name === 'maxAge' && value === 0),
      `${name} must be a number of seconds above 0.`,
    )
  }
}
