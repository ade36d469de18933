import { getTokens, requestToken, TODO_API } from './support/flow.js'
import { api, AS_API, exchange, getAssertion, TODOS } from './support/on-behalf-of.js'
import { describe, expect, test as base } from './support/fixtures.js'

const test = base.extend('reject', ({ provider }) => async (assertion: string, tenant?: string) => {
  const { status, body } = await exchange(provider, assertion, {}, tenant)
  expect(status).toBe(400)
  return body
})

describe('an assertion is rejected', () => {
  test('when it is an ID token of another app', async ({ provider, reject }) => {
    const tokens = await getTokens(provider)

    expect(await reject(tokens.id_token ?? '')).toMatchObject({ error_codes: [240002] })
  })

  test('when it is an app-only token', async ({ provider, reject }) => {
    const { body } = await requestToken(provider, {
      grant_type: 'client_credentials',
      scope: `${TODO_API}/.default`,
    })

    expect(await reject(body.access_token ?? '')).toMatchObject({
      error: 'invalid_grant',
      error_codes: [7000114],
    })
  })

  test('when it has expired', async ({ provider, clock, reject }) => {
    const assertion = await getAssertion(provider)
    clock.advance(3601)

    expect(await reject(assertion)).toMatchObject({
      error: 'invalid_grant',
      error_codes: [500133],
    })
  })

  test('when the signature is wrong, or the key was removed', async ({ provider, reject }) => {
    const assertion = await getAssertion(provider)
    const [header, payload, signature = ''] = assertion.split('.')
    const forged = `${header}.${payload}.${signature.slice(0, 9)}AAAA${signature.slice(13)}`

    expect(await reject(forged)).toMatchObject({ error: 'invalid_grant', error_codes: [50013] })
    await provider.rollKeys({ keepOld: false })
    expect(await reject(assertion)).toMatchObject({ error_codes: [50013] })
  })

  test('when it is not a JWT', async ({ reject }) => {
    expect(await reject('hello')).toMatchObject({ error: 'invalid_request', error_codes: [50027] })
  })

  test('at another tenant, even if the user has an account there', async ({ provider, reject }) => {
    const assertion = await getAssertion(provider, { as: 'kim' })

    expect(await reject(assertion, 'fabrikam.onmicrosoft.com')).toMatchObject({
      error_codes: [50013],
    })
    expect(await reject(assertion, 'common')).toMatchObject({ error_codes: [50013] })
  })

  test('when another issuer of this provider issued it', async ({ reject, provider }) => {
    expect(await reject(await provider.workloadToken({ audience: api.clientId }))).toMatchObject({
      error_codes: [50013],
    })
  })

  test('when the user was revoked afterwards', async ({ provider, reject }) => {
    const assertion = await getAssertion(provider, { as: 'robin' })
    provider.revokeUser('robin')

    expect(await reject(assertion)).toMatchObject({ error_codes: [50173] })
    expect((await exchange(provider, await getAssertion(provider, { as: 'robin' }))).status).toBe(
      200,
    )
  })
})

describe('a request is rejected', () => {
  test.for([
    ['without a secret', { client_secret: '' }, 401, 7000218],
    ['with a wrong secret', { client_secret: 'no' }, 401, 7000215],
    ['without an assertion', { assertion: '' }, 400, 900144],
    ['without requested_token_use', { requested_token_use: '' }, 400, 900144],
    ['with another use', { requested_token_use: 'delegation' }, 400, 9002313],
    ['without scope', { scope: '' }, 400, 900144],
    ['without a resource', { scope: 'openid' }, 400, 70011],
    ['with two resources', { scope: `User.Read ${TODOS}` }, 400, 70011],
  ] as const)('%s', async ([_name, params, status, code], { provider }) => {
    const reply = await exchange(provider, await getAssertion(provider), params)

    expect(reply.status).toBe(status)
    expect(reply.body).toMatchObject({ error_codes: [code] })
  })

  test('at issuers without this grant', async ({ provider }) => {
    const form = new URLSearchParams({
      ...AS_API,
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    })
    const response = await fetch(`${provider.oidcAuthority}/token`, { method: 'POST', body: form })

    expect(await response.json()).toMatchObject({ error: 'unsupported_grant_type' })
  })
})
