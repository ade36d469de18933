import { decodeProtectedHeader, exportJWK, generateKeyPair, type JWK } from 'jose'
import {
  defaultConfig,
  type AccessTokenRequest,
  type AppConfig,
  type DevProvider,
  type Tamper,
} from 'identity-web-dev'
import type { ApiAuthOptions } from 'identity-web/express'
import { expect, test as base } from '../../support/fixtures.ts'
import {
  cacheToken,
  type ProtectedApiResponse,
  type ProtectedApi,
} from '../../support/protected-api.ts'
import type { Clock } from '../../support/site.ts'

export const CONTOSO = 'c0000000-0000-4000-8000-000000000001'
export const FABRIKAM = 'fab00000-0000-4000-8000-000000000002'
export const CLIENT = '11111111-2222-4333-8444-555555555555'
export const TODO_API = '22222222-3333-4444-8555-666666666666'
export const TODO_URI = 'api://todos.contoso.example'
export const B2C_API = '33333333-4444-4555-8666-777777777777'
export const OLD_API = '44444444-5555-4666-8777-888888888888'
export const PLAIN_API = 'https://todos.example'
export const GRAPH = '00000003-0000-0000-c000-000000000000'
export const OTHER = '99999999-9999-4999-8999-999999999999'
export const ROLE = 'Todos.Read.All'
export const DAY = 24 * 3600

const oldApi: AppConfig = {
  ...defaultConfig.apps.find(({ clientId }) => clientId === TODO_API)!,
  clientId: OLD_API,
  idUri: 'api://old-todos.contoso.example',
  accessTokenVersion: 1,
}

type JsonObject = Record<string, unknown>
type Jwk = JsonWebKey & JsonObject

/** The time, in seconds, of the clock of provider and API. It only changes when a test advances it. */
export const START = Math.floor(Date.now() / 1000)

const attacker = await generateKeyPair('RS256')
export const attackerKey = attacker.privateKey
export const attackerJwk: JWK = await exportJWK(attacker.publicKey)

/** Vitest's `test` with the fixtures of the attacks in this folder: an API to attack, and the tokens for it. */
export const test = base
  .extend('providerOptions', { config: { apps: [...defaultConfig.apps, oldApi] } })
  .extend('clock', (): Clock => {
    let now = START * 1000
    return {
      now: () => now,
      advance: (seconds) => {
        now += seconds * 1000
      },
    }
  })
  .extend('open', ({ openApi }) => async (options: ApiAuthOptions = {}): Promise<GuardedApi> => {
    const acceptedTokens: string[] = []
    const site = await openApi(options, (app, api) => {
      for (const [path, requirement] of Object.entries(ROUTES)) {
        app.all(
          path,
          api.authorizationRequired(requirement, (_req, res, { token, user, app: caller }) => {
            acceptedTokens.push(token)
            res.json({ user, app: caller })
          }),
        )
      }
    })
    return { ...site, acceptedTokens }
  })
  .extend(
    'version1Token',
    ({ provider }) =>
      (request: AccessTokenRequest = {}): Promise<string> =>
        provider.accessToken({
          api: OLD_API,
          ...request,
          claims: { aud: TODO_URI, ...request.claims },
        }),
  )
  .extend(
    'alexToken',
    ({ provider }) =>
      (request: AccessTokenRequest = {}): Promise<string> =>
        provider.accessToken({ as: 'alex', api: TODO_API, ...request }),
  )

  /** Starts an API that has already loaded the documents of its provider, so it caches a token after its second use. */
  .extend('openReady', ({ open, version1Token, alexToken }) => async (): Promise<GuardedApi> => {
    const api = await open()
    await expectAccepted(api, await version1Token({ as: 'kim', authority: CONTOSO }))
    await expectAccepted(api, await alexToken({ as: 'kim', authority: CONTOSO }))
    api.acceptedTokens.length = 0
    return api
  })

  /** Starts an API that has cached the token, so it accepts the token without verifying it. */
  .extend('openWithCachedToken', ({ openReady }) => async (token: string): Promise<GuardedApi> => {
    const api = await openReady()
    await cacheToken(api, token, '/any')
    api.acceptedTokens.length = 0
    return api
  })
  .extend(
    'openOidc',
    ({ open, provider }) =>
      (): Promise<GuardedApi> =>
        open({
          authority: undefined,
          oidcAuthority: provider.oidcAuthority,
          clientId: PLAIN_API,
          audience: undefined,
        }),
  )
  .extend(
    'appToken',
    ({ provider }) =>
      (request: AccessTokenRequest = {}): Promise<string> =>
        provider.accessToken({ api: TODO_API, ...request }),
  )
  .extend(
    'tokenWithClaims',
    ({ alexToken }) =>
      (claims: JsonObject): Promise<string> =>
        alexToken({ claims }),
  )

  /** Creates a token with any header and the signature of a valid token. */
  .extend('tokenWithHeader', ({ alexToken }) => async (header: JsonObject): Promise<string> => {
    return (await alexToken()).replace(/^[^.]+/, encode(header))
  })

  /** The functions that create a token, for tables of test cases. */
  .extend(
    'tokens',
    ({
      provider,
      alexToken,
      appToken,
      version1Token,
      tokenWithClaims,
      tokenWithHeader,
    }): Tokens => ({
      provider,
      alexToken,
      appToken,
      version1Token,
      tokenWithClaims,
      tokenWithHeader,
    }),
  )

  /** The key ID of the tokens of personal accounts. */
  .extend('consumersKid', ({ provider }) => async (): Promise<string> => {
    return decodeProtectedHeader(await provider.accessToken({ as: 'charlie' })).kid!
  })

  /** Gets a real ID token by a sign-in at a client. */
  .extend(
    'idTokenOf',
    ({ provider }) =>
      async (
        clientId: string,
        { authority = provider.authority(), paths = '/oauth2/v2.0', as = 'alex' } = {},
      ): Promise<string> => {
        provider.behave({ consent: 'skip' })
        const app = provider.config.apps.find((one) => one.clientId === clientId)
        const redirect = 'http://localhost/callback'
        const request = new URL(`${authority}${paths}/authorize`)
        request.search = new URLSearchParams({
          client_id: clientId,
          response_type: 'code',
          redirect_uri: redirect,
          scope: 'openid profile',
          nonce: 'nonce-of-the-sign-in',
          code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
          code_challenge_method: 'S256',
        }).toString()
        const { url } = await provider.signIn(request, { as })
        const response = await fetch(`${authority}${paths}/token`, {
          method: 'POST',
          body: new URLSearchParams({
            client_id: clientId,
            ...(app?.clientSecret !== undefined && { client_secret: app.clientSecret }),
            grant_type: 'authorization_code',
            code: url.searchParams.get('code') ?? '',
            redirect_uri: redirect,
            code_verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
          }),
        })
        const { id_token: token } = (await response.json()) as { id_token?: string }
        if (token === undefined) throw new Error('There is no ID token')
        return token
      },
  )
  .extend(
    'consumers',
    ({ provider, consumersKid }) =>
      async (request: AccessTokenRequest): Promise<string> =>
        provider.accessToken({
          ...request,
          key: 'consumers',
          header: { kid: await consumersKid(), ...request.header },
        }),
  )
  .extend(
    'allowed',
    ({ open }) =>
      (): Promise<GuardedApi> =>
        open({ allowedClients: [OTHER, CLIENT.toUpperCase()] }),
  )

const ROUTES = {
  '/any': {},
  '/read': { scopes: 'Todos.Read' },
  '/write-or-read': { scopes: { anyOf: 'Todos.Read Todos.ReadWrite' } },
  '/role': { appPermissions: ROLE },
  '/both': { scopes: 'Todos.Read', appPermissions: ROLE },
  '/editor': { roles: 'Editor' },
  '/proto-scope': { scopes: '__proto__' },
  '/constructor-scope': { scopes: { anyOf: ['constructor', 'toString', 'length'] } },
  '/proto-role': { appPermissions: ['__proto__', 'constructor', 'includes'] },
} as const

interface GuardedApi extends ProtectedApi {
  /** The tokens whose requests reached a handler. */
  readonly acceptedTokens: string[]
}

export interface Tokens {
  readonly provider: DevProvider
  /** A token for the user Alex. */
  alexToken(request?: AccessTokenRequest): Promise<string>
  /** An app-only token. */
  appToken(request?: AccessTokenRequest): Promise<string>
  /** A token of version 1. */
  version1Token(request?: AccessTokenRequest): Promise<string>
  /** A token for the user Alex with other claims. */
  tokenWithClaims(claims: JsonObject): Promise<string>
  /** A token with any header, whose signature belongs to a valid token. */
  tokenWithHeader(header: JsonObject): Promise<string>
}

export const encode = (part: unknown): string =>
  Buffer.from(JSON.stringify(part)).toString('base64url')

/** Checks a rejection: the handler did not run, and the response and the log do not contain the token. */
export function expectNoAccess(
  api: GuardedApi,
  reply: ProtectedApiResponse,
  credentials: string,
): void {
  expect(api.acceptedTokens).toEqual([])
  expect(api.errors).toEqual([])
  expect(reply.headers.get('cache-control')).toBe('no-store')
  const said = `${JSON.stringify(reply.body)} ${reply.headers.get('www-authenticate')} ${api.logs.join('\n')}`
  for (const part of credentials.split('.').filter(({ length }) => length > 20)) {
    expect(said).not.toContain(part.slice(0, 20))
  }
}

interface ExpectedRejection {
  readonly path?: keyof typeof ROUTES
  readonly status?: number
  readonly error?: string
  readonly init?: RequestInit
}

/** Checks that a token is rejected, with the reason in the response and in the log. */
export async function expectRejected(
  api: GuardedApi,
  token: string,
  reason: string,
  { path = '/any', status = 401, error = 'invalid_token', init }: ExpectedRejection = {},
): Promise<void> {
  const reply = await api.call(path, token, init)

  expect(reply.body).toEqual({
    error,
    error_description: expect.stringContaining(reason) as unknown,
  })
  expect(reply.status).toBe(status)
  expectNoAccess(api, reply, token)
  expect(api.logs.join('\n')).toContain(reason)
  // A rejection that another token cannot solve does not have a challenge.
  expect(reply.challenge?.['error']).toBe(error === 'access_denied' ? undefined : error)
  expect(reply.challenge?.['error_description'] ?? reason).toContain(reason)
}

export const expectInsufficient = (
  api: GuardedApi,
  path: keyof typeof ROUTES,
  token: string,
  reason: string,
): Promise<void> =>
  expectRejected(api, token, reason, { path, status: 403, error: 'insufficient_scope' })

export async function expectAccepted(
  api: GuardedApi,
  token: string,
  path: keyof typeof ROUTES = '/any',
): Promise<void> {
  const { status, body } = await api.call(path, token)
  expect({ status, body }).toEqual({ status: 200, body: expect.anything() as unknown })
}

/** Sends an `Authorization` header as it is. */
export const send = (
  api: GuardedApi,
  authorization: string,
  path = '/any',
): Promise<ProtectedApiResponse> => api.call(path, undefined, { headers: { authorization } })

/** Changes the keys that the provider publishes. */
export const changeKeys =
  (change: (key: Jwk) => JsonObject): NonNullable<Tamper['jwks']> =>
  ({ keys }) => ({ keys: keys.map((key) => change(key as Jwk) as JsonWebKey) })

export { describe, expect } from '../../support/fixtures.ts'
