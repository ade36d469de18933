import { writeFileSync } from 'node:fs'
import { createClientCertificate, defaultConfig, type DevProvider } from 'identity-web-dev'
import { kubernetesAssertion, managedIdentityAssertion, type ClientCredential } from 'identity-web'
import type { AuthOptions } from 'identity-web/express'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import { describe, expect, test as base, vi } from '../support/fixtures.ts'
import { allOf, errorOf, type Workshop } from '../client/credential/openssl.ts'
import { Browser } from '../support/browser.ts'
import { sendToCallback, type Site } from '../support/site.ts'

const API = 'api://todos.contoso.example/.default'
const SECRET = 'MARKED8Q~client+secret/of.the=tests'
const PASSPHRASE = 'MARKED passphrase & more'
const YEAR = 366 * 24 * 3600 * 1000
const certificate = createClientCertificate('app')
/** It is in the app registration, but has expired. */
const expired = createClientCertificate('expired', Date.now() - 2 * YEAR)
const unregistered = createClientCertificate('unregistered')

const [app, ...apps] = defaultConfig.apps
const certificates = [certificate.cert, expired.cert]

interface Sent {
  readonly url: string
  readonly form: URLSearchParams
}

const test = base
  .extend('providerOptions', {
    config: { apps: [{ ...app!, clientSecret: SECRET, certificates }, ...apps] },
  })
  .extend('behaviour', { consent: 'skip', idTokenSeconds: 30 })
  .extend('shop', { scope: 'file' }, ({ workshop: shop }) => {
    writeFileSync(shop.path('app.pem'), certificate.cert)
    writeFileSync(shop.path('app.key'), certificate.key)
    writeFileSync(shop.path('both.pem'), certificate.key + certificate.cert)
    shop.openssl(
      'pkcs12 -export -in app.pem -inkey app.key -out app.pfx -passout',
      `pass:${PASSPHRASE}`,
    )
    shop.openssl('pkcs8 -topk8 -in app.key -out sealed.key -passout', `pass:${PASSPHRASE}`)
    return shop
  })
  /** The requests to token endpoints. */
  .extend('sent', (): Sent[] => [])
  .extend('open', ({ openSite, sent }) => {
    const watchedFetch: typeof fetch = (input, init) => {
      if (init?.body !== undefined) {
        sent.push({ url: new Request(input).url, form: new URLSearchParams(init.body as string) })
      }
      return fetch(input, init)
    }
    return (clientCredential: ClientCredential, options: AuthOptions = {}): Promise<Site> =>
      openSite({ clientCredential, fetch: watchedFetch, ...options })
  })
  .extend(
    'statuses',
    ({ provider }) =>
      (): (number | undefined)[] =>
        provider.requests
          .filter(({ endpoint }) => endpoint === 'token')
          .map(({ status }) => status),
  )

const asPem = (of: typeof certificate) => ({ certificate: of.cert, privateKey: of.key })

type Proof = 'secret' | 'certificate' | 'foreign token'

interface Prepared {
  readonly provider: DevProvider
  readonly shop: Workshop
}

/** Every way to authenticate an application. Some prepare files and variables. */
const KINDS: readonly (readonly [
  string,
  Proof,
  (prepared: Prepared) => Promise<ClientCredential>,
])[] = [
  ['a secret', 'secret', async () => SECRET],
  ['a certificate as text', 'certificate', async () => asPem(certificate)],
  [
    'a certificate with an encrypted key',
    'certificate',
    async ({ shop }) => ({
      certificate: certificate.cert,
      privateKey: shop.path('sealed.key'),
      passphrase: PASSPHRASE,
    }),
  ],
  [
    'the files of a certificate',
    'certificate',
    async ({ shop }) => ({ certificate: shop.path('app.pem'), privateKey: shop.path('app.key') }),
  ],
  [
    'one file with both',
    'certificate',
    async ({ shop }) => ({ certificate: shop.path('both.pem') }),
  ],
  [
    'a PFX file',
    'certificate',
    async ({ shop }) => ({ pfx: shop.path('app.pfx'), passphrase: PASSPHRASE }),
  ],
  [
    'a PFX',
    'certificate',
    async ({ shop }) => ({ pfx: shop.bytes('app.pfx'), passphrase: PASSPHRASE }),
  ],
  [
    'a Kubernetes service account',
    'foreign token',
    async ({ provider, shop }) => {
      writeFileSync(shop.path('token'), await provider.workloadToken())
      vi.stubEnv('AZURE_FEDERATED_TOKEN_FILE', shop.path('token'))
      return kubernetesAssertion()
    },
  ],
  [
    'the managed identity of an App Service',
    'foreign token',
    async ({ provider }) => {
      vi.stubEnv('IDENTITY_ENDPOINT', provider.managedIdentity.appServiceEndpoint)
      vi.stubEnv('IDENTITY_HEADER', provider.managedIdentity.header)
      return managedIdentityAssertion()
    },
  ],
  [
    'the managed identity of a virtual machine',
    'foreign token',
    async ({ provider }) => {
      vi.stubEnv('AZURE_POD_IDENTITY_AUTHORITY_HOST', provider.origin)
      return managedIdentityAssertion({ clientId: provider.managedIdentity.clientId })
    },
  ],
  [
    'an object with getToken',
    'foreign token',
    async ({ provider }) => ({
      async getToken(scope) {
        const url = new URL(provider.managedIdentity.imdsEndpoint)
        const resource = scope.replace(/\/\.default$/, '')
        url.search = String(new URLSearchParams({ 'api-version': '2018-02-01', resource }))
        const response = await fetch(url, { headers: { metadata: 'true' } })
        const { access_token: token } = (await response.json()) as { access_token: string }
        return { token }
      },
    }),
  ],
  ['a list', 'certificate', async () => [asPem(certificate), SECRET]],
]

const assertionOf = ({ form }: { form: URLSearchParams }): string =>
  form.get('client_assertion') ?? ''

/** How a request authenticated the application. */
function proofIn({ form }: Sent): object {
  const [secret, assertion] = [form.get('client_secret'), form.get('client_assertion')]
  if (assertion === null) return { secret }
  const aud = [decodeJwt(assertion).aud].flat()
  return { secret, aud, header: decodeProtectedHeader(assertion) }
}

const EXPECTED: Readonly<Record<Proof, (tokenEndpoint: string) => object>> = {
  secret: () => ({ secret: SECRET }),
  certificate: (tokenEndpoint) => ({
    secret: null,
    aud: [tokenEndpoint],
    header: {
      alg: 'PS256',
      typ: 'JWT',
      'x5t#S256': Buffer.from(certificate.thumbprintSha256, 'hex').toString('base64url'),
    },
  }),
  'foreign token': () => ({
    secret: null,
    aud: ['api://AzureADTokenExchange'],
    header: expect.objectContaining({ alg: 'RS256' }) as unknown,
  }),
}

describe.each(KINDS)('an application with %s', (_name, proof, credential) => {
  test('signs users in, keeps them signed in, and gets an app-only token', async ({
    open,
    provider,
    shop,
    clock,
    sent,
  }) => {
    const site = await open(await credential({ provider, shop }))

    const browser = await site.signIn()
    clock.advance(40)
    const page = await browser.navigate(`${site.origin}/`)
    const { accessToken } = await site.auth.getTokenForClient(API)

    expect(page.status).toBe(200)
    expect(decodeJwt(accessToken)['roles']).toEqual(['Todos.Read.All'])
    expect(sent.map(({ form }) => form.get('grant_type'))).toEqual([
      'authorization_code',
      'refresh_token',
      'client_credentials',
    ])
    for (const one of sent) expect(proofIn(one)).toEqual(EXPECTED[proof](one.url))
  })

  test('does not show it when the provider rejects and repeats it', async ({
    open,
    provider,
    shop,
  }) => {
    const seen: string[] = []
    const secrets: string[] = [SECRET, PASSPHRASE, ...certificate.key.split('\n').slice(1, -2)]
    const refuse: typeof fetch = async (input, init) => {
      if (init?.body === undefined) return fetch(input, init)
      const form = new URLSearchParams(init.body as string)
      const shown = form.get('client_secret') ?? form.get('client_assertion') ?? ''
      secrets.push(shown)
      const error_description = `AADSTS700027: ${shown} was refused. ${encodeURIComponent(shown)}`
      return Response.json({ error: 'invalid_client', error_description }, { status: 401 })
    }
    const site = await open(await credential({ provider, shop }), { fetch: refuse })
    const browser = new Browser()

    const response = await sendToCallback(browser, await site.startSignIn(browser))
    seen.push(response.text, allOf(await errorOf(site.auth.getTokenForClient(API))))
    seen.push(...site.logs)

    expect(response.status).toBe(502)
    expect(seen.join('\n')).toContain('AADSTS700027')
    expect(secrets.length).toBeGreaterThan(3)
    // Messages are shortened, so the test looks for the start of the assertion.
    for (const secret of secrets.map((one) => one.slice(0, 60)).filter(Boolean)) {
      expect(seen.join('\n')).not.toContain(secret)
      expect(seen.join('\n')).not.toContain(encodeURIComponent(secret))
    }
  })
})

describe('an assertion', () => {
  test.for(['contoso.onmicrosoft.com', 'common', 'organizations', 'consumers'])(
    'at %s names the real token endpoint, never a template',
    async (tenant, { open, provider, sent, statuses }) => {
      const site = await open(asPem(certificate), { authority: provider.authority(tenant) })
      const as = tenant === 'consumers' ? 'charlie' : 'alex'

      await site.signIn({ as })

      const [{ url, form } = { url: '', form: new URLSearchParams() }] = sent
      expect(decodeJwt(assertionOf({ form })).aud).toBe(url)
      expect(decodeURIComponent(url)).not.toContain('{')
      expect(statuses()).toEqual([200])
    },
  )

  test('of a pod is read again from the file', async ({ provider, shop, open, sent }) => {
    const token = await provider.workloadToken()
    writeFileSync(shop.path('token'), token)
    vi.stubEnv('AZURE_FEDERATED_TOKEN_FILE', shop.path('token'))
    const site = await open(kubernetesAssertion())
    await site.signIn()
    const renewed = await provider.workloadToken()
    writeFileSync(shop.path('token'), `${renewed}\n`)

    await site.auth.getTokenForClient(API)

    expect(sent.map(assertionOf)).toEqual([token, renewed])
    expect(renewed).not.toBe(token)
  })

  test('of a pod that has expired shows an error page without the assertion', async ({
    provider,
    shop,
    open,
    sent,
  }) => {
    const token = await provider.workloadToken({ expiresIn: -60 })
    writeFileSync(shop.path('token'), token)
    const site = await open(kubernetesAssertion({ tokenFile: shop.path('token') }))
    const browser = new Browser()

    const response = await sendToCallback(browser, await site.startSignIn(browser))

    expect(response.status).toBe(503)
    expect(sent).toEqual([])
    expect(`${response.text} ${site.logs.join()}`).toContain('has expired')
    expect(`${response.text} ${site.logs.join()}`).not.toContain(token.slice(0, 40))
  })

  test('of a managed identity is requested once and cached', async ({ provider, open }) => {
    vi.stubEnv('IDENTITY_ENDPOINT', provider.managedIdentity.appServiceEndpoint)
    vi.stubEnv('IDENTITY_HEADER', provider.managedIdentity.header)
    const site = await open(managedIdentityAssertion())

    await site.signIn()
    await site.auth.getTokenForClient(API)

    const asked = provider.requests.filter(({ endpoint }) => endpoint === 'appServiceIdentity')
    expect(asked).toHaveLength(1)
  })
})

describe('a list of credentials', () => {
  test.for<[string, () => Exclude<ClientCredential, readonly unknown[]>]>([
    ['an expired certificate', () => asPem(expired)],
    ['an unregistered certificate', () => asPem(unregistered)],
    ['a wrong secret', () => 'wrong'],
    ['a missing file', () => ({ pfx: '/nowhere/app.pfx' })],
  ])(
    'with %s first falls back to the valid one and keeps using it',
    async ([name, first], { open, statuses, clock }) => {
      const site = await open([first(), asPem(certificate)])
      const rejections = name === 'a missing file' ? [] : [401]

      const browser = await site.signIn()
      expect(statuses()).toEqual([...rejections, 200])
      clock.advance(40)
      await browser.navigate(`${site.origin}/`)
      await site.auth.getTokenForClient(API)

      expect(statuses()).toEqual([...rejections, 200, 200, 200])
    },
  )

  test('without a valid one lists the error of each, on one page', async ({ open, statuses }) => {
    const site = await open([asPem(expired), asPem(unregistered)])
    const browser = new Browser()

    const response = await sendToCallback(browser, await site.startSignIn(browser))

    expect(response.status).toBe(502)
    expect(response.text).toContain('All 2 credentials failed')
    expect(response.text).toContain(`${expired.thumbprint} expired on`)
    expect(response.text).toContain(`${unregistered.thumbprint} must be in the app registration`)
    expect(statuses()).toEqual([401, 401])
  })
})

describe('an app-only token', () => {
  test.for(['common', 'organizations', 'consumers', 'Common'])(
    'is not available at %s, and the error names the fix before any request',
    async (tenant, { open, provider }) => {
      const site = await open(SECRET, { authority: provider.authority(tenant) })

      const error = await errorOf(site.auth.getTokenForClient(API))

      expect(error).toMatchObject({ code: 'configuration' })
      expect(error.message).toMatch(
        /serves many tenants, but an app-only token belongs to one tenant/,
      )
      expect(error.message).toContain('Create a second instance with the authority of that tenant')
      expect(provider.requests).toEqual([])
    },
  )

  test('is available with that fix', async ({ open, provider }) => {
    const site = await open(asPem(certificate), { authority: provider.authority('common') })
    const second = await open(asPem(certificate), { authority: provider.authority() })
    await site.signIn({ as: 'jo' })

    const { accessToken } = await second.auth.getTokenForClient(API)

    expect(decodeJwt(accessToken)['roles']).toEqual(['Todos.Read.All'])
  })
})

// The start of a certificate or key. MII alone is also found in a random nonce.
const LEAK = /MARKED|MII.{3}(CC|IB)/

describe('an invalid credential', () => {
  test.for<readonly [string, unknown, string]>([
    ['empty string', ' ', 'clientCredential is an empty string'],
    ['PEM text', certificate.key, 'clientCredential is a PEM string'],
    [
      'certificate without a key',
      { certificate: certificate.cert },
      'does not contain a private key',
    ],
    ['unknown field', { pfx: 'app.pfx', password: PASSPHRASE }, 'unknown field "password"'],
    ['promise', Promise.resolve(SECRET), 'is a promise. Pass the function'],
    ['empty list', [], 'is an empty list'],
    ['second of a list', [SECRET, {}], 'clientCredential[1] does not contain a certificate'],
  ])(
    '(%s) is reported on the page and in the log, without its value',
    async ([, value, problem], { open }) => {
      const site = await open(value as ClientCredential)

      const page = await new Browser().navigate(`${site.origin}/login`)
      const error = await errorOf(site.auth.getTokenForClient(API))

      expect(page.status).toBe(500)
      for (const text of [
        page.text.replaceAll('&quot;', '"').replaceAll(/<\/?code>/g, ''),
        error.message,
        site.logs.join('\n'),
      ]) {
        expect(text).toContain(problem)
        expect(text).not.toMatch(LEAK)
      }
    },
  )

  test.for([
    ['a missing file', { pfx: '/nowhere/app.pfx' }, 'app.pfx'],
    ['a wrong passphrase', { pfx: 'app.pfx', passphrase: 'MARKED wrong' }, 'passphrase'],
    ['the key of another certificate', 'foreign key', 'belong together'],
  ] as const)(
    '(%s) is reported at startup and at the sign-in',
    async ([, given, words], { shop, open, sent, browser }) => {
      const credential =
        typeof given === 'string'
          ? { certificate: certificate.cert, privateKey: unregistered.key }
          : { ...given, pfx: given.pfx.replace(/^app/, shop.path('app')) }
      const site = await open(credential)
      await vi.waitFor(() => expect(site.logs.join()).toContain(words))

      const response = await sendToCallback(browser, await site.startSignIn(browser))

      expect(response.status).toBe(500)
      expect(response.text).toContain(words)
      expect(response.text + site.logs.join()).not.toMatch(LEAK)
      expect(sent).toEqual([])
    },
  )
})

describe('IDENTITY_ENDPOINT, which Azure sets for a managed identity', () => {
  test.for(['a URL', 'not a URL'] as const)(
    'is ignored by Auth without a warning, if it is %s',
    async (kind, { provider, open }) => {
      const { appServiceEndpoint } = provider.managedIdentity
      vi.stubEnv('IDENTITY_ENDPOINT', kind === 'a URL' ? appServiceEndpoint : '/msi/token')
      const site = await open(SECRET)
      site.app.get(
        '/without-url',
        site.auth.loginRequired({ scopes: 'User.Read' }, async (_req, res, { fetch }) => {
          // @ts-expect-error -- JavaScript code can forget the URL.
          const response = await fetch()
          res.json(response.status)
        }),
      )
      const browser = await site.signIn({ path: '/me' })

      const page = await browser.navigate(`${site.origin}/without-url`)

      expect(site.auth.problems).toEqual([])
      expect(site.logs.join()).not.toMatch(/configuration\.(warning|invalid)|IDENTITY_ENDPOINT/)
      expect([page.status, page.text]).toEqual([
        500,
        expect.stringContaining('fetch(&#39;/me&#39;)'),
      ])
      expect(provider.requests.map(({ endpoint }) => endpoint)).not.toContain('appServiceIdentity')
    },
  )

  test('is read by managedIdentityAssertion()', async ({ provider, open }) => {
    vi.stubEnv('IDENTITY_ENDPOINT', provider.managedIdentity.appServiceEndpoint)
    vi.stubEnv('IDENTITY_HEADER', provider.managedIdentity.header)
    const site = await open(managedIdentityAssertion())

    await site.signIn({ path: '/me' })

    expect([site.auth.problems, site.logs.join()]).toEqual([
      [],
      expect.not.stringMatching(/configuration\.(warning|invalid)|IDENTITY_ENDPOINT/),
    ])
    expect(provider.requests.map(({ endpoint }) => endpoint)).toContain('appServiceIdentity')
  })
})
