import { startDevProvider, type AppConfig, type DevProvider } from '../src/index.js'
import { claimsOf, getTokens, refresh } from './support/flow.js'
import { api, app, AS_API, exchange, getAssertion, GRAPH } from './support/on-behalf-of.js'
import { describe, expect, test as base } from './support/fixtures.js'

const test = base.extend(
  'callGraph',
  ({ provider }) =>
    (token: string | undefined) =>
      fetch(provider.graphMe, { headers: { authorization: `Bearer ${token}` } }),
)

/** Runs a test with other apps than the default ones. */
async function withApps(
  apps: readonly AppConfig[],
  run: (other: DevProvider) => Promise<void>,
): Promise<void> {
  const other = await startDevProvider({ config: { apps } })
  try {
    await run(other)
  } finally {
    await other.close()
  }
}

describe('on behalf of a user', () => {
  test('the API gets a Graph token that contains the user and the API', async ({
    provider,
    callGraph,
  }) => {
    const { status, body } = await exchange(provider, await getAssertion(provider, { as: 'robin' }))
    const claims = claimsOf(body.access_token)

    expect(status).toBe(200)
    expect(Object.keys(body)).toEqual([
      'token_type',
      'scope',
      'expires_in',
      'ext_expires_in',
      'access_token',
    ])
    expect(claims).toMatchObject({
      aud: GRAPH,
      azp: api.clientId,
      azpacr: '1',
      oid: provider.user('robin').oid,
      scp: 'User.Read',
    })
    const me = await callGraph(body.access_token)
    expect(await me.json()).toMatchObject({ displayName: 'Robin Chen' })
  })

  test('the default registration does not need consent, even for .default', async ({
    provider,
  }) => {
    const { body } = await exchange(provider, await getAssertion(provider), {
      scope: `${GRAPH}/.default`,
    })

    expect(claimsOf(body.access_token)['scp']).toBe('User.Read')
  })

  test('OpenID scopes add an ID token and a refresh token', async ({ provider }) => {
    const { body } = await exchange(provider, await getAssertion(provider), {
      scope: `${GRAPH}/User.Read openid profile offline_access`,
    })

    expect(claimsOf(body.id_token)).toMatchObject({
      aud: api.clientId,
      preferred_username: provider.user('alex').username,
    })
    expect(claimsOf(body.id_token)).not.toHaveProperty('nonce')
    const refreshed = await refresh(provider, body.refresh_token, AS_API)
    expect(claimsOf(refreshed.body.access_token)['azp']).toBe(api.clientId)
    const stolen = await refresh(provider, body.refresh_token)
    expect(stolen.body).toMatchObject({ error: 'invalid_grant' })
  })

  test.for([
    ['a guest at the inviting tenant', 'kim', undefined],
    ['a user of the home tenant at common', 'alex', 'common'],
    ['a personal account at consumers', 'charlie', 'consumers'],
    ['a customer of External ID', 'nora', 'contosocustomers.onmicrosoft.com'],
  ] as const)('works for %s', async ([_name, as, tenant], { provider }) => {
    const assertion = await getAssertion(provider, { as, ...(tenant !== undefined && { tenant }) })
    const { status, body } = await exchange(provider, assertion, {}, tenant)

    expect(status).toBe(200)
    expect(claimsOf(body.access_token)).toMatchObject({
      tid: claimsOf(assertion)['tid'],
      oid: claimsOf(assertion)['oid'],
    })
  })

  test('still works after a reset', async ({ provider }) => {
    const assertion = await getAssertion(provider)
    provider.reset()

    expect((await exchange(provider, assertion)).status).toBe(200)
  })

  test('an ID token of the API itself is accepted', async ({ provider }) => {
    const own = await exchange(provider, await getAssertion(provider), {
      scope: `${GRAPH}/User.Read openid profile`,
    })

    expect((await exchange(provider, own.body.id_token ?? '')).status).toBe(200)
  })

  test.each(['idUri', 'clientId'] as const)(
    'a version 1 token with the %s as audience is accepted',
    async (v1Audience) => {
      const apps = [app, { ...api, accessTokenVersion: 1 as const, v1Audience }]
      await withApps(apps, async (other) => {
        const assertion = await getAssertion(other)
        const { status, body } = await exchange(other, assertion)

        expect(claimsOf(assertion)['ver']).toBe('1.0')
        expect(status).toBe(200)
        expect(claimsOf(body.access_token)['azp']).toBe(api.clientId)
      })
    },
  )
})

describe('consent', () => {
  const MAIL = { scope: `${GRAPH}/Mail.Read` }

  test('that is missing is AADSTS65001', async ({ provider }) => {
    const { status, body } = await exchange(provider, await getAssertion(provider), MAIL)

    expect(status).toBe(400)
    expect(body).toMatchObject({
      error: 'invalid_grant',
      error_codes: [65001],
      suberror: 'consent_required',
    })
    expect(body['error_description']).toContain('Todo API')
  })

  test('for the client is not valid for the API', async ({ provider }) => {
    await getTokens(provider, { scope: MAIL.scope })

    expect((await exchange(provider, await getAssertion(provider), MAIL)).body).toMatchObject({
      error_codes: [65001],
    })
  })

  test('of the user for the API is accepted', async ({ provider }) => {
    const { authority, signIn } = provider
    const url = new URL(`${authority()}/oauth2/v2.0/authorize`)
    url.search = new URLSearchParams({
      client_id: api.clientId,
      response_type: 'code',
      redirect_uri: 'http://localhost:3999/callback',
      scope: `openid ${MAIL.scope}`,
    }).toString()
    await signIn(url, { as: 'alex' })

    expect(
      (await exchange(provider, await getAssertion(provider, { as: 'alex' }), MAIL)).status,
    ).toBe(200)
    expect(
      (await exchange(provider, await getAssertion(provider, { as: 'robin' }), MAIL)).body,
    ).toMatchObject({
      error_codes: [65001],
    })
  })

  test('of an administrator is accepted for all users', async () => {
    const { preauthorized: _none, ...bare } = api
    await withApps([app, { ...bare, permissions: ['Mail.Read'] }], async (other) => {
      const assertion = await getAssertion(other, { as: 'robin' })
      const before = await exchange(other, assertion, MAIL)
      expect(before.body).toMatchObject({ error_codes: [65001] })

      const url = new URL(`${other.authority()}/adminconsent`)
      url.searchParams.set('client_id', api.clientId)
      url.searchParams.set('redirect_uri', 'http://localhost:3999/callback')
      await other.signIn(url, { as: 'sam' })
      expect((await exchange(other, assertion, MAIL)).status).toBe(200)
    })
  })
})

describe('a claims challenge', () => {
  const CLAIMS = JSON.stringify({
    access_token: { nbf: { essential: true, value: '1604106651' } },
  })

  test('is satisfied by exchanging with the claims', async ({ provider, callGraph }) => {
    provider.behave({ graphClaims: CLAIMS })
    const assertion = await getAssertion(provider)

    const plain = await exchange(provider, assertion)
    expect((await callGraph(plain.body.access_token)).status).toBe(401)
    const answered = await exchange(provider, assertion, { claims: CLAIMS })
    expect((await callGraph(answered.body.access_token)).status).toBe(200)
  })

  test('that requires a sign-in is AADSTS50076 until the client signs in with the claims', async ({
    provider,
    callGraph,
  }) => {
    provider.behave({ graphClaims: CLAIMS, graphClaimsNeedUser: true })

    const rejected = await exchange(provider, await getAssertion(provider), { claims: CLAIMS })
    expect(rejected.status).toBe(400)
    expect(rejected.body).toMatchObject({
      error: 'invalid_grant',
      error_codes: [50076],
      suberror: 'basic_action',
      claims: CLAIMS,
    })
    const assertion = await getAssertion(provider, { claims: CLAIMS })
    const answered = await exchange(provider, assertion, { claims: CLAIMS })
    expect((await callGraph(answered.body.access_token)).status).toBe(200)
  })
})
