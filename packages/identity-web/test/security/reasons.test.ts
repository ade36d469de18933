import type { IdentityEvent } from 'identity-web/express'
import { Browser, sendToCallback } from '../support/site.ts'
import {
  CONTOSO,
  describe,
  encode,
  expect,
  FABRIKAM,
  OTHER,
  test as base,
  type Tokens,
} from './access-token/guarded-api.ts'

// A program counts rejections by their reason. A response must not contain it: it would tell an attacker, for example, whether
// a key ID exists.

const test = base
  .extend('events', (): IdentityEvent[] => [])
  .extend('reasonOf', ({ events }) => (type: IdentityEvent['type']): unknown => {
    const event = events.findLast((one) => one.type === type)
    return event && 'reason' in event ? event.reason : undefined
  })

const hour = (): number => Math.floor(Date.now() / 1000) + 3600

const TOKENS: readonly [reason: string, token: (tokens: Tokens) => Promise<string> | string][] = [
  ['format', () => 'e30.e30.'],
  ['kind', ({ tokenWithHeader }) => tokenWithHeader({ alg: 'RS256', typ: 'other+jwt' })],
  ['signature', async ({ alexToken }) => `${(await alexToken()).slice(0, -6)}AAAAAA`],
  ['key', ({ alexToken }) => alexToken({ header: { kid: 'unknown' } })],
  ['issuer', ({ tokenWithClaims }) => tokenWithClaims({ iss: 'https://other.example' })],
  ['audience', ({ tokenWithClaims }) => tokenWithClaims({ aud: OTHER })],
  ['time', ({ tokenWithClaims }) => tokenWithClaims({ exp: hour() - 7200 })],
  ['clock', ({ tokenWithClaims }) => tokenWithClaims({ nbf: hour(), exp: hour() * 2 })],
  ['bound', ({ tokenWithClaims }) => tokenWithClaims({ cnf: { jkt: 'x' } })],
  ['user', ({ tokenWithClaims }) => tokenWithClaims({ sub: undefined })],
  ['tenant', ({ alexToken }) => alexToken({ as: 'kim', authority: FABRIKAM })],
  ['client', ({ tokenWithClaims }) => tokenWithClaims({ azp: OTHER })],
]

describe('the reason of a rejected access token', () => {
  test.for(TOKENS)('is %s', async ([reason, tokenOf], { open, tokens, events, reasonOf }) => {
    const api = await open({
      tenants: [CONTOSO],
      allowedClients: ['11111111-2222-4333-8444-555555555555'],
      onEvent: (event) => void events.push(event),
    })

    const response = await api.call('/any', await tokenOf(tokens))

    expect(response.status).toBeOneOf([401, 403])
    expect(reasonOf('bearer.rejected')).toBe(reason)
    expect(Object.keys(response.body as object)).toEqual(['error', 'error_description'])
  })
})

describe('the reason of a missing permission', () => {
  test.for([
    ['role', '/editor', 'alex'],
    ['insufficient_scope', '/read', 'kim'],
  ] as const)('is %s', async ([reason, path, as], { open, alexToken, events, reasonOf }) => {
    const api = await open({ onEvent: (event) => void events.push(event) })

    const { status } = await api.call(path, await alexToken({ as, scopes: ['Todos.ReadWrite'] }))

    expect([status, reasonOf('bearer.rejected')]).toEqual([403, reason])
  })
})

describe('the reason of a failed sign-in', () => {
  const sendError = (params: URLSearchParams, error: string, text = ''): void => {
    params.delete('code')
    params.set('error', error)
    params.set('error_description', text)
  }
  const ATTEMPTS: readonly [reason: string, change: (params: URLSearchParams) => void][] = [
    ['state', (params) => params.set('state', encode('forged'))],
    ['mix_up', (params) => params.set('iss', 'https://other.example')],
    ['declined', (params) => sendError(params, 'access_denied')],
    ['consent', (params) => sendError(params, 'access_denied', 'AADSTS90094: approval')],
    ['credential', (params) => sendError(params, 'unauthorized_client')],
  ]
  test.for(ATTEMPTS)('is %s', async ([reason, change], { openSite, events, reasonOf }) => {
    const site = await openSite({ onEvent: (event) => void events.push(event) })
    const browser = new Browser()
    const callback = await site.startSignIn(browser)
    change(callback.url.searchParams)

    await sendToCallback(browser, callback)

    expect(reasonOf('sign_in.failed')).toBe(reason)
  })

  test('is nonce', async ({ openSite, provider, events, reasonOf }) => {
    const site = await openSite({ onEvent: (event) => void events.push(event) })
    const browser = new Browser()
    const callback = await site.startSignIn(browser)
    provider.tamper = { idToken: (claims, sign) => sign({ ...claims, nonce: 'other' }) }

    await sendToCallback(browser, callback)

    expect(reasonOf('sign_in.failed')).toBe('nonce')
  })
})
