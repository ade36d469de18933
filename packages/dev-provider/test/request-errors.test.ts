import { startDevProvider, type RequestRecord } from '../src/index.js'
import { toLogLine } from '../src/controls/request-log.js'
import { authorizeUrl, requestToken, redeem } from './support/flow.js'
import { describe, expect, test as base } from './support/fixtures.js'

const WRONG_SECRET = 'this-secret-must-not-be-logged'

const test = base
  .extend('failToken', ({ provider }) => async () => {
    await requestToken(provider, {
      grant_type: 'client_credentials',
      client_secret: WRONG_SECRET,
    })
  })
  .extend(
    'lastError',
    ({ provider }) =>
      () =>
        provider.requests.at(-1)?.error,
  )

describe('the record of a failed request has the error', () => {
  test('of a JSON response, with its remedy', async ({ failToken, lastError, provider }) => {
    await failToken()

    expect(lastError()).toEqual({
      code: 'invalid_client',
      number: 7000215,
      prefix: 'AADSTS',
      message: expect.stringContaining('Invalid client secret provided.'),
      remedy: `The client secret is wrong. Copy clientSecret of "My web app" from ${provider.origin}/.`,
    })
    expect(JSON.stringify(provider.requests)).not.toContain(WRONG_SECRET)
  })

  test('of a redirect to the app', async ({ provider, lastError }) => {
    await provider.signIn(authorizeUrl(provider, { scope: 'openid User.Read' }), { consent: false })

    expect(lastError()).toMatchObject({ code: 'access_denied', number: 65004 })
  })

  test('of a form that posts to the app', async ({ provider, lastError }) => {
    const url = authorizeUrl(provider, { response_mode: 'form_post', prompt: 'none' })
    await fetch(url)

    expect(lastError()).toMatchObject({ code: 'login_required', number: 50058 })
  })

  test('of a page', async ({ provider, lastError }) => {
    await fetch(authorizeUrl(provider, { redirect_uri: 'https://evil.example/' }))

    expect(lastError()).toMatchObject({ code: 'invalid_request', number: 50011 })
  })

  test('of the page for an account of another tenant', async ({ provider }) => {
    await provider.signIn(authorizeUrl(provider), { as: 'jo' }).catch(() => undefined)

    expect(provider.requests.map(({ error }) => error?.number)).toContain(50020)
  })

  test('of Azure AD B2C, with its number', async ({ provider, lastError }) => {
    const policy = 'fabrikamb2c.onmicrosoft.com/B2C_1_susi'
    await redeem(provider, 'x', { client_secret: WRONG_SECRET }, policy)

    expect(lastError()).toMatchObject({ number: 90081, prefix: 'AADB2C' })
    expect(lastError()?.remedy).toContain('Copy clientSecret')
  })

  test('of Graph, whose response does not contain the remedy', async ({ provider, lastError }) => {
    const response = await fetch(provider.graphMe)

    expect(lastError()).toMatchObject({ code: 'InvalidAuthenticationToken' })
    expect(lastError()?.remedy).toContain('Authorization: Bearer')
    expect(await response.text()).not.toContain('Authorization: Bearer')
  })

  test('of a switch', async ({ provider, lastError }) => {
    provider.behave({ faults: { graph: { kind: 'status', status: 503 } } })
    await fetch(provider.graphMe)

    expect(lastError()).toMatchObject({ code: 'fault' })
  })
})

test('a successful request has no error', async ({ provider, lastError }) => {
  await fetch(provider.origin)

  expect(lastError()).toBeUndefined()
})

const line = (origin: string): string =>
  ` 401 client_credentials invalid_client AADSTS7000215 -> The client secret is wrong. Copy clientSecret of "My web app" from ${origin}/.`

test('the log line of a request ends with the error and the remedy', async ({
  provider,
  failToken,
  providerLog,
}) => {
  await failToken()

  expect(providerLog).toEqual([
    `POST ${new URL(provider.authority()).pathname}/oauth2/v2.0/token${line(provider.origin)}`,
  ])
})

test('errorLogger receives only errors with a remedy', async () => {
  const lines: string[] = []
  const provider = await startDevProvider({ errorLogger: (text) => lines.push(text) })
  await fetch(provider.origin)
  await fetch(authorizeUrl(provider, { prompt: 'none' }), { redirect: 'manual' })
  await requestToken(provider, { grant_type: 'client_credentials', client_secret: WRONG_SECRET })

  expect(lines).toEqual([expect.stringContaining(line(provider.origin))])
  await provider.close()
})

test('a client cannot add a line to the log', () => {
  const record: RequestRecord = {
    method: 'POST',
    path: '/',
    endpoint: 'token',
    at: 0,
    error: {
      code: 'invalid_scope',
      message: '',
      remedy: 'Remove the scope a\r\nGET /forged\u001b[2K.',
    },
  }

  expect(toLogLine(record)).toBe('POST / - invalid_scope -> Remove the scope a  GET /forged [2K.')
})

test('a large request leaves only the start of its parameters in the record', async ({
  provider,
}) => {
  // A website can send such forms to the provider through the browser of a developer.
  const many = Array.from({ length: 5000 }, (_, index): [string, string] => [`p${index}`, 'x'])
  const form = new URLSearchParams([['state', 'é'.repeat(10_000)], ['n'.repeat(5000), ''], ...many])
  form.set('grant_type', 'g'.repeat(9000))
  await fetch(`${provider.oidcAuthority}/token`, { method: 'POST', body: form })
  const { params = {}, grantType, error } = provider.requests.at(-1) ?? {}

  expect(params['state']).toBe(`${'é'.repeat(4096)}… (10000 characters)`)
  expect(params[`${'n'.repeat(4096)}… (5000 characters)`]).toBe('')
  expect(params['p97']).toBe('x')
  expect(Object.keys(params)).toHaveLength(100)
  expect(grantType).toBe(`${'g'.repeat(4096)}… (9000 characters)`)
  expect(error?.message).toMatch(/^The app requested an unsupported grant type 'g{4000,4096}… \(/)
})
