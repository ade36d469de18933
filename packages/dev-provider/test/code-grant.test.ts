import { startDevProvider } from '../src/index.js'
import {
  ALL_IDENTITY,
  claimsOf,
  createPkce,
  getCode,
  getTokens,
  redeem,
  REDIRECT_URI,
  TODO_API,
} from './support/flow.js'
import { describe, expect, test } from './support/fixtures.js'

describe('a code', () => {
  test('works once', async ({ provider }) => {
    const code = await getCode(provider)

    expect((await redeem(provider, code)).status).toBe(200)
    expect((await redeem(provider, code)).body).toMatchObject({
      error: 'invalid_grant',
      error_codes: [54005],
    })
  })

  test('works once also for two requests at the same time', async ({ provider }) => {
    const code = await getCode(provider)
    const replies = await Promise.all([redeem(provider, code), redeem(provider, code)])

    expect(replies.map((reply) => reply.status).toSorted((a, b) => a - b)).toEqual([200, 400])
  })

  test('expires after ten minutes', async ({ provider, clock }) => {
    const [inTime, late] = [await getCode(provider), await getCode(provider)]
    clock.advance(599)
    expect((await redeem(provider, inTime)).status).toBe(200)
    clock.advance(2)
    expect((await redeem(provider, late)).body).toMatchObject({ error_codes: [70008] })
  })

  test('belongs to the tenant path that issued it', async ({ provider }) => {
    const code = await getCode(provider, {}, { tenant: 'common' })

    expect((await redeem(provider, code)).body).toMatchObject({ error_codes: [700005] })
    expect((await redeem(provider, code, {}, 'common')).status).toBe(200)
  })

  test('works at another name of the tenant', async ({ provider }) => {
    const code = await getCode(provider, {}, { tenant: 'contoso.onmicrosoft.com' })

    expect((await redeem(provider, code)).status).toBe(200)
  })

  test('belongs to the redirect URI', async ({ provider }) => {
    const code = await getCode(provider)

    const { body } = await redeem(provider, code, { redirect_uri: `${REDIRECT_URI}/` })
    expect(body).toMatchObject({ error: 'invalid_client', error_codes: [500112] })
    expect((await redeem(provider, code, { redirect_uri: '' })).status).toBe(400)
  })

  test('belongs to the client', async ({ provider }) => {
    const api = provider.config.apps[1]!
    const { body } = await redeem(provider, await getCode(provider), {
      client_id: api.clientId,
      client_secret: api.clientSecret ?? '',
    })

    expect(body).toMatchObject({ error: 'invalid_grant' })
  })
})

describe('PKCE', () => {
  const { verifier, challenge } = createPkce()
  const params = { code_challenge: challenge, code_challenge_method: 'S256' }

  test('accepts the right verifier', async ({ provider }) => {
    const code = await getCode(provider, params)

    expect((await redeem(provider, code, { code_verifier: verifier })).status).toBe(200)
  })

  test.for([
    ['wrong', createPkce().verifier],
    ['missing', ''],
    ['the challenge itself', challenge],
  ] as const)(
    'rejects a verifier that is %s, and the code stays valid',
    async ([_name, sent], { provider }) => {
      const code = await getCode(provider, params)

      expect((await redeem(provider, code, { code_verifier: sent })).body).toMatchObject({
        error: 'invalid_grant',
        error_codes: [501481],
      })
      expect((await redeem(provider, code, { code_verifier: verifier })).status).toBe(200)
    },
  )

  test('rejects a verifier without a challenge', async ({ provider }) => {
    const code = await getCode(provider)

    expect((await redeem(provider, code, { code_verifier: verifier })).status).toBe(400)
  })
})

describe('client authentication', () => {
  test('accepts the Basic header', async ({ provider }) => {
    const { clientId, clientSecret } = provider.app
    const response = await fetch(`${provider.authority()}/oauth2/v2.0/token`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
      },
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code: await getCode(provider),
        redirect_uri: REDIRECT_URI,
      }),
    })

    expect(response.status).toBe(200)
  })

  test.for([
    ['wrong', 'nope', 7000215],
    ['missing', '', 7000218],
  ] as const)(
    'a secret that is %s is invalid_client',
    async ([_name, secret, code], { provider }) => {
      const reply = await redeem(provider, await getCode(provider), { client_secret: secret })

      expect(reply.status).toBe(401)
      expect(reply.body).toMatchObject({ error: 'invalid_client', error_codes: [code] })
      expect(JSON.stringify(reply.body)).not.toContain('nope')
    },
  )

  test('a public client does not need a secret and must not send one', async ({ provider }) => {
    const { clientSecret: _secret, federatedCredentials: _federated, ...app } = provider.app
    const other = await startDevProvider({ config: { apps: [app] } })

    const tokens = await getTokens(other)
    expect(tokens.access_token).toBeTruthy()
    const reply = await redeem(other, await getCode(other), { client_secret: 'x' })
    expect(reply.body).toMatchObject({ error: 'invalid_client', error_codes: [700025] })
    await other.close()
  })
})

describe('the token response', () => {
  test('for Graph contains OpenID scopes and earlier grants, but never offline_access', async ({
    provider,
  }) => {
    await getTokens(provider, { scope: 'openid Mail.Send' })
    const tokens = await getTokens(provider, { scope: `${ALL_IDENTITY} user.read` })

    expect(tokens.scope).toBe('openid profile email Mail.Send User.Read')
    expect(claimsOf(tokens.access_token)).toMatchObject({
      aud: 'https://graph.microsoft.com',
      scp: 'openid profile email Mail.Send User.Read',
    })
  })

  test('for Graph contains prefixes when the switch is on', async ({ provider }) => {
    provider.behave({ prefixGraphScopes: true })
    const tokens = await getTokens(provider, {
      scope: 'openid https://graph.microsoft.com/User.Read',
    })

    expect(tokens.scope).toBe('openid https://graph.microsoft.com/User.Read')
    expect(claimsOf(tokens.access_token)['scp']).toBe('openid User.Read')
  })

  test('for another API contains only its scopes, with prefix, and the ID token', async ({
    provider,
  }) => {
    const tokens = await getTokens(provider, { scope: `${ALL_IDENTITY} ${TODO_API}/todos.read` })

    expect(tokens.scope).toBe(`${TODO_API}/Todos.Read`)
    expect(tokens.id_token).toBeTruthy()
    expect(claimsOf(tokens.access_token)).toMatchObject({
      aud: provider.config.apps[1]!.clientId,
      azp: provider.app.clientId,
      azpacr: '1',
      scp: 'Todos.Read',
      ver: '2.0',
      iss: `${provider.authority()}/v2.0`,
    })
  })

  test('for .default contains the permissions of the registration', async ({ provider }) => {
    const tokens = await getTokens(provider, { scope: `openid ${TODO_API}/.default` })

    expect(tokens.scope).toBe(`${TODO_API}/Todos.Read`)
  })

  test('is for the first resource, or for the resource in the token request', async ({
    provider,
  }) => {
    const scope = `openid User.Read ${TODO_API}/Todos.Read`
    const first = await getTokens(provider, { scope })
    expect(claimsOf(first.access_token)['aud']).toBe('https://graph.microsoft.com')

    const code = await getCode(provider, { scope })
    const { body } = await redeem(provider, code, { scope: `${TODO_API}/Todos.Read` })
    expect(body.scope).toBe(`${TODO_API}/Todos.Read`)
  })

  test('rejects two resources at once', async ({ provider }) => {
    const scope = `openid User.Read ${TODO_API}/Todos.Read`
    const { body } = await redeem(provider, await getCode(provider, { scope }), { scope })

    expect(body).toMatchObject({ error: 'invalid_request', error_codes: [28000] })
  })

  test('rejects a scope without consent', async ({ provider }) => {
    const { body } = await redeem(provider, await getCode(provider), { scope: 'Mail.Read' })

    expect(body).toMatchObject({
      error: 'invalid_grant',
      error_codes: [65001],
      suberror: 'consent_required',
    })
  })

  test('has lifetimes, refresh_in with the switch, and a refresh token only with offline_access', async ({
    provider,
  }) => {
    provider.behave({ accessTokenSeconds: 300, refreshInSeconds: 150 })
    const tokens = await getTokens(provider, { scope: 'openid' })

    expect(tokens).toMatchObject({
      token_type: 'Bearer',
      expires_in: 300,
      ext_expires_in: 300,
      refresh_in: 150,
    })
    expect(tokens).not.toHaveProperty('refresh_token')
    const { exp, iat } = claimsOf(tokens.access_token) as { exp: number; iat: number }
    expect(exp - iat).toBe(300)
  })

  test('does not contain an ID token without openid', async ({ provider }) => {
    expect(await getTokens(provider, { scope: 'User.Read' })).not.toHaveProperty('id_token')
  })

  test('contains client_info on request', async ({ provider }) => {
    const { body } = await redeem(provider, await getCode(provider), { client_info: '1' })

    const info = JSON.parse(Buffer.from(body['client_info'] as string, 'base64url').toString())
    expect(info).toEqual({ uid: provider.user('alex').oid, utid: provider.user('alex').tenant })
  })
})
