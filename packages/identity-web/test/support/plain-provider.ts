import { createServer, type IncomingMessage } from 'node:http'
import { exportJWK, generateKeyPair, SignJWT, type JWTPayload } from 'jose'
import { Browser, type BrowserResponse } from './browser.ts'
import { close, listen } from './server.ts'

/** A response of an endpoint. A string is sent as it is, an object as JSON. */
export interface PlainResponse {
  readonly status?: number
  readonly type?: string
  readonly body: unknown
}

/** A request that the provider received. */
export interface PlainRequest {
  readonly path: string
  readonly query: URLSearchParams
  readonly form: URLSearchParams
  readonly headers: IncomingMessage['headers']
}

/** How the provider behaves. Tests replace the members. */
export interface PlainRules {
  /** Members of the metadata. `undefined` removes a member. */
  metadata: Record<string, unknown>
  /** Returns the problem with the client authentication of a token request. */
  authenticate: (request: PlainRequest) => string | undefined
  /** Replaces the response of the token endpoint. */
  token: (request: PlainRequest, normal: Record<string, unknown>) => PlainResponse | undefined
  /** Claims of ID tokens. */
  idToken: Record<string, unknown>
  /** Replaces an ID token, for example by an encrypted one. */
  idTokenOf: ((normal: string) => string) | undefined
  /** Returns the response of the UserInfo endpoint. */
  userInfo: (request: PlainRequest) => PlainResponse | Promise<PlainResponse>
  /** The error of the authorization response, for example `login_required`. */
  authorizationError: ((query: URLSearchParams) => string | undefined) | undefined
}

/** A small OpenID provider with one client, `web`, that signs in its only user without a page. */
export interface PlainProvider {
  readonly issuer: string
  readonly rules: PlainRules
  readonly requests: PlainRequest[]
  /** Signs a JWT with the key of the provider. */
  sign(claims: JWTPayload, header?: Record<string, unknown>): Promise<string>
  /** Returns the requests for a path, such as `/token`. */
  to(path: string): PlainRequest[]
  /** Returns the authorization response for the URL of an authorization request. */
  authorize(url: string): Promise<string>
  close(): Promise<void>
}

const ENDPOINTS = {
  authorization_endpoint: '/authorize',
  token_endpoint: '/token',
  jwks_uri: '/keys',
  userinfo_endpoint: '/userinfo',
}

// A new key for each provider would take longer than most tests.
let sharedKeys: ReturnType<typeof generateKeyPair> | undefined

/** Starts the provider. `now` returns its time in milliseconds. */
export async function startPlainProvider(now: () => number): Promise<PlainProvider> {
  const keys = await (sharedKeys ??= generateKeyPair('RS256'))
  const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'plain', alg: 'RS256', use: 'sig' }
  const nonces = new Map<string, string>()
  const requests: PlainRequest[] = []
  let count = 0
  const seconds = (): number => Math.floor(now() / 1000)

  const rules: PlainRules = {
    metadata: {},
    authenticate: () => undefined,
    token: () => undefined,
    idToken: {},
    idTokenOf: undefined,
    userInfo: () => ({ status: 404, body: '' }),
    authorizationError: undefined,
  }

  const server = createServer((request, response) => {
    void (async () => {
      const { status = 200, type, body } = await respond(await read(request))
      const isText = typeof body === 'string'
      response.writeHead(status, {
        ...(type !== undefined && { 'content-type': type }),
        ...(type === undefined && !isText && { 'content-type': 'application/json' }),
        ...(status === 302 && { location: String(body) }),
      })
      response.end(isText ? body : JSON.stringify(body))
    })()
  })
  const issuer = await listen(server)

  const sign: PlainProvider['sign'] = (claims, header) =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', kid: 'plain', ...header })
      .sign(keys.privateKey)

  async function respond(request: PlainRequest): Promise<PlainResponse> {
    requests.push(request)
    switch (request.path) {
      case '/.well-known/openid-configuration':
        return { body: { ...metadata(), ...rules.metadata } }
      case '/keys':
        return { body: { keys: [jwk] } }
      case '/authorize':
        return { status: 302, body: authorizationResponse(request.query) }
      case '/token':
        return tokenResponse(request)
      case '/userinfo':
        return rules.userInfo(request)
      default:
        return { status: 404, body: '' }
    }
  }

  function metadata(): Record<string, unknown> {
    return {
      issuer,
      ...Object.fromEntries(
        Object.entries(ENDPOINTS).map(([name, path]) => [name, `${issuer}${path}`]),
      ),
      scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
      id_token_signing_alg_values_supported: ['RS256'],
    }
  }

  function authorizationResponse(query: URLSearchParams): string {
    const back = new URL(query.get('redirect_uri') ?? '')
    back.searchParams.set('state', query.get('state') ?? '')
    const error = rules.authorizationError?.(query)
    if (error !== undefined) {
      back.searchParams.set('error', error)
      return back.href
    }
    const code = `code-${(count += 1)}`
    nonces.set(code, query.get('nonce') ?? '')
    back.searchParams.set('code', code)
    return back.href
  }

  async function tokenResponse(request: PlainRequest): Promise<PlainResponse> {
    const problem = rules.authenticate(request)
    if (problem !== undefined) {
      return { status: 401, body: { error: 'invalid_client', error_description: problem } }
    }
    const time = seconds()
    const nonce = nonces.get(request.form.get('code') ?? '')
    const idToken = await sign({
      iss: issuer,
      aud: 'web',
      sub: 'ada',
      iat: time,
      exp: time + 600,
      ...(nonce !== undefined && { nonce }),
      ...rules.idToken,
    })
    const normal = {
      access_token: `access-${(count += 1)}`,
      token_type: 'Bearer',
      expires_in: 600,
      refresh_token: `refresh-${(count += 1)}`,
      scope: 'openid profile email',
      id_token: rules.idTokenOf?.(idToken) ?? idToken,
    }
    return rules.token(request, normal) ?? { body: normal }
  }

  return {
    issuer,
    rules,
    requests,
    sign,
    to: (path) => requests.filter((one) => one.path === path),
    async authorize(url) {
      const response = await fetch(url, { redirect: 'manual' })
      return response.headers.get('location') ?? ''
    },
    close: () => close(server),
  }
}

async function read(request: IncomingMessage): Promise<PlainRequest> {
  let text = ''
  for await (const chunk of request.setEncoding('utf8')) text += String(chunk)
  const url = new URL(request.url ?? '', 'http://localhost')
  return {
    path: url.pathname,
    query: url.searchParams,
    form: new URLSearchParams(text),
    headers: request.headers,
  }
}

/** The id and the secret of a Basic header as the provider reads them without decoding. */
export function basicOf({ headers }: PlainRequest): { id: string; secret: string } | undefined {
  const encoded = /^Basic (.+)$/.exec(headers.authorization ?? '')?.[1]
  if (encoded === undefined) return undefined
  const [id = '', secret = ''] = Buffer.from(encoded, 'base64').toString().split(':')
  return { id, secret }
}

/** Opens a page, signs in at the provider and returns the response of the callback. */
export async function signInAtPlain(
  site: { readonly origin: string },
  plain: PlainProvider,
  browser: Browser,
  path = '/',
): Promise<BrowserResponse> {
  const { location } = await browser.navigate(site.origin + path)
  if (location?.startsWith(plain.issuer) !== true) throw new Error(`${path} led to ${location}`)
  return browser.navigate(await plain.authorize(location), {
    headers: { 'sec-fetch-site': 'cross-site' },
  })
}
