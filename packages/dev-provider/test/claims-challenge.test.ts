import {
  authorizeUrl,
  claimsOf,
  getCode,
  getTokens,
  redeem,
  refresh,
  cookieHeader,
} from './support/flow.js'
import { describe, expect, test as base } from './support/fixtures.js'

const SCOPE = 'openid profile offline_access User.Read'
const CAPABILITY = { xms_cc: { values: ['cp1'] } }
const NBF = { nbf: { essential: true, value: '1604106651' } }
const toClaims = (accessToken: object) => JSON.stringify({ access_token: accessToken })
const DECLARED = toClaims(CAPABILITY)
const CHALLENGE = toClaims(NBF)
const ANSWER = toClaims({ ...CAPABILITY, ...NBF })

const test = base
  .extend(
    'call',
    ({ provider }) =>
      (token: string | undefined) =>
        fetch(provider.graphMe, { headers: { authorization: `Bearer ${token}` } }),
  )
  .extend(
    'signIn',
    ({ provider, cookies }) =>
      (params: Record<string, string>) =>
        getTokens(provider, { scope: SCOPE, ...params }, { cookies, as: 'robin' }),
  )

/** Parses the challenge of an error response (RFC 9110). */
function readChallenge(response: Response): Record<string, string> {
  const header = response.headers.get('www-authenticate') ?? ''
  return Object.fromEntries(
    [...header.matchAll(/([\w_]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]),
  )
}

describe('a claims challenge of Graph', () => {
  test('is sent to a client that declared cp1, and satisfied by refreshing with the claims', async ({
    provider,
    call,
  }) => {
    const tokens = await getTokens(provider, { scope: SCOPE, claims: DECLARED })
    expect(claimsOf(tokens.access_token)['xms_cc']).toEqual(['cp1'])
    provider.behave({ graphClaims: CHALLENGE })

    const rejected = await call(tokens.access_token)
    const challenge = readChallenge(rejected)
    expect(rejected.status).toBe(401)
    expect(challenge).toMatchObject({ realm: '', error: 'insufficient_claims' })
    expect(challenge['authorization_uri']).toMatch(/\/oauth2\/authorize$/)
    expect(Buffer.from(challenge['claims'] ?? '', 'base64').toString()).toBe(CHALLENGE)

    const plain = await refresh(provider, tokens.refresh_token)
    expect((await call(plain.body.access_token)).status).toBe(401)
    const answered = await refresh(provider, tokens.refresh_token, { claims: ANSWER })
    expect((await call(answered.body.access_token)).status).toBe(200)
  })

  test('is an invalid token for a client that did not declare cp1', async ({ provider, call }) => {
    const tokens = await getTokens(provider, { scope: SCOPE })
    expect(claimsOf(tokens.access_token)).not.toHaveProperty('xms_cc')
    provider.behave({ graphClaims: CHALLENGE })

    const rejected = await call(tokens.access_token)
    const challenge = readChallenge(rejected)
    expect(rejected.status).toBe(401)
    expect(challenge['error']).toBe('invalid_token')
    expect(challenge).not.toHaveProperty('claims')
  })

  test('is satisfied by a sign-in with the claims', async ({ provider, call }) => {
    provider.behave({ graphClaims: CHALLENGE })
    const tokens = await getTokens(provider, { scope: SCOPE, claims: ANSWER })

    expect((await call(tokens.access_token)).status).toBe(200)
  })

  test('is not satisfied by another value', async ({ provider, call }) => {
    const tokens = await getTokens(provider, { scope: SCOPE, claims: ANSWER })
    provider.behave({
      graphClaims: toClaims({ nbf: { essential: true, value: '1604106652' } }),
    })

    expect((await call(tokens.access_token)).status).toBe(401)
  })

  test('accepts the capability in upper or lower case, and at the token endpoint', async ({
    provider,
    call,
  }) => {
    const code = await getCode(provider, { scope: SCOPE })
    const { body } = await redeem(provider, code, {
      claims: toClaims({ xms_cc: { values: ['CP1'] } }),
    })
    provider.behave({ graphClaims: CHALLENGE })

    expect(readChallenge(await call(body.access_token))['error']).toBe('insufficient_claims')
  })

  test('for an authentication context requires a sign-in, which satisfies it', async ({
    provider,
    call,
  }) => {
    const acrs = { acrs: { essential: true, value: 'c1' } }
    const tokens = await getTokens(provider, { scope: SCOPE, claims: DECLARED })
    provider.behave({ graphClaims: toClaims(acrs) })

    const claims = toClaims({ ...CAPABILITY, ...acrs })
    expect((await refresh(provider, tokens.refresh_token, { claims })).body).toMatchObject({
      error: 'invalid_grant',
      error_codes: [50076],
      claims,
    })
    const stepped = await getTokens(provider, { scope: SCOPE, claims })
    expect(claimsOf(stepped.access_token)['acrs']).toEqual(['c1'])
    expect((await call(stepped.access_token)).status).toBe(200)
  })

  test('must be JSON', ({ provider }) => {
    expect(() => provider.behave({ graphClaims: '{' })).toThrow(TypeError)
  })
})

describe('a claims challenge that requires a sign-in', () => {
  test('is not satisfied by refreshing, only by a new sign-in with the claims', async ({
    signIn,
    provider,
    call,
  }) => {
    const tokens = await signIn({ claims: DECLARED })
    provider.behave({ graphClaims: CHALLENGE, graphClaimsNeedUser: true })

    const { body } = await refresh(provider, tokens.refresh_token, { claims: ANSWER })
    expect(body).toMatchObject({
      error: 'invalid_grant',
      error_codes: [50076],
      suberror: 'basic_action',
      claims: ANSWER,
    })
    const again = await signIn({ claims: ANSWER })
    expect((await call(again.access_token)).status).toBe(200)
    const refreshed = await refresh(provider, again.refresh_token, { claims: ANSWER })
    expect((await call(refreshed.body.access_token)).status).toBe(200)
  })

  test('shows a page despite a session, and rejects prompt=none', async ({
    signIn,
    provider,
    cookies,
  }) => {
    await signIn({ claims: DECLARED })
    provider.behave({ graphClaims: CHALLENGE, graphClaimsNeedUser: true })
    const silent = (claims: string) =>
      provider.signIn(authorizeUrl(provider, { scope: SCOPE, prompt: 'none', claims }), { cookies })

    const { url } = await silent(ANSWER)
    expect(url.searchParams.get('error')).toBe('interaction_required')
    expect(url.searchParams.get('claims')).toBe(CHALLENGE)
    expect((await silent(DECLARED)).url.searchParams.has('code')).toBe(true)

    const headers = cookieHeader(cookies)
    const page = await fetch(authorizeUrl(provider, { scope: SCOPE, claims: ANSWER }), {
      headers,
      redirect: 'manual',
    })
    expect(await page.text()).toContain('data-page="account"')
  })
})

describe('acrs of an ID token', () => {
  const claims = JSON.stringify({ id_token: { acrs: { essential: true, value: 'c1' } } })

  test('appear when the sign-in requested them, and stay after a refresh', async ({ provider }) => {
    const tokens = await getTokens(provider, { scope: SCOPE, claims })
    const { body } = await refresh(provider, tokens.refresh_token)

    expect(claimsOf(tokens.id_token)['acrs']).toEqual(['c1'])
    expect(claimsOf(tokens.access_token)).not.toHaveProperty('acrs')
    expect(claimsOf(body.id_token)['acrs']).toEqual(['c1'])
  })

  test('cannot be added by refreshing', async ({ provider }) => {
    const tokens = await getTokens(provider, { scope: SCOPE })

    expect(claimsOf(tokens.id_token)).not.toHaveProperty('acrs')
    expect((await refresh(provider, tokens.refresh_token, { claims })).body).toMatchObject({
      error: 'invalid_grant',
      error_codes: [50076],
    })
  })
})
