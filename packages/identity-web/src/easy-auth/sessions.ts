import { own } from '../own.ts'
import { assertTenant, isGuid } from '../authority/index.ts'
import { random } from '../base64.ts'
import { scopesOfFirstResource } from '../client/index.ts'
import { configurationError, IdentityError } from '../errors.ts'
import { failureOf } from '../event-emitter.ts'
import { andThen, type MaybePromise } from '../maybe-promise.ts'
import type { Claims, Session, SessionStrategy } from '../session/index.ts'
import type { SessionTokens } from '../tokens.ts'
import type { PlatformNeeds, PlatformUser } from '../seams/platform.ts'
import type { PlatformNames } from './options.ts'
import { parseSource, principalOf, readSource, type PlatformTokens } from './headers.ts'
import { parsePrincipal } from './principal.ts'
import { refreshAtPlatform, addPlatformTokens, type TokenSettings } from './tokens.ts'

/** The platform's default session lifetime in seconds, after which connections end. */
const SESSION_SECONDS = 8 * 3600
/** Seconds after which the user is loaded again, unless an option sets another time. */
const DEFAULT_USER_SECONDS = 3600
/** Entra ID writes a time into `iat` that is five minutes before the sign-in, because clocks differ. */
const EARLY_SECONDS = 300
/** How many seconds to wait before the next attempt if the platform could not refresh the tokens. */
const RETRY_PAUSE_SECONDS = 60

/** The session that belongs to one sign-in at the platform, as this process knows it. */
interface Entry {
  session: Session
  /** The time at which the user must be loaded again, as Unix time in seconds. */
  readonly until: number
  tokens?: SessionTokens
  /** The access token that `tokens` contains, as the header contained it. */
  from?: string
  retryAt?: number
}

/**
 * Creates the sessions of users whom the platform signed in. The platform sends the user with each request. Each
 * process keeps the user that `onLogin` returned and the tokens that it requested, as long as the sign-in does not
 * change.
 */
export function createSessions(names: PlatformNames, needs: PlatformNeeds): SessionStrategy {
  const { client, events, cacheEntries, hasOnRefresh, onLogin, onEnd } = needs
  const { userSeconds = DEFAULT_USER_SECONDS } = needs
  const { now } = client.issuing
  const settings = toTokenSettings(needs)
  const entries = new Map<string, Entry>()
  const starting = new Map<string, Promise<Session>>()
  const reported = new Set<string>()

  function find(principal: string): Entry | undefined {
    const entry = entries.get(principal)
    return entry !== undefined && now() < entry.until ? entry : undefined
  }

  function keep(principal: string, entry: Entry): Session {
    entries.delete(principal)
    if (entries.size >= cacheEntries) {
      const [oldest = ''] = entries.keys()
      entries.delete(oldest)
    }
    entries.set(principal, entry)
    return entry.session
  }

  function report(key: string, message: string): undefined {
    if (reported.has(key)) return undefined
    reported.add(key)
    events.emit('session.unreadable', { level: 'warn', message })
    return undefined
  }

  function readUser(encoded: string): Claims | undefined {
    const principal = parsePrincipal(encoded, client.issuing.authority.kind)
    if (principal === undefined) return report('principal', NO_USER)
    const { claims, provider } = principal
    if (provider !== names.provider) return report('provider', otherProvider(names.provider))
    assertTenant(client.issuing.authority, claims)
    assertOwnTenant(client.issuing.authority, claims)
    return claims
  }

  function start(
    source: string,
    request: PlatformUser['request'],
  ): MaybePromise<Session | undefined> {
    const headers = parseSource(source)
    const { principal } = headers
    const claims = readUser(principal)
    if (claims === undefined) return undefined
    if (onLogin === undefined) return keep(principal, toEntry(claims, undefined))
    const pending = starting.get(principal)
    if (pending !== undefined) return pending
    const started = onLogin({ claims, tokens: toLoginTokens(headers), request })
      .then((user) => keep(principal, toEntry(claims, user)))
      .finally(() => starting.delete(principal))
    starting.set(principal, started)
    return started
  }

  function toEntry(claims: Claims, user: unknown): Entry {
    const time = now()
    const { iat } = claims as { readonly iat?: number }
    const endsAt = time + SESSION_SECONDS
    return {
      // `onRefresh` loads the user again without a new session.
      until: hasOnRefresh ? endsAt : Math.min(time + userSeconds, endsAt),
      session: {
        id: random(16),
        ...(user !== undefined && { user }),
        ...(hasOnRefresh && { userCheckedAt: time }),
        claims,
        startedAt: Math.min(time, (iat ?? time) + EARLY_SECONDS),
        touchedAt: time,
        idleEndsAt: endsAt,
        endsAt,
      },
    }
  }

  function tokensOf(source: string): SessionTokens {
    const headers = parseSource(source)
    const entry = find(headers.principal)
    if (entry === undefined) return addPlatformTokens(settings, headers, undefined)
    if (entry.tokens !== undefined && entry.from === headers.accessToken) return entry.tokens
    entry.from = headers.accessToken
    return (entry.tokens = addPlatformTokens(settings, headers, entry.tokens))
  }

  /**
   * Returns the tokens after the platform has refreshed them. Only the token that the platform passed on may be out of
   * date.
   */
  async function refreshed(source: string, tokens: SessionTokens): Promise<SessionTokens> {
    const { principal, accessToken, cookie } = parseSource(source)
    const entry = find(principal)
    const isOld = tokens.access.some(
      (token) => token.token === accessToken && token.refreshAt <= now(),
    )
    if (!isOld || entry === undefined || now() < (entry.retryAt ?? 0)) return tokens
    entry.retryAt = now() + RETRY_PAUSE_SECONDS
    let found: PlatformTokens | undefined
    try {
      found = await refreshAtPlatform(names, client.issuing.transport, cookie)
    } catch (error) {
      if (!IdentityError.is(error)) throw error
      events.emit('tokens.refresh_failed', { level: 'warn', ...failureOf(error) })
    }
    return found === undefined
      ? tokens
      : (entry.tokens = addPlatformTokens(settings, found, tokens))
  }

  return {
    platform: 'easyAuth()',

    sourceOf: (request) => readSource(request, names.provider),

    read(source, request) {
      const known = find(principalOf(source))?.session
      return known ?? (request === undefined ? undefined : start(source, request))
    },

    findUnreadable: () => undefined,

    readTokens: tokensOf,

    start() {
      throw configurationError(
        'This application cannot start a session, because easyAuth() signs users in at the platform. In a test, sign in through startEasyAuth() of identity-web-dev.',
      )
    },

    update(source, session, tokens) {
      const entry = find(principalOf(source))
      if (entry !== undefined) {
        entry.session = session
        if (tokens !== undefined) entry.tokens = tokens
      }
      return []
    },

    end(source) {
      const principal = principalOf(source)
      return andThen(find(principal), (entry) => {
        entries.delete(principal)
        if (entry !== undefined) onEnd({ kind: 'id', value: entry.session.id })
        return []
      })
    },

    async withTokenLock(source, session, { run }) {
      const tokens = withCredential(await refreshed(source, tokensOf(source)))
      return run({
        tokens,
        reread: async () => tokensOf(source),
        save: async (changed, saved) => {
          const entry = find(principalOf(source))
          if (entry?.session.id !== session.id) return
          entry.session = changed
          entry.tokens = saved
        },
      })
    },
  }

  /**
   * Returns the tokens, but without the refresh token if the application does not have the credential that this token
   * requires.
   */
  function withCredential(tokens: SessionTokens): SessionTokens {
    if (client.authentication !== undefined) return tokens
    const { refreshToken: _, ...others } = tokens
    return { ...others, revision: tokens.revision + 1 }
  }
}

function toTokenSettings({ client, scopes }: PlatformNeeds): TokenSettings {
  const { requested } = scopesOfFirstResource(client, scopes)
  return { client, declared: requested.names.length === 0 ? undefined : requested }
}

function toLoginTokens({
  accessToken,
  idToken,
  refreshToken,
}: PlatformTokens): PlatformUser['tokens'] {
  return { accessToken, idToken, ...(refreshToken !== '' && { refreshToken }) }
}

// The platform's settings can accept users from more tenants than this application.
function assertOwnTenant(
  { kind, tenant }: PlatformNeeds['client']['issuing']['authority'],
  claims: Claims,
): void {
  const tid = own(claims, 'tid')
  if (kind === 'oidc' || !isGuid(tenant) || tid?.toLowerCase() === tenant.toLowerCase()) return
  throw new IdentityError(
    'access_denied',
    `The user does not belong to the tenant ${tenant} of the authority.`,
    {
      hint: 'In the authentication settings of the platform, set the issuer URL to the issuer of this tenant. To accept users of several tenants, set authority (IDENTITY_AUTHORITY) to https://login.microsoftonline.com/organizations, and set tenants to the IDs of these tenants.',
    },
  )
}

const NO_USER =
  'The header X-MS-CLIENT-PRINCIPAL does not contain a user of App Service authentication, so the visitor is not signed in. Static Web Apps sends another format, and easyAuth() cannot read it.'

function otherProvider(provider: string): string {
  return `A user signed in with an identity provider that is not ${provider}, so this application does not accept the sign-in. To accept this identity provider, set easyAuth({ provider }) to the <name> that its sign-in URL contains: /.auth/login/<name>.`
}
