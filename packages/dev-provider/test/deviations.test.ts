import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import {
  createRemoteJWKSet,
  decodeJwt,
  decodeProtectedHeader,
  jwtVerify,
  type JWTPayload,
} from 'jose'
import { defaultBehaviour, type Deviation, type DevProvider } from '../src/index.js'
import { readFileSchema } from '../src/config/schema.js'
import {
  authorizeUrl,
  getTokens,
  redeem,
  refresh,
  requestToken,
  TODO_API,
  cookieHeader,
} from './support/flow.js'
import { describe, expect, test as base } from './support/fixtures.js'
import { listen } from './support/listen.js'

const HOME = 'http://localhost:3999/'
const OTHER_ID = 'a0000000-0000-4000-8000-0000000000ff'
const CP1 = '{"access_token":{"xms_cc":{"values":["cp1"]}}}'
const ACRS = { acrs: { essential: true, value: 'c1' } }
const PARAMS = {
  scope: `openid profile offline_access ${TODO_API}/Todos.Read`,
  claims: JSON.stringify({ access_token: ACRS, id_token: ACRS }),
}
const GRAPH = { scope: 'openid profile offline_access User.Read' }

/** What a client sees. Each method makes the requests that it needs. */
class Client {
  readonly provider: DevProvider

  constructor(provider: DevProvider) {
    this.provider = provider
  }

  async metadata(): Promise<Record<string, unknown>> {
    const url = `${this.provider.authority()}/v2.0/.well-known/openid-configuration`
    return (await (await fetch(url)).json()) as Record<string, unknown>
  }

  async keys(): Promise<number> {
    const response = await fetch(`${this.provider.authority()}/discovery/v2.0/keys`)
    return ((await response.json()) as { keys: unknown[] }).keys.length
  }

  async response(params: Record<string, string> = {}): Promise<Record<string, string>> {
    const { url } = await this.provider.signIn(authorizeUrl(this.provider, params))
    return Object.fromEntries(url.searchParams)
  }

  tokens(): Promise<Record<string, unknown>> {
    return getTokens(this.provider, PARAMS)
  }

  async idToken(): Promise<Record<string, unknown>> {
    return this.read((await this.tokens())['id_token'], this.provider.app.clientId)
  }

  async accessToken(): Promise<Record<string, unknown>> {
    return this.read((await this.tokens())['access_token'], this.provider.api.clientId)
  }

  async appToken(): Promise<Record<string, unknown>> {
    const scope = `${TODO_API}/.default`
    const { body } = await requestToken(this.provider, { grant_type: 'client_credentials', scope })
    return this.read(body['access_token'], this.provider.api.clientId)
  }

  async refreshed(): Promise<Record<string, unknown>> {
    const tokens = await getTokens(this.provider, PARAMS)
    return (await refresh(this.provider, tokens['refresh_token'])).body
  }

  async signedOut(): Promise<{
    location: string | null
    frames: number
    sid?: string | undefined
  }> {
    const cookies = new Map<string, string>()
    this.provider.register({ frontChannelLogoutUri: `${HOME}front` })
    await getTokens(this.provider, {}, { cookies })
    const url = new URL(`${this.provider.authority()}/oauth2/v2.0/logout`)
    url.searchParams.set('post_logout_redirect_uri', HOME)
    const response = await fetch(url, { redirect: 'manual', headers: cookieHeader(cookies) })
    const page = await response.text()
    return {
      location:
        response.headers.get('location') ??
        /http:\/\/localhost:3999\/(?=")/.exec(page)?.[0] ??
        null,
      sid: /sid=([\w-]+)/.exec(page)?.[1],
      frames: page.match(/<iframe/g)?.length ?? 0,
    }
  }

  /** Returns the claims and the result of the verification, or the token itself. */
  private async read(token: unknown, audience: string): Promise<Record<string, unknown>> {
    if (typeof token !== 'string' || token.split('.').length !== 3) return { token }
    const claims: JWTPayload = decodeJwt(token)
    const document = await this.metadata()
    const keys = createRemoteJWKSet(new URL(String(document['jwks_uri'])))
    const verified = await verdictOf(jwtVerify(token, keys, { audience }))
    return { ...decodeProtectedHeader(token), ...claims, verified }
  }
}

/** Returns the code of the error if a token does not verify. */
const verdictOf = (verification: Promise<unknown>): Promise<string> =>
  verification.then(
    () => 'valid',
    (error: { code: string }) => error.code,
  )

type Probe = (client: Client) => Promise<unknown>

const OTHER = 'https://other-issuer.example/'
const BAD_SIGNATURE = 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED'
const of =
  (
    method: 'metadata' | 'idToken' | 'accessToken' | 'appToken' | 'tokens' | 'refreshed',
    name: string,
  ): Probe =>
  async (client) =>
    (await client[method]())[name]
const response =
  (name: string): Probe =>
  async (client) =>
    (await client.response())[name]

/** What a client sees with each deviation. */
const SEEN: Readonly<Record<Exclude<Deviation, BackChannel>, readonly [Probe, unknown]>> = {
  'metadata-other-issuer': [of('metadata', 'issuer'), OTHER],
  'metadata-without-sign-out': [of('metadata', 'end_session_endpoint'), undefined],
  'keys-missing': [(client) => client.keys(), 0],
  'response-other-state': [response('state'), 'another-state'],
  'response-without-state': [response('state'), undefined],
  'response-other-issuer': [response('iss'), OTHER],
  'response-without-code': [response('code'), undefined],
  'id-token-missing': [of('tokens', 'id_token'), undefined],
  'id-token-expired': [of('idToken', 'verified'), 'ERR_JWT_EXPIRED'],
  'id-token-other-audience': [of('idToken', 'verified'), 'ERR_JWT_CLAIM_VALIDATION_FAILED'],
  'id-token-other-issuer': [of('idToken', 'iss'), OTHER],
  'id-token-other-nonce': [of('idToken', 'nonce'), 'another-nonce'],
  'id-token-without-nonce': [of('idToken', 'nonce'), undefined],
  'id-token-unsigned': [of('idToken', 'alg'), 'none'],
  'id-token-wrong-signature': [of('idToken', 'verified'), BAD_SIGNATURE],
  'id-token-unknown-key': [of('idToken', 'verified'), 'ERR_JWKS_NO_MATCHING_KEY'],
  'id-token-without-oid': [of('idToken', 'oid'), undefined],
  'id-token-without-tid': [of('idToken', 'tid'), undefined],
  'id-token-without-name': [of('idToken', 'preferred_username'), undefined],
  'id-token-without-sid': [of('idToken', 'sid'), undefined],
  'access-token-missing': [of('tokens', 'access_token'), undefined],
  'access-token-expired': [of('accessToken', 'verified'), 'ERR_JWT_EXPIRED'],
  'access-token-other-audience': [of('accessToken', 'verified'), 'ERR_JWT_CLAIM_VALIDATION_FAILED'],
  'access-token-other-issuer': [of('accessToken', 'iss'), OTHER],
  'access-token-wrong-signature': [of('accessToken', 'verified'), BAD_SIGNATURE],
  'access-token-unknown-key': [of('accessToken', 'verified'), 'ERR_JWKS_NO_MATCHING_KEY'],
  'access-token-opaque': [of('accessToken', 'token'), expect.stringMatching(/^opaque-[\w-]{24}$/)],
  'access-token-without-scopes': [of('accessToken', 'scp'), undefined],
  'access-token-without-roles': [of('appToken', 'roles'), undefined],
  'access-token-without-user': [of('accessToken', 'oid'), undefined],
  'refresh-token-missing': [of('tokens', 'refresh_token'), undefined],
  'refresh-token-not-replaced': [of('refreshed', 'refresh_token'), undefined],
  'scope-missing': [of('tokens', 'scope'), undefined],
  'scope-reduced': [of('tokens', 'scope'), 'openid'],
  'resource-rejected': [
    async (client) =>
      (await client.response({ ...PARAMS, resource: TODO_API }))['error_description']?.slice(0, 14),
    'AADSTS9010010:',
  ],
  'resource-ignored': [
    async (client) => 'error' in (await client.response({ ...GRAPH, resource: TODO_API })),
    false,
  ],
  'claims-ignored': [of('accessToken', 'acrs'), undefined],
  'consent-forgotten': [
    async ({ provider }) => {
      const { url } = await provider.signIn(authorizeUrl(provider, PARAMS))
      const { body } = await redeem(provider, url.searchParams.get('code') ?? '')
      return body['suberror']
    },
    'consent_required',
  ],
  'sign-out-without-redirect': [async (client) => (await client.signedOut()).location, null],
  'second-refresh-rejected': [
    async ({ provider }) => {
      const { refresh_token: first } = await getTokens(provider)
      const { body } = await refresh(provider, first)
      return (await refresh(provider, body['refresh_token'])).status
    },
    400,
  ],
  'refreshed-id-token-other-user': [
    async (client) => decodeJwt(String((await client.refreshed())['id_token'])).sub,
    'another-user',
  ],
  'claims-rejected': [
    async (client) => [
      (await client.response(PARAMS))['error_description']?.slice(0, 14),
      (await client.response({ ...PARAMS, claims: CP1 }))['error'],
    ],
    ['AADSTS900144: ', undefined],
  ],
  'front-channel-other-session': [
    async (client) => (await client.signedOut()).sid,
    'another-session',
  ],
  'user-info-other-user': [
    async ({ provider }) => {
      const { access_token: token } = await getTokens(provider, GRAPH)
      const init = { headers: { authorization: `Bearer ${token}` } }
      const me = (await (await fetch(provider.graphMe, init)).json()) as { id: string }
      const info = await fetch(`${provider.origin}/oidc/userinfo`, init)
      return [me.id, ((await info.json()) as { sub: string }).sub]
    },
    [OTHER_ID, OTHER_ID],
  ],
  'front-channel-not-called': [async (client) => (await client.signedOut()).frames, 0],
}

type BackChannel = Extract<Deviation, `logout-token-${string}` | 'back-channel-not-called'>

const test = base.extend('client', ({ provider }) => new Client(provider))

describe('the switch deviations', () => {
  test.for(Object.entries(SEEN))('%s', async ([name, [probe, expected]], { client }) => {
    const before = await probe(client)
    client.provider.behave({ deviations: [name as Deviation] })

    expect(await probe(client)).toEqual(expected)
    expect(before).not.toEqual(expected)
    client.provider.behave({ deviations: [] })
    expect(typeof (await probe(client))).toBe(typeof before)
  })

  test('several deviations work together, also with tamper', async ({ client }) => {
    client.provider.behave({ deviations: ['id-token-without-nonce', 'id-token-unknown-key'] })
    client.provider.tamper = { idToken: (claims, sign) => sign({ ...claims, name: 'Tampered' }) }
    const claims = await client.idToken()

    expect(claims).toMatchObject({ name: 'Tampered', kid: 'unknown-key' })
    expect(claims).not.toHaveProperty('nonce')
  })

  test('claims-ignored also concerns ID tokens', async ({ client }) => {
    expect(await client.idToken()).toMatchObject({ acrs: ['c1'] })
    client.provider.behave({ deviations: ['claims-ignored'] })
    expect(await client.idToken()).not.toHaveProperty('acrs')
  })

  test('an unknown name is rejected, with the known names', ({ provider }) => {
    expect(() => provider.behave({ deviations: ['id-token-without-nonse' as Deviation] })).toThrow(
      /deviations.*id-token-without-nonce/s,
    )
    expect(provider.behaviour.deviations).toEqual(defaultBehaviour.deviations)
  })

  test('the schema and the documentation know the same names', () => {
    const schema = readFileSchema().definitions['Deviation']
    const page = readFileSync(new URL('../docs/tests.md', import.meta.url), 'utf8')

    for (const name of schema?.enum ?? []) expect(page).toContain(`\`${String(name)}\``)

    expect(schema?.enum).toEqual(expect.arrayContaining(Object.keys(SEEN)))
    expect(schema?.enum).toHaveLength(Object.keys(SEEN).length + 4)
  })
})

describe('deviations of the back channel', () => {
  const signOut = async (provider: DevProvider, deviations: readonly Deviation[]) => {
    const heard: string[] = []
    const server = createServer((request, reply) => {
      const read = async (): Promise<void> => {
        heard.push(new URLSearchParams(await text(request)).get('logout_token') ?? '')
        reply.end()
      }
      void read()
    })
    provider.register({ backChannelLogoutUri: `${await listen(server)}/back` })
    const { search } = authorizeUrl(provider, { scope: 'openid' })
    await provider.signIn(`${provider.oidcAuthority}/authorize${search}`)
    provider.behave({ deviations })
    await provider.signOut()
    server.close()
    const token = heard[0]
    if (token === undefined) return undefined
    const keys = createRemoteJWKSet(new URL(`${provider.oidcAuthority}/keys`))
    const verified = await verdictOf(jwtVerify(token, keys))
    return { ...decodeJwt<{ sid: string }>(token), verified }
  }

  test('none', async ({ provider }) => {
    const seen = await signOut(provider, [])

    expect(seen).toMatchObject({ verified: 'valid', events: expect.anything() })
    expect(seen?.sid).not.toBe('another-session')
  })

  test.for<readonly [BackChannel, unknown]>([
    ['back-channel-not-called', undefined],
    ['logout-token-wrong-signature', expect.objectContaining({ verified: BAD_SIGNATURE })],
    ['logout-token-other-session', expect.objectContaining({ sid: 'another-session' })],
    ['logout-token-without-event', expect.not.objectContaining({ events: expect.anything() })],
  ])('%s', async ([name, expected], { provider }) => {
    expect(await signOut(provider, [name])).toEqual(expected)
  })
})

describe('a failure with grantType', () => {
  test('concerns only this grant', async ({ provider }) => {
    const fault = { kind: 'error', error: 'invalid_grant', grantType: 'refresh_token' } as const
    provider.behave({ faults: { token: { ...fault, times: 1 } } })
    const tokens = await getTokens(provider)

    expect((await refresh(provider, tokens['refresh_token'])).body['error']).toBe('invalid_grant')
    expect((await refresh(provider, tokens['refresh_token'])).status).toBe(200)
  })
})
