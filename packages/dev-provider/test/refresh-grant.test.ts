import {
  ALL_IDENTITY,
  authorizeUrl,
  claimsOf,
  getTokens,
  refresh,
  TODO_API,
} from './support/flow.js'
import { expect, test } from './support/fixtures.js'

const SCOPE = `${ALL_IDENTITY} User.Read ${TODO_API}/Todos.Read`

test('every refresh returns a new refresh token, and the old one stays valid', async ({
  provider,
}) => {
  const tokens = await getTokens(provider)
  const first = await refresh(provider, tokens.refresh_token)
  const second = await refresh(provider, tokens.refresh_token)

  expect(first.status).toBe(200)
  expect(second.status).toBe(200)
  expect(new Set([tokens, first.body, second.body].map((t) => t.refresh_token)).size).toBe(3)
})

test('with reuse detection, a second use revokes the whole family and no other', async ({
  provider,
}) => {
  provider.behave({ reuseDetection: true })
  const [tokens, other] = [await getTokens(provider), await getTokens(provider)]
  const first = await refresh(provider, tokens.refresh_token)
  const reused = await refresh(provider, tokens.refresh_token)

  expect(first.status).toBe(200)
  expect(reused.body).toMatchObject({ error: 'invalid_grant', suberror: 'bad_token' })
  expect((await refresh(provider, first.body.refresh_token)).status).toBe(400)
  expect((await refresh(provider, other.refresh_token)).status).toBe(200)
})

test('of two simultaneous refreshes with one token and slow responses, one succeeds and both are recorded', async ({
  provider,
}) => {
  const tokens = await getTokens(provider)
  provider.behave({ reuseDetection: true, faults: { token: { kind: 'slow', ms: 40 } } })
  const start = performance.now()
  const answers = await Promise.all([1, 2].map(() => refresh(provider, tokens.refresh_token)))

  expect(performance.now() - start).toBeGreaterThan(35)
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 400]))
  const grants = provider.requests.filter(({ grantType }) => grantType === 'refresh_token')
  expect(new Set(grants.map(({ status }) => status))).toEqual(new Set([200, 400]))
})

test('one refresh token works for every consented resource', async ({ provider }) => {
  const tokens = await getTokens(provider, { scope: SCOPE })
  const todos = await refresh(provider, tokens.refresh_token, { scope: `${TODO_API}/Todos.Read` })
  const graph = await refresh(provider, todos.body.refresh_token, { scope: 'openid User.Read' })

  expect(todos.body.scope).toBe(`${TODO_API}/Todos.Read`)
  expect(todos.body).not.toHaveProperty('id_token')
  expect(graph.body.scope).toBe('openid User.Read')
  expect(graph.body.id_token).toBeTruthy()
})

test('scopes of two resources return a token for the first', async ({ provider }) => {
  const tokens = await getTokens(provider, { scope: SCOPE })
  const { body } = await refresh(provider, tokens.refresh_token, {
    scope: `${TODO_API}/Todos.Read User.Read`,
  })

  expect(body.scope).toBe(`${TODO_API}/Todos.Read`)
})

test('one refresh token works at every tenant of the user', async ({ provider }) => {
  const tokens = await getTokens(provider, {}, { as: 'kim' })
  const home = await refresh(provider, tokens.refresh_token, {}, 'fabrikam.onmicrosoft.com')

  expect(claimsOf(tokens.id_token)).toMatchObject({ tid: provider.config.tenants[0]!.id, acct: 1 })
  expect(claimsOf(home.body.id_token)).toMatchObject({
    tid: provider.config.tenants[1]!.id,
    oid: provider.user('kim').oid,
    acct: 0,
  })
})

test('a tenant without the user rejects it', async ({ provider }) => {
  const tokens = await getTokens(provider, {}, { as: 'alex' })
  const { body } = await refresh(provider, tokens.refresh_token, {}, 'fabrikam.onmicrosoft.com')

  expect(body).toMatchObject({ error: 'invalid_grant', error_codes: [50020] })
})

test('a scope without consent is invalid_grant with suberror consent_required', async ({
  provider,
}) => {
  const tokens = await getTokens(provider)
  const { body } = await refresh(provider, tokens.refresh_token, { scope: 'Mail.Read' })

  expect(body).toMatchObject({
    error: 'invalid_grant',
    error_codes: [65001],
    suberror: 'consent_required',
  })
})

test('an ID token from a refresh has no nonce and the same subject', async ({ provider }) => {
  const tokens = await getTokens(provider)
  const { body } = await refresh(provider, tokens.refresh_token)

  expect(claimsOf(tokens.id_token)['nonce']).toBe('nonce-1')
  expect(claimsOf(body.id_token)).not.toHaveProperty('nonce')
  expect(claimsOf(body.id_token)['sub']).toBe(claimsOf(tokens.id_token)['sub'])
  expect(claimsOf(body.id_token)['sid']).toBe(claimsOf(tokens.id_token)['sid'])
})

test('revoking a user affects earlier tokens and not later ones', async ({ provider }) => {
  const tokens = await getTokens(provider, {}, { as: 'alex' })
  const other = await getTokens(provider, {}, { as: 'robin' })
  provider.revokeUser('alex')
  const after = await getTokens(provider, {}, { as: 'alex' })

  expect((await refresh(provider, tokens.refresh_token)).body).toMatchObject({
    error: 'invalid_grant',
    error_codes: [50173],
  })
  expect((await refresh(provider, other.refresh_token)).status).toBe(200)
  expect((await refresh(provider, after.refresh_token)).status).toBe(200)
})

test('the secret and the right client are required', async ({ provider }) => {
  const tokens = await getTokens(provider)
  const api = provider.config.apps[1]!

  expect((await refresh(provider, tokens.refresh_token, { client_secret: '' })).status).toBe(401)
  const stolen = await refresh(provider, tokens.refresh_token, {
    client_id: api.clientId,
    client_secret: api.clientSecret ?? '',
  })
  expect(stolen.body).toMatchObject({ error: 'invalid_grant' })
  expect((await refresh(provider, 'unknown')).body).toMatchObject({ error: 'invalid_grant' })
  expect((await refresh(provider, '')).body).toMatchObject({ error_codes: [900144] })
})

test('claims that the sign-in did not satisfy require a sign-in', async ({ provider }) => {
  const claims = JSON.stringify({ access_token: { acrs: { essential: true, value: 'c1' } } })
  const tokens = await getTokens(provider)
  const { body } = await refresh(provider, tokens.refresh_token, { claims })

  expect(body).toMatchObject({ error: 'invalid_grant', suberror: 'basic_action', claims })

  const { url } = await provider.signIn(authorizeUrl(provider, { claims }))
  expect(url.searchParams.has('code')).toBe(true)
  const stepped = await getTokens(provider, { claims })
  expect(claimsOf(stepped.access_token)['acrs']).toEqual(['c1'])
  expect((await refresh(provider, stepped.refresh_token, { claims })).status).toBe(200)
})

test('the access token contains a client capability', async ({ provider }) => {
  const claims = JSON.stringify({ access_token: { xms_cc: { values: ['cp1'] } } })
  const tokens = await getTokens(provider, { claims })
  const { body } = await refresh(provider, tokens.refresh_token)

  expect(claimsOf(tokens.access_token)['xms_cc']).toEqual(['cp1'])
  expect(claimsOf(body.access_token)['xms_cc']).toEqual(['cp1'])
})

test('with the consent page off, a refresh accepts any existing scope', async ({ provider }) => {
  provider.behave({ consent: 'skip' })
  const tokens = await getTokens(provider)
  const { body } = await refresh(provider, tokens.refresh_token, { scope: 'Mail.Read' })

  expect(body.scope).toBe('Mail.Read')
  const unknown = await refresh(provider, tokens.refresh_token, { scope: 'No.Such' })
  expect(unknown.body).toMatchObject({ error: 'invalid_client', error_codes: [650053] })
})
