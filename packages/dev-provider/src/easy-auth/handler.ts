import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { parseCookies, toJson, toRedirect, type ProviderResponse } from '../protocol/http.js'
import type { IsOwnHost } from '../server/host-header.js'
import type { VerifyBearer } from './bearer.js'
import { CALLBACK, type EntraClient, type PlatformTokens } from './entra-client.js'
import type { Forwarder } from './forward.js'
import type { UnauthenticatedAction } from './options.js'
import { toMe, toPrincipalHeaders, toTokenHeaders } from './principal.js'
import { SESSION_COOKIE, type PlatformSessions } from './sessions.js'

/** The parts of the platform. */
export interface Platform {
  readonly origin: string
  readonly isOwnHost: IsOwnHost
  readonly client: EntraClient
  readonly sessions: PlatformSessions
  readonly forwarder: Forwarder
  readonly verifyBearer: VerifyBearer
  readonly unauthenticated: UnauthenticatedAction
  readonly tokenStore: boolean
}

/** The caller of a request, with the headers for the app. */
type Caller =
  | { readonly kind: 'user' | 'client'; readonly headers: Readonly<Record<string, string>> }
  | { readonly kind: 'anonymous' | 'invalid' }

/** Creates the listener of the HTTP server. */
export function createHandler(platform: Platform): RequestListener {
  return (incoming, outgoing) => {
    const respondTo = async (): Promise<void> => {
      const response = await handle(platform, incoming)
      if ('forward' in response) platform.forwarder.forward(incoming, outgoing, response.forward)
      else send(incoming, outgoing, response)
    }
    respondTo().catch((error: unknown) => send(incoming, outgoing, toFailure(error)))
  }
}

/** The response of the platform, or the headers with which the request reaches the app. */
type Result = ProviderResponse | { readonly forward: Readonly<Record<string, string>> }

async function handle(platform: Platform, incoming: IncomingMessage): Promise<Result> {
  if (!platform.isOwnHost(incoming.headers.host)) {
    return toJson({ error: 'invalid_request', error_description: FOREIGN_HOST }, 403)
  }
  const url = new URL(`http://localhost${incoming.url?.startsWith('/') ? incoming.url : '/'}`)
  const path = url.pathname.toLowerCase()
  if (path === '/.auth' || path.startsWith('/.auth/')) return respond(platform, incoming, url)
  const caller = await identify(platform, incoming)
  if ('headers' in caller) return { forward: caller.headers }
  if (caller.kind === 'invalid') return toJson({ error: 'invalid_token' }, 401)
  return platform.unauthenticated === 'AllowAnonymous'
    ? { forward: {} }
    : reject(platform.unauthenticated, incoming)
}

const FOREIGN_HOST =
  'The Host header is not a name of this platform. Open the platform as localhost, because a website can point its own name to this machine.'

async function identify(platform: Platform, incoming: IncomingMessage): Promise<Caller> {
  const tokens = sessionOf(platform, incoming).tokens
  if (tokens !== undefined) {
    const headers = toPrincipalHeaders(tokens.claims)
    return {
      kind: 'user',
      headers: platform.tokenStore ? { ...headers, ...toTokenHeaders(tokens) } : headers,
    }
  }
  const [, bearer] = /^Bearer +(\S+)$/i.exec(incoming.headers.authorization ?? '') ?? []
  if (bearer === undefined) return { kind: 'anonymous' }
  const claims = await platform.verifyBearer(bearer)
  return claims === undefined
    ? { kind: 'invalid' }
    : { kind: 'client', headers: toPrincipalHeaders(claims) }
}

interface BrowserSession {
  readonly id: string | undefined
  readonly tokens: PlatformTokens | undefined
}

function sessionOf({ sessions }: Platform, incoming: IncomingMessage): BrowserSession {
  const id = parseCookies(incoming.headers.cookie).get(SESSION_COOKIE)
  return { id, tokens: sessions.find(id) }
}

function reject(action: UnauthenticatedAction, incoming: IncomingMessage): ProviderResponse {
  if (action === 'Return403') return toJson({ error: 'forbidden' }, 403)
  if (action === 'Return401' || !isNavigation(incoming)) {
    return toJson({ error: 'unauthorized' }, 401, { 'www-authenticate': 'Bearer' })
  }
  return toRedirect(toLoginUrl(incoming.url ?? '/'))
}

function toLoginUrl(returnTo: string): string {
  return `/.auth/login/aad?${new URLSearchParams({ post_login_redirect_uri: returnTo })}`
}

function isNavigation({ method, headers }: IncomingMessage): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false
  if (String(headers['x-requested-with']).toLowerCase() === 'xmlhttprequest') return false
  const mode = headers['sec-fetch-mode']
  // Browsers send the destination as well. The fetch of Node.js sends only a mode.
  return mode === undefined || headers['sec-fetch-dest'] === undefined
    ? headers.accept?.includes('text/html') === true
    : mode === 'navigate'
}

/** Responds to the paths of the platform. */
async function respond(
  platform: Platform,
  incoming: IncomingMessage,
  url: URL,
): Promise<ProviderResponse> {
  switch (url.pathname.toLowerCase()) {
    case '/.auth/login/aad':
      return startSignIn(platform, url)
    case CALLBACK:
      return finishSignIn(platform, incoming, url)
    case '/.auth/logout':
      return signOut(platform, incoming, url)
    case '/.auth/logout/complete':
      return toRedirect(returnPath(platform, url, 'post_logout_redirect_uri', '/.auth/logout/done'))
    case '/.auth/login/done':
      return toText('You have signed in.')
    case '/.auth/logout/done':
      return toText('You have been signed out.')
    case '/.auth/me':
      return me(platform, incoming)
    case '/.auth/refresh':
      return refresh(platform, incoming)
    default:
      return toJson({ error: 'not_found' }, 404)
  }
}

/** The parameters of the login URL that the platform passes on to the provider. */
const PASSED_ON = ['prompt', 'login_hint', 'domain_hint'] as const

function startSignIn(platform: Platform, url: URL): ProviderResponse {
  const passed = PASSED_ON.flatMap((name) => {
    const value = url.searchParams.get(name)
    return value === null ? [] : [[name, value] as const]
  })
  const started = platform.client.start(Object.fromEntries(passed))
  const returnTo = returnPath(platform, url, 'post_login_redirect_uri', '/.auth/login/done')
  platform.sessions.keep({ ...started, returnTo })
  return toRedirect(started.url, { 'set-cookie': flowCookie(started.state, 600) })
}

// The cookie binds the sign-in to the browser. Otherwise, another site could sign a visitor in as someone else.
const FLOW_COOKIE = 'Nonce'

function flowCookie(state: string, maxAge: number): string {
  return `${FLOW_COOKIE}=${state}; Path=${CALLBACK}; Max-Age=${maxAge}; HttpOnly; SameSite=Lax`
}

async function finishSignIn(
  { client, sessions }: Platform,
  incoming: IncomingMessage,
  url: URL,
): Promise<ProviderResponse> {
  const state = url.searchParams.get('state') ?? ''
  const isOwnBrowser = parseCookies(incoming.headers.cookie).get(FLOW_COOKIE) === state
  const pending = isOwnBrowser ? sessions.take(state) : undefined
  if (pending === undefined) return toText('The sign-in expired. Open the app again.', 401)
  const code = url.searchParams.get('code')
  if (code === null) {
    const { searchParams } = url
    return toText(
      `The sign-in failed: ${searchParams.get('error')} ${searchParams.get('error_description')}`,
      401,
    )
  }
  const id = sessions.start(await client.redeem(code, pending))
  return toRedirect(pending.returnTo, {
    'set-cookie': `${SESSION_COOKIE}=${id}; Path=/; HttpOnly; SameSite=Lax`,
  })
}

function signOut(platform: Platform, incoming: IncomingMessage, url: URL): ProviderResponse {
  const { client, origin, sessions } = platform
  const { id, tokens } = sessionOf(platform, incoming)
  const deleted = { 'set-cookie': `${SESSION_COOKIE}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax` }
  const name = 'post_logout_redirect_uri'
  const returnTo = returnPath(platform, url, name, '/.auth/logout/done')
  sessions.end(id)
  if (tokens === undefined) return toRedirect(returnTo, deleted)
  const complete = `${origin}/.auth/logout/complete?${new URLSearchParams({ [name]: returnTo })}`
  return toRedirect(client.signOutUrl(complete), deleted)
}

function me(platform: Platform, incoming: IncomingMessage): ProviderResponse {
  if (!platform.tokenStore) return toJson({ error: 'not_found' }, 404)
  const { tokens } = sessionOf(platform, incoming)
  return tokens === undefined ? toJson([], 401) : toJson(toMe(tokens))
}

async function refresh(platform: Platform, incoming: IncomingMessage): Promise<ProviderResponse> {
  if (!platform.tokenStore) return toJson({ error: 'not_found' }, 404)
  const { id, tokens } = sessionOf(platform, incoming)
  if (id === undefined || tokens === undefined) return toText('Sign in first.', 401)
  const refreshed = await platform.client.refresh(tokens)
  if (refreshed === undefined) return toText('The tokens cannot be refreshed.', 403)
  platform.sessions.replace(id, refreshed)
  return toText('The tokens were refreshed.')
}

/** Returns the path in a parameter. It must belong to this origin, like at App Service without allowed external URLs. */
function returnPath(
  { origin }: Platform,
  { searchParams }: URL,
  name: string,
  fallback: string,
): string {
  const value = searchParams.get(name) ?? ''
  if (value === '' || !URL.canParse(value, origin)) return fallback
  const url = new URL(value, origin)
  return url.origin === origin ? url.pathname + url.search + url.hash : fallback
}

function toText(body: string, status = 200): ProviderResponse {
  return {
    status,
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
    body: `${body}\n`,
  }
}

function toFailure(error: unknown): ProviderResponse {
  return toText(error instanceof Error ? error.message : 'The platform failed.', 500)
}

function send(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { status, headers, body }: ProviderResponse,
): void {
  if (outgoing.headersSent) return void outgoing.destroy()
  // The body of the request is not needed.
  incoming.resume()
  outgoing.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) })
  outgoing.end(incoming.method === 'HEAD' ? undefined : body)
}
