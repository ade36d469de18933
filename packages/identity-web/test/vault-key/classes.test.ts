import { constants, createPrivateKey, sign as signBytes } from 'node:crypto'
import { createClientCertificate, defaultConfig, type ProviderCookies } from 'identity-web-dev'
import type { ClientCredential } from 'identity-web'
import { ApiAuth, McpAuth, type AuthOptions } from 'identity-web/express'
import { vaultKey, type VaultKey } from 'identity-web/vault-key'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import { allOf, errorOf } from '../client/credential/openssl.ts'
import { Browser } from '../support/browser.ts'
import { describe, expect, test as base, vi } from '../support/fixtures.ts'
import { sendToCallback, signIn, startSignIn, type Site } from '../support/site.ts'

const API = 'api://todos.contoso.example/.default'
const OTHER_API = 'https://graph.microsoft.com/.default'
const DAY = 24 * 3600 * 1000
const certificate = createClientCertificate('app')
const rotated = createClientCertificate('rotated')
const unregistered = createClientCertificate('unregistered')
/** It is in the app registration, but has expired. */
const expired = createClientCertificate('expired', Date.now() - 2 * 366 * DAY)

const certificates = [certificate.cert, rotated.cert, expired.cert]
const apps = defaultConfig.apps.map((app) => ({ ...app, certificates }))

type Sign = (data: Uint8Array, options: { algorithm: 'PS256' | 'RS256' }) => Uint8Array

/** Signs as a vault does. The private key is not a part of the options. */
const signWith =
  (key: string): Sign =>
  (data, { algorithm }) => {
    const privateKey = createPrivateKey(key)
    const pss = { key: privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }
    return signBytes('sha256', data, algorithm === 'PS256' ? pss : privateKey)
  }

const keyOf = (of: typeof certificate): VaultKey => ({
  certificate: of.cert,
  sign: signWith(of.key),
})

/** A key whose vault does something else before it signs. */
const signingAfter = (before: () => unknown): VaultKey => ({
  certificate: certificate.cert,
  async sign(...request) {
    await before()
    return signWith(certificate.key)(...request)
  },
})

const test = base
  .extend('providerOptions', { config: { apps } })
  .extend('behaviour', { consent: 'skip', idTokenSeconds: 30 })
  /** The assertions that the provider received. */
  .extend('sent', (): string[] => [])
  .extend('open', ({ openSite, sent }) => {
    const watchedFetch: typeof fetch = (input, init) => {
      const assertion = new URLSearchParams(init?.body as string).get('client_assertion')
      if (assertion !== null) sent.push(assertion)
      return fetch(input, init)
    }
    return (clientCredential: ClientCredential, options: AuthOptions = {}): Promise<Site> =>
      openSite({ clientCredential, fetch: watchedFetch, ...options })
  })
  /** Advances the clock of the provider and of the site, and the clock of assertions. */
  .extend('advance', ({ clock }, { onCleanup }) => {
    onCleanup(() => void vi.useRealTimers())
    return (seconds: number): void => {
      clock.advance(seconds)
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + seconds * 1000 })
    }
  })
  .extend(
    'statuses',
    ({ provider }) =>
      (): (number | undefined)[] =>
        provider.requests
          .filter(({ endpoint }) => endpoint === 'token')
          .map(({ status }) => status),
  )

const x5tOf = (assertion: string | undefined): unknown =>
  decodeProtectedHeader(assertion ?? '')['x5t#S256']
const thumbprintOf = (of: typeof certificate): string =>
  Buffer.from(of.thumbprintSha256, 'hex').toString('base64url')

describe.each<[string, () => ClientCredential]>([
  ['a key in a vault', () => vaultKey(keyOf(certificate))],
  ['a function that returns a key in a vault', () => vaultKey(async () => keyOf(certificate))],
  ['a list with a key in a vault', () => [vaultKey(keyOf(certificate)), 'old secret']],
])('an application with %s', (_name, credential) => {
  test('signs users in, keeps them signed in, and gets an app-only token', async ({
    open,
    provider,
    clock,
    sent,
    statuses,
  }) => {
    const site = await open(credential())

    const browser = await signIn(site, provider)
    clock.advance(40)
    const page = await browser.navigate(`${site.origin}/`)
    const { accessToken } = await site.auth.getTokenForClient(API)

    expect(page.status).toBe(200)
    expect(decodeJwt(accessToken)['roles']).toEqual(['Todos.Read.All'])
    expect(statuses()).toEqual([200, 200, 200])
    expect(new Set(sent).size).toBe(1)
    expect(decodeProtectedHeader(sent[0] ?? '')).toEqual({
      alg: 'PS256',
      typ: 'JWT',
      'x5t#S256': thumbprintOf(certificate),
    })
  })
})

test.for(['ApiAuth', 'McpAuth', 'issuers'] as const)(
  'an API with %s gets tokens for itself, and reports wrong keys',
  async (kind, { provider, statuses }) => {
    const create = (key: VaultKey) => {
      const issuer = {
        authority: provider.authority(),
        clientId: provider.api.clientId,
        clientCredential: vaultKey(key),
      }
      if (kind === 'issuers') return new ApiAuth({ issuers: { contoso: issuer } })
      const resource = 'https://tools.example/mcp'
      return kind === 'ApiAuth' ? new ApiAuth(issuer) : new McpAuth({ ...issuer, resource })
    }

    await create(keyOf(certificate)).getTokenForClient(OTHER_API)
    const { problems } = create({ sign: signWith(certificate.key) } as unknown as VaultKey)

    expect(statuses()).toEqual([200])
    expect(problems).toMatchObject([
      { message: expect.stringContaining('clientCredential.certificate is missing') },
    ])
  },
)

test('a key without vaultKey() is a problem that names it', async ({ open }) => {
  const site = await open(keyOf(certificate) as unknown as ClientCredential)

  expect(site.auth.problems).toMatchObject([
    {
      message:
        'clientCredential is a key in a vault. Set it to vaultKey({ certificate, sign }) of identity-web/vault-key.',
    },
  ])
})

test('AD FS gets an assertion with RS256', async ({ open, provider, sent, statuses }) => {
  const site = await open(vaultKey(keyOf(certificate)), { authority: provider.adfsAuthority })

  await signIn(site, provider)

  expect(statuses()).toEqual([200])
  expect(decodeProtectedHeader(sent[0] ?? '')).toMatchObject({
    alg: 'RS256',
    x5t: Buffer.from(certificate.thumbprint, 'hex').toString('base64url'),
  })
})

test('a certificate chain is sent for apps with subject name and issuer', async ({
  open,
  provider,
  sent,
}) => {
  const site = await open(vaultKey({ ...keyOf(certificate), sendX5c: true }))

  await signIn(site, provider)

  expect(decodeProtectedHeader(sent[0] ?? '').x5c).toHaveLength(1)
})

describe('a key that was rotated', () => {
  test('is read again when the vault signs with the new key', async ({
    open,
    sent,
    statuses,
    advance,
  }) => {
    let current = certificate
    const site = await open(
      vaultKey(async () => ({
        certificate: current.cert,
        sign: (...request: Parameters<Sign>) => signWith(current.key)(...request),
      })),
    )
    await site.auth.getTokenForClient(API)
    current = rotated
    advance(600)

    await site.auth.getTokenForClient(OTHER_API)

    expect(sent.map(x5tOf)).toEqual([certificate, rotated].map(thumbprintOf))
    expect(statuses()).toEqual([200, 200])
  })

  test('is read again when the provider rejects the old one', async ({ open, sent, statuses }) => {
    let current = unregistered
    const site = await open(
      vaultKey(async () => {
        const read = keyOf(current)
        current = certificate
        return read
      }),
    )

    const { accessToken } = await site.auth.getTokenForClient(API)

    expect(decodeJwt(accessToken)['roles']).toEqual(['Todos.Read.All'])
    expect(sent.map(x5tOf)).toEqual([unregistered, certificate].map(thumbprintOf))
    expect(statuses()).toEqual([401, 200])
  })

  test('that is not registered is an error with its thumbprint', async ({ open, statuses }) => {
    const site = await open(vaultKey(keyOf(unregistered)))

    const error = await errorOf(site.auth.getTokenForClient(API))

    expect(error).toMatchObject({
      oauthError: 'invalid_client',
      microsoftCodes: ['AADSTS700027'],
      hint: expect.stringContaining(`${unregistered.thumbprint} must be in the app registration`),
    })
    // A fixed key cannot change, so the request is not repeated.
    expect(statuses()).toEqual([401])
  })
})

test('a certificate that has expired is in the hint, and in the log', async ({ open }) => {
  const site = await open(vaultKey(keyOf(expired)))

  const error = await errorOf(site.auth.getTokenForClient(API))

  expect(error).toMatchObject({
    hint: expect.stringMatching(
      new RegExp(`^The certificate with the thumbprint ${expired.thumbprint} expired on `),
    ),
  })
  expect(site.logs.join()).toContain('credential.expiring')
})

describe('a vault that is down for a moment', () => {
  const flaky = (fail: () => Promise<never>) => {
    let isDown = true
    const sign = async (...request: Parameters<Sign>): Promise<Uint8Array> => {
      if (!isDown) return signWith(certificate.key)(...request)
      isDown = false
      return fail()
    }
    return { certificate: certificate.cert, sign }
  }
  const throttled = Object.assign(new Error('MARKED token'), {
    name: 'RestError',
    statusCode: 429,
    response: { headers: new Headers({ 'retry-after': '3' }) },
  })

  test.for<[string, () => Promise<never>, string]>([
    ['throttles', () => Promise.reject(throttled), 'failed with an error (RestError, status 429)'],
    ['does not respond', () => new Promise(() => undefined), 'did not return within 0.5 seconds'],
  ])('and %s keeps the sign-in', async ([, fail, message], { open, provider, statuses }) => {
    const site = await open(vaultKey(flaky(fail)), { timeoutSeconds: 0.5 })
    const browser = new Browser()
    const cookies: ProviderCookies = new Map()
    const { location = '' } = await browser.navigate(`${site.origin}/`)
    const response = await provider.signIn(location, { as: 'alex', cookies })

    const failed = await sendToCallback(browser, response)
    expect(failed.status).toBe(503)
    expect(site.logs.join()).toContain(`clientCredential.sign() ${message}`)
    expect(failed.text + site.logs.join()).not.toContain('MARKED')
    expect(statuses()).toEqual([])

    // The user reloads the page of the error. The session at the provider replaces the credentials.
    const reloaded = await sendToCallback(browser, response)
    const before = provider.requests.length
    const again = await provider.signIn(reloaded.location ?? '', { cookies })
    const pages = provider.requests.slice(before)
    const done = await sendToCallback(browser, again)

    expect(pages.map(({ method, endpoint }) => `${method} ${endpoint}`)).toEqual(['GET authorize'])
    expect(done.location).toBe('/')
    expect((await browser.navigate(`${site.origin}/`)).status).toBe(200)
    expect(statuses()).toEqual([200])
  })

  test('does not end a session whose tokens are refreshed', async ({ open, provider, advance }) => {
    let isDown = false
    const key = keyOf(certificate)
    const site = await open(
      vaultKey({
        ...key,
        sign(...request) {
          if (isDown) throw new Error('down')
          return key.sign(...request)
        },
      }),
    )
    const browser = await signIn(site, provider, { path: '/me' })
    isDown = true
    advance(7200)
    const during = await browser.navigate(`${site.origin}/me`)
    isDown = false

    const after = await browser.navigate(`${site.origin}/me`)

    expect(during.status).toBe(503)
    expect(after.status).toBe(200)
  })
})

describe('a vault that is accessed with the tokens of the application', () => {
  test('is an error at once', async ({ open, sent }) => {
    const site: Site = await open(
      vaultKey(signingAfter(() => site.auth.getTokenForClient(OTHER_API))),
    )

    const error = await errorOf(site.auth.getTokenForClient(API))

    expect(error).toMatchObject({
      code: 'configuration',
      message: expect.stringMatching(
        /requests a token of the application that it authenticates, .*ManagedIdentityCred/,
      ),
    })
    expect(sent).toEqual([])
  })

  // Requests for the same token share one request, which the second one waits for.
  test('is an error after the time limit if it needs the token that is being requested', async ({
    open,
    sent,
  }) => {
    const site: Site = await open(vaultKey(signingAfter(() => site.auth.getTokenForClient(API))), {
      timeoutSeconds: 0.3,
    })

    const error = await errorOf(site.auth.getTokenForClient(API))

    expect(error).toMatchObject({
      code: 'provider_unavailable',
      message: 'clientCredential.sign() did not return within 0.3 seconds.',
      hint: expect.stringMatching(
        /If the code requests a token of this application, it waits for itself\. Access the/,
      ),
    })
    expect(sent).toEqual([])
  })

  test('shows the error to the developer in a sign-in', async ({ open, provider }) => {
    const site: Site = await open(
      vaultKey({
        certificate: certificate.cert,
        async sign() {
          const { accessToken } = await site.auth.getTokenForClient(API)
          return Buffer.from(accessToken)
        },
      }),
    )
    const browser = new Browser()

    const response = await sendToCallback(browser, await startSignIn(site, provider, browser))

    expect(response.status).toBe(500)
    expect(response.text).toContain('the request would wait for itself')
  })

  test('can use the tokens of another application', async ({ open, statuses }) => {
    const other = await open(vaultKey(keyOf(rotated)))
    const site = await open(vaultKey(signingAfter(() => other.auth.getTokenForClient(API))))

    await site.auth.getTokenForClient(API)

    expect(statuses()).toEqual([200, 200])
  })
})

describe('a wrong key in a vault', () => {
  test('is reported at the sign-in, and not sent', async ({ open, provider, sent }) => {
    const site = await open(vaultKey({ ...keyOf(certificate), sign: signWith(unregistered.key) }))
    const browser = new Browser()

    const response = await sendToCallback(browser, await startSignIn(site, provider, browser))

    expect(response.status).toBe(500)
    expect(response.text).toContain('do not belong together')
    expect(sent).toEqual([])
  })

  test.for<[string, object, string]>([
    [
      'without a certificate',
      { certificate: undefined },
      'clientCredential.certificate is missing',
    ],
    [
      'with a thumbprint',
      { thumbprint: certificate.thumbprint },
      'clientCredential.thumbprint cannot be used together with clientCredential.sign',
    ],
    [
      'with a private key',
      { privateKey: certificate.key },
      'clientCredential.privateKey cannot be used together with clientCredential.sign',
    ],
  ])('%s is a problem of the options', async ([, fields, problem], { open }) => {
    const site = await open(vaultKey({ ...keyOf(certificate), ...fields }))

    expect(site.auth.problems).toMatchObject([{ message: expect.stringContaining(problem) }])
    expect(JSON.stringify(site.auth.problems) + site.logs.join()).not.toMatch(/MII/)
    expect(allOf(await errorOf(site.auth.getTokenForClient(API)))).toContain(problem)
  })

  test('with a damaged certificate is reported at the start', async ({ open }) => {
    const site = await open(
      vaultKey({ ...keyOf(certificate), certificate: Uint8Array.of(0x30, 1, 2) }),
    )

    await vi.waitFor(() => expect(site.logs.join()).toContain('is damaged and cannot be read'))
  })
})
