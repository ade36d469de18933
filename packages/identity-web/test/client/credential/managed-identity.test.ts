import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, test as base, vi } from 'vitest'
import { managedIdentityAssertion } from '../../../src/client/index.ts'
import { allOf, errorOf } from './openssl.ts'
import { ask, inSeconds } from './request.ts'

interface Reply {
  readonly status?: number
  readonly headers?: Record<string, string>
  readonly body?: unknown
}

const requests: IncomingMessage[] = []
let replies: (Reply | (() => Reply))[] = []
const server = createServer((request, response) => {
  requests.push(request)
  const next = replies.length > 1 ? replies.shift() : replies[0]
  const {
    status = 200,
    headers = {},
    body = {},
  } = typeof next === 'function' ? next() : (next ?? {})
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(typeof body === 'string' ? body : JSON.stringify(body))
})
const token = (name: string, lifetime = 3600): Reply => ({
  body: { access_token: name, expires_on: String(inSeconds(lifetime)), token_type: 'Bearer' },
})
const paths = (): (string | undefined)[] => requests.map(({ url }) => url)

const test = base
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('origin', { scope: 'file' }, async ({}, { onCleanup }) => {
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve)
    })
    onCleanup(() => void server.close())
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  .extend('endpoint', { auto: true }, ({ origin }, { onCleanup }) => {
    onCleanup(() => void vi.useRealTimers())
    requests.length = 0
    replies = [token('one')]
    vi.stubEnv('IDENTITY_ENDPOINT', '')
    vi.stubEnv('IDENTITY_HEADER', '')
    vi.stubEnv('AZURE_POD_IDENTITY_AUTHORITY_HOST', origin)
  })
  .extend('onAppService', ({ origin }) => (): void => {
    vi.stubEnv('IDENTITY_ENDPOINT', `${origin}/msi/token`)
    vi.stubEnv('IDENTITY_HEADER', 'marked-header')
  })

describe('the token of a managed identity', () => {
  test('is requested from App Service if its variables are set', async ({ onAppService }) => {
    onAppService()

    expect(await ask(managedIdentityAssertion({ clientId: 'user-assigned' }))).toBe('one')
    expect(paths()).toEqual([
      '/msi/token?api-version=2019-08-01&resource=api%3A%2F%2FAzureADTokenExchange&client_id=user-assigned',
    ])
    expect(requests[0]?.headers).toMatchObject({ 'x-identity-header': 'marked-header' })
    expect(requests[0]?.headers['metadata']).toBeUndefined()
  })

  test('is requested from the virtual machine otherwise', async () => {
    const audience = 'api://AzureADTokenExchangeUSGov/.default'

    expect(await ask(managedIdentityAssertion({ audience }))).toBe('one')
    expect(paths()).toEqual([
      '/metadata/identity/oauth2/token?api-version=2018-02-01&resource=api%3A%2F%2FAzureADTokenExchangeUSGov',
    ])
    expect(requests[0]?.headers).toMatchObject({ metadata: 'true' })
  })

  test('is requested from the address of IMDS by default', async () => {
    vi.stubEnv('AZURE_POD_IDENTITY_AUTHORITY_HOST', '')
    const fetching = vi.fn<typeof fetch>(async () =>
      Response.json({ access_token: 'one', expires_in: 3600 }),
    )

    expect(await ask(managedIdentityAssertion({ fetch: fetching }))).toBe('one')
    expect(fetching.mock.calls[0]?.[0]).toMatch(
      /^http:\/\/169\.254\.169\.254\/metadata\/identity\/oauth2\/token\?/,
    )
    expect(fetching.mock.calls[0]?.[1]).toMatchObject({ redirect: 'manual' })
  })

  test('is requested without the global fetch, which can use a proxy', async ({ onAppService }) => {
    const fetching = vi.fn<typeof fetch>()
    vi.stubGlobal('fetch', fetching)

    expect(await ask(managedIdentityAssertion())).toBe('one')
    onAppService()
    expect(await ask(managedIdentityAssertion())).toBe('one')
    expect(fetching).not.toHaveBeenCalled()
  })

  test.each([
    ['larger than a million bytes', { body: ' '.repeat(1_000_001) }, 'invalid_response'],
    ['cut off', { headers: { 'content-length': '9999' } }, 'provider_unavailable'],
    ['empty', { status: 204, body: '' }, 'provider_error'],
    ['without a valid status', { status: 600 }, 'provider_unavailable'],
  ])('is not read from a response that is %s', async (_what, reply, code) => {
    replies = [reply]

    await expect(ask(managedIdentityAssertion())).rejects.toMatchObject({ code })
  })

  test('is cached until five minutes before it expires, and parallel requests share one', async () => {
    replies = [token('one', 1000), token('two')]
    const assertion = managedIdentityAssertion()

    expect(await Promise.all([ask(assertion), ask(assertion), ask(assertion)])).toEqual([
      'one',
      'one',
      'one',
    ])
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 690_000 })
    expect(await ask(assertion)).toBe('one')
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 20_000 })
    expect(await ask(assertion)).toBe('two')
    expect(requests).toHaveLength(2)
  })

  test('needs a client ID that is not empty', () => {
    expect(() => managedIdentityAssertion({ clientId: '' })).toThrow(/\{ clientId \}\) is empty/)
  })

  test('is still used when the endpoint returns an error', async () => {
    replies = [token('one', 200), { status: 400, body: { error: 'invalid_request' } }]
    const assertion = managedIdentityAssertion()

    expect(await ask(assertion)).toBe('one')
    expect(await ask(assertion)).toBe('one')
    expect(requests).toHaveLength(2)
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 300_000 })
    await expect(ask(assertion)).rejects.toMatchObject({
      code: 'provider_error',
      hint: expect.stringContaining('it must be the client ID of an assigned identity'),
    })
  })

  test.each([
    [{ expires_on: inSeconds(1000) }],
    [{ expires_on: String(inSeconds(1000)) }],
    [{ expires_in: 1000 }],
    [{ expires_in: '1000' }],
    // App Service wrote dates in its API of 2017-09-01, and ISO 8601 was reported to MSAL in 2024.
    [{ expires_on: '1/16/2090 5:24:12 AM +00:00' }],
    [{ expires_on: '11/05/2090 15:18:31 +00:00' }],
    [{ expires_on: '2090-10-18T19:51:37.0000000+00:00' }],
  ])('can have the expiry %j', async (expiry) => {
    replies = [{ body: { access_token: 'one', ...expiry } }]
    const assertion = managedIdentityAssertion()
    await ask(assertion)
    await ask(assertion)

    expect(requests).toHaveLength(1)
  })

  test.each([[404], [410], [429], [500], [503]])(
    'is requested again after the status %s',
    async (status) => {
      replies = [{ status, headers: { 'retry-after': '0' } }, token('one')]

      expect(await ask(managedIdentityAssertion())).toBe('one')
      expect(requests).toHaveLength(2)
    },
  )

  test('is requested again once, after one second by default', async () => {
    replies = [{ status: 500 }]
    const started = performance.now()

    await expect(ask(managedIdentityAssertion())).rejects.toMatchObject({
      code: 'provider_unavailable',
      hint: expect.stringMatching(/Managed identities exist only on Azure/),
    })
    expect(performance.now() - started).toBeGreaterThan(950)
    expect(requests).toHaveLength(2)
  })

  test('is not requested again if the endpoint asks for a long pause', async () => {
    replies = [{ status: 429, headers: { 'retry-after': '600' } }]

    await expect(ask(managedIdentityAssertion())).rejects.toMatchObject({
      code: 'provider_unavailable',
      retryAfterSeconds: 600,
    })
    expect(requests).toHaveLength(1)
  })

  test('that the endpoint rejects causes an error with the reason and without the header', async ({
    onAppService,
  }) => {
    onAppService()
    replies = [
      {
        status: 400,
        body: { error: 'interaction_required', error_description: 'No for marked-header.' },
      },
    ]
    const error = await errorOf(ask(managedIdentityAssertion()))

    expect(error).toMatchObject({
      code: 'provider_error',
      message: expect.stringMatching(
        /rejected a token of the managed identity: interaction_required \(No for \[redacted\]/,
      ),
    })
    expect(error).not.toHaveProperty('oauthError')
    expect(allOf(error)).not.toContain('marked-header')
  })

  test.each([
    [
      'App Service',
      { status: 500, body: { statusCode: 500, message: 'No token.', correlationId: 'c0ffee-1' } },
      { message: expect.stringContaining('status 500 (No token.)'), correlationId: 'c0ffee-1' },
    ],
    [
      'Cloud Shell',
      { status: 400, body: { error: { code: 'AudienceNotSupported', message: 'Use another.' } } },
      { message: expect.stringContaining('AudienceNotSupported (Use another.)') },
    ],
  ])('keeps the reason in the form of %s', async (_source, reply, expected) => {
    replies = [{ ...reply, headers: { 'retry-after': '0' } }]
    const error = await errorOf(ask(managedIdentityAssertion()))

    expect(error).toMatchObject({ code: 'provider_error', ...expected })
  })

  test.each([
    [{ status: 302, headers: { location: 'http://evil.example/' } }, 'provider_error'],
    [{ status: 403, body: 'no' }, 'provider_error'],
    [{ body: 'no JSON' }, 'invalid_response'],
    [{ body: { access_token: '', expires_in: 1 } }, 'invalid_response'],
    [{ body: { access_token: 'marked-token' } }, 'invalid_response'],
    [{ body: { access_token: 'marked-token', expires_on: 'soon' } }, 'invalid_response'],
  ])('is not read from the response %j', async (reply, code) => {
    replies = [reply]
    const error = await errorOf(ask(managedIdentityAssertion()))

    expect(error).toMatchObject({ code })
    expect(allOf(error)).not.toContain('marked-token')
    expect(requests).toHaveLength(1)
  })

  test.each([
    ['http://evil.example/msi/token'],
    ['http://169.254.evil.example/'],
    ['http://10.0.0.1/msi/token'],
    ['http://127.0.0.1@evil.example/'],
    ['http://user@127.0.0.1/msi/token'],
    ['http://:pass-word@127.0.0.1/msi/token'],
    ['ftp://127.0.0.1/'],
    ['http://[2001:db8::1]/'],
    ['no URL'],
  ])('is not requested from %s', async (endpoint) => {
    const fetching = vi.fn<typeof fetch>()
    vi.stubEnv('IDENTITY_ENDPOINT', endpoint)
    vi.stubEnv('IDENTITY_HEADER', 'marked-header')
    await expect(ask(managedIdentityAssertion({ fetch: fetching }))).rejects.toMatchObject({
      code: 'configuration',
      message: expect.stringMatching(/^IDENTITY_ENDPOINT is not a URL/),
    })
    vi.stubEnv('IDENTITY_HEADER', '')
    vi.stubEnv('AZURE_POD_IDENTITY_AUTHORITY_HOST', endpoint)
    await expect(ask(managedIdentityAssertion({ fetch: fetching }))).rejects.toThrow(
      /^AZURE_POD_IDENTITY_AUTHORITY_HOST is not a URL/,
    )
    expect(fetching).not.toHaveBeenCalled()
  })

  test.each([
    ['http://169.254.130.4:8081/msi/token'],
    ['http://localhost:42356/msi/token'],
    ['http://[fe80::1]/msi/token'],
    ['https://identity.example/msi/token'],
  ])('can be requested from %s', async (endpoint) => {
    const fetching = vi.fn<typeof fetch>(async () =>
      Response.json({ access_token: 'one', expires_in: 3600 }),
    )
    vi.stubEnv('IDENTITY_ENDPOINT', endpoint)
    vi.stubEnv('IDENTITY_HEADER', 'header')

    expect(await ask(managedIdentityAssertion({ fetch: fetching }))).toBe('one')
  })

  test('of an unreachable endpoint causes provider_unavailable', async () => {
    const fetching: typeof fetch = (_url, init) =>
      new Promise((_resolve, reject) => {
        const signal = init?.signal
        expect(signal).toBeInstanceOf(AbortSignal)
        reject(new Error('no route'))
      })

    await expect(ask(managedIdentityAssertion({ fetch: fetching }))).rejects.toMatchObject({
      code: 'provider_unavailable',
      message: 'The provider could not be reached to get a token of the managed identity.',
    })
  })
})
