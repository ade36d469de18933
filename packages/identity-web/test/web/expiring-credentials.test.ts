import { X509Certificate } from 'node:crypto'
import { defaultConfig } from 'identity-web-dev'
import type { ClientCredential } from 'identity-web'
import type { IdentityEvent } from 'identity-web/express'
import type { Workshop } from '../client/credential/openssl.ts'
import { SESSION_SECRET } from '../support/site.ts'
import { describe, expect, test as base, vi } from '../support/fixtures.ts'

const DAY = 24 * 3600

interface ShortCertificate {
  readonly certificate: string
  readonly privateKey: string
  /** As in the log. */
  readonly thumbprint: string
}

/** Makes a certificate that is valid for some days. */
function makeCertificate(shop: Workshop, days: number): ShortCertificate {
  shop.openssl(
    `req -x509 -nodes -days ${days} -newkey rsa:2048 -keyout ${days}.key -out ${days}.pem -subj /CN=app`,
  )
  const certificate = shop.text(`${days}.pem`)
  const { fingerprint } = new X509Certificate(certificate)
  return {
    certificate,
    privateKey: shop.text(`${days}.key`),
    thumbprint: fingerprint.replaceAll(':', ''),
  }
}

const [app, ...apps] = defaultConfig.apps

const test = base
  .extend('short', { scope: 'file' }, ({ workshop }) => makeCertificate(workshop, 7))
  .extend('long', { scope: 'file' }, ({ workshop }) => makeCertificate(workshop, 40))
  .extend('providerOptions', ({ short, long }) => ({
    config: {
      apps: [{ ...app!, certificates: [short.certificate, long.certificate] }, ...apps],
    },
  }))
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('warnings', ({}): Extract<IdentityEvent, { type: 'credential.expiring' }>[] => [])
  /** Starts a site, and waits until it has loaded its credential. */
  .extend('start', ({ openSite, warnings }) => {
    return async (clientCredential: ClientCredential | undefined) => {
      const site = await openSite({
        clientCredential,
        onEvent(event) {
          if (event.type === 'credential.expiring') warnings.push(event)
        },
      })
      await site.auth.ready()
      return site
    }
  })

const asCredential = ({ certificate, privateKey }: ShortCertificate) => ({
  certificate,
  privateKey,
})

describe('a certificate that expires within 30 days', () => {
  test('is reported at the start, with its day and its thumbprint', async ({
    start,
    short,
    warnings,
  }) => {
    await start(asCredential(short))

    const expiresAt = new Date(new X509Certificate(short.certificate).validTo).toISOString()
    expect(warnings).toMatchObject([
      {
        level: 'warn',
        option: 'clientCredential',
        thumbprint: short.thumbprint,
        expiresAt,
        message: expect.stringMatching(
          new RegExp(
            `^The certificate of clientCredential expires in [67] days, on ${expiresAt.slice(0, 10)}\\. Its thumbprint is ${short.thumbprint}\\.$`,
          ),
        ) as string,
        hint: expect.stringContaining('Certificates & secrets') as string,
      },
    ])
    expect(JSON.stringify(warnings)).not.toContain('PRIVATE')
  })

  test('is reported once a day while tokens are requested', async ({
    start,
    short,
    warnings,
    clock,
  }) => {
    const { auth } = await start(asCredential(short))
    // The assertion has the time of this machine, so the provider rejects it when its clock has advanced.
    const request = (): Promise<unknown> =>
      auth.getTokenForClient('https://graph.microsoft.com/.default').catch(() => undefined)

    await request()
    expect(warnings).toHaveLength(1)
    clock.advance(DAY - 60)
    await request()
    expect(warnings).toHaveLength(1)
    clock.advance(120)
    await request()
    clock.advance(3600)
    await request()

    expect(warnings.map(({ message }) => /in \d days/.exec(message)?.[0])).toHaveLength(2)
  })

  test('is reported as expired', async ({ start, short, warnings, clock }) => {
    clock.advance(8 * DAY)
    await start(asCredential(short))

    expect(warnings[0]).toMatchObject({
      level: 'error',
      message: expect.stringContaining('The certificate of clientCredential expired on ') as string,
    })
  })

  test('is named by its place in a list, and a newer one is not reported', async ({
    start,
    short,
    long,
    warnings,
    clock,
  }) => {
    await start([asCredential(long), asCredential(short), 'a-secret'])
    expect(warnings.map(({ option }) => option)).toEqual(['clientCredential[1]'])

    clock.advance(11 * DAY)
    await start(asCredential(long))

    expect(warnings[1]).toMatchObject({
      option: 'clientCredential',
      message: expect.stringMatching(/expires in (28|29) days/) as string,
    })
  })

  test('is a warning in the log of production', async ({ openSite, short, onTestFinished }) => {
    vi.stubEnv('NODE_ENV', 'production')
    for (const name of ['VITEST', 'JEST_WORKER_ID', 'NODE_TEST_CONTEXT'])
      vi.stubEnv(name, undefined)
    onTestFinished(() => void vi.unstubAllEnvs())
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
    const site = await openSite({
      environment: 'production',
      session: { secret: SESSION_SECRET },
      clientCredential: asCredential(short),
      logger: undefined,
      onEvent: undefined,
    })
    await site.auth.ready()

    const lines = warn.mock.calls.map(([line]) => JSON.parse(String(line)) as { event: string })
    expect(lines.filter(({ event }) => event === 'credential.expiring')).toEqual([
      expect.objectContaining({ level: 'warn' }),
    ])
  })

  test('is reported by an API too', async ({ openApi, short, warnings }) => {
    const { api } = await openApi({
      clientCredential: asCredential(short),
      onEvent(event) {
        if (event.type === 'credential.expiring') warnings.push(event)
      },
    })
    await api.ready()

    expect(warnings).toHaveLength(1)
  })
})

/** The day in some days, in UTC. */
const dayIn = (days: number): string =>
  new Date(Date.now() + days * DAY * 1000).toISOString().slice(0, 10)

const SECRET = app!.clientSecret!
const GRAPH = 'https://graph.microsoft.com/.default'

describe('a secret that expires within 30 days', () => {
  test('is reported at the start, with its day and the way to replace it', async ({
    start,
    warnings,
  }) => {
    await start({ secret: SECRET, expires: dayIn(10) })

    expect(warnings).toMatchObject([
      {
        level: 'warn',
        option: 'clientCredential',
        // The secret still works on its last day.
        expiresAt: `${dayIn(10)}T23:59:59.000Z`,
        message: expect.stringMatching(
          new RegExp(`^The secret of clientCredential expires in 10 days, on ${dayIn(10)}\\.$`),
        ) as string,
        hint: expect.stringMatching(
          /Certificates & secrets .*npx --no-install identity-web-cli rotate.*a list of the new and the old secret/,
        ) as string,
      },
    ])
    expect(warnings[0]).not.toHaveProperty('thumbprint')
    expect(JSON.stringify(warnings)).not.toContain(SECRET)
  })

  test.for<[expires: Date | string, expiresAt: string]>([
    [`${dayIn(5)}T09:30:00Z`, `${dayIn(5)}T09:30:00.000Z`],
    [`${dayIn(5)}T09:30:00.1234567Z`, `${dayIn(5)}T09:30:00.123Z`],
    [`${dayIn(5)}T09:30+02:00`, `${dayIn(5)}T07:30:00.000Z`],
    [new Date(`${dayIn(5)}T09:30:00Z`), `${dayIn(5)}T09:30:00.000Z`],
  ])('can have the expiry %s', async ([expires, expiresAt], { start, warnings }) => {
    await start({ secret: SECRET, expires })

    expect(warnings.map((event) => event.expiresAt)).toEqual([expiresAt])
  })

  test('is reported once a day while tokens are requested, and is an error after its day', async ({
    start,
    warnings,
    clock,
  }) => {
    const { auth } = await start({ secret: SECRET, expires: dayIn(30) })
    // The date can be wrong, so the secret is sent although it has expired.
    const request = () => auth.getTokenForClient(GRAPH)
    expect(warnings).toEqual([])

    clock.advance(DAY)
    await request()
    expect(warnings.map(({ message }) => message)).toEqual([
      expect.stringMatching(/expires in 29 days/),
    ])
    clock.advance(DAY - 60)
    await request()
    expect(warnings).toHaveLength(1)
    clock.advance(120)
    await request()
    clock.advance(3600)
    await request()
    expect(warnings).toHaveLength(2)
    clock.advance(29 * DAY)
    await expect(request()).resolves.toMatchObject({ accessToken: expect.any(String) as string })

    expect(warnings[2]).toMatchObject({
      level: 'error',
      message: `The secret of clientCredential expired on ${dayIn(30)}.`,
    })
  })

  test('is named by its place in a list, each with its own date', async ({ start, warnings }) => {
    await start([
      { secret: SECRET, expires: dayIn(60) },
      undefined,
      'a-secret',
      { secret: 'the old secret', expires: dayIn(-1) },
      { secret: 'another secret', expires: dayIn(3) },
    ])

    expect(warnings.map(({ option, level }) => [option, level])).toEqual([
      ['clientCredential[3]', 'error'],
      ['clientCredential[4]', 'warn'],
    ])
  })

  test('is reported by an API too', async ({ openApi, warnings }) => {
    const { api } = await openApi({
      clientCredential: { secret: SECRET, expires: dayIn(3) },
      onEvent(event) {
        if (event.type === 'credential.expiring') warnings.push(event)
      },
    })
    await api.ready()

    expect(warnings).toHaveLength(1)
  })

  test('works with the methods for secrets, and not with private_key_jwt', async ({ openSite }) => {
    const clientCredential = { secret: SECRET, expires: dayIn(60) }
    const tokens: string[] = []
    for (const clientAuthentication of ['client_secret_basic', 'client_secret_post'] as const) {
      const { auth } = await openSite({ clientCredential, clientAuthentication })
      tokens.push((await auth.getTokenForClient(GRAPH)).accessToken)
    }
    expect(tokens).toHaveLength(2)

    const wrong = await openSite({ clientCredential, clientAuthentication: 'private_key_jwt' })

    expect(wrong.auth.problems.map(({ option }) => option)).toEqual(['clientAuthentication'])
  })

  test.for([7_000_222, 7_000_215])(
    'is the cause in the hint when the provider rejects it with AADSTS%d',
    async (code, { start, provider }) => {
      const { auth } = await start([{ secret: 'the old secret', expires: '2020-11-01' }])
      const error = { kind: 'error', error: 'invalid_client', status: 401, codes: [code] } as const
      provider.behave({ faults: { token: error } })

      const failure = await auth.getTokenForClient(GRAPH).catch((cause: unknown) => cause)

      expect(failure).toMatchObject({
        hint: expect.stringMatching(
          /^The secret of clientCredential\[0\] expired on 2020-11-01\. .*Certificates & secrets/,
        ) as string,
      })
      expect(JSON.stringify(failure)).not.toContain('the old secret')
    },
  )

  test('is not the cause in the hint before its day', async ({ start, provider }) => {
    const { auth } = await start({ secret: SECRET, expires: dayIn(3) })
    const error = { kind: 'error', error: 'invalid_client', codes: [7_000_215] } as const
    provider.behave({ faults: { token: error } })

    const failure = await auth.getTokenForClient(GRAPH).catch((cause: unknown) => cause)

    expect(failure).toMatchObject({
      hint: expect.not.stringContaining('expired on') as string,
    })
  })
})

describe('the variable IDENTITY_CLIENT_SECRET_EXPIRES', () => {
  test.for<[what: string, credential: ClientCredential | undefined]>([
    ['from the environment', undefined],
    ['that the code passes on', SECRET],
    ['in a list', ['a-new-secret', SECRET, undefined]],
  ])('belongs to the secret %s', async ([, clientCredential], { start, warnings }) => {
    vi.stubEnv('IDENTITY_CLIENT_SECRET', SECRET)
    vi.stubEnv('IDENTITY_CLIENT_SECRET_EXPIRES', dayIn(10))

    const { auth } = await start(clientCredential)
    await auth.getTokenForClient(GRAPH)

    expect(warnings).toMatchObject([
      {
        option: 'IDENTITY_CLIENT_SECRET',
        message: `The secret of IDENTITY_CLIENT_SECRET expires in 10 days, on ${dayIn(10)}.`,
      },
    ])
  })

  test('belongs to the secret in the option clientSecret too', async ({ openSite, warnings }) => {
    vi.stubEnv('IDENTITY_CLIENT_SECRET', SECRET)
    vi.stubEnv('IDENTITY_CLIENT_SECRET_EXPIRES', dayIn(10))
    const site = await openSite({
      clientCredential: undefined,
      clientSecret: SECRET,
      onEvent(event) {
        if (event.type === 'credential.expiring') warnings.push(event)
      },
    })
    await site.auth.ready()

    expect(warnings.map(({ option }) => option)).toEqual(['IDENTITY_CLIENT_SECRET'])
  })

  test('does not belong to another secret, or to a secret with its own date', async ({
    start,
    warnings,
  }) => {
    vi.stubEnv('IDENTITY_CLIENT_SECRET', 'another secret')
    vi.stubEnv('IDENTITY_CLIENT_SECRET_EXPIRES', dayIn(10))
    await start([SECRET, { secret: 'another secret', expires: dayIn(90) }])

    expect(warnings).toEqual([])
  })

  test('belongs to the secret of one of several issuers', async ({
    openApi,
    provider,
    warnings,
  }) => {
    vi.stubEnv('IDENTITY_CLIENT_SECRET', SECRET)
    vi.stubEnv('IDENTITY_CLIENT_SECRET_EXPIRES', dayIn(10))
    const { clientId } = provider.api
    const { api } = await openApi({
      authority: undefined,
      clientId: undefined,
      clientCredential: undefined,
      audience: undefined,
      issuers: {
        workforce: { authority: provider.authority(), clientId, clientCredential: SECRET },
        customers: { oidcAuthority: provider.oidcAuthority, clientId, clientCredential: 'other' },
      },
      onEvent(event) {
        if (event.type === 'credential.expiring') warnings.push(event)
      },
    })
    await api.ready()

    expect(warnings.map(({ option }) => option)).toEqual(['IDENTITY_CLIENT_SECRET'])
  })

  /** Starts a site in production with these variables, and returns its events about the configuration. */
  const configure = test.extend('configure', ({ openSite }) => {
    return async (secret: string | undefined, expires: string) => {
      vi.stubEnv('IDENTITY_CLIENT_SECRET', secret)
      vi.stubEnv('IDENTITY_CLIENT_SECRET_EXPIRES', expires)
      const found: IdentityEvent[] = []
      const { auth } = await openSite({
        environment: 'production',
        strictStart: true,
        ...(secret !== undefined && { clientCredential: undefined }),
        onEvent: (event) => {
          if (event.message.includes('_EXPIRES')) found.push(event)
        },
      })
      return { auth, found }
    }
  })

  configure.for<[what: string, secret: string | undefined, expires: string]>([
    ['without the secret', undefined, dayIn(90)],
    ['with a value that is not a date', SECRET, '31.03.2027-or-the-secret'],
    ['with both', undefined, 'soon-or-the-secret'],
  ])('%s is a warning in production', async ([, secret, expires], { configure: start }) => {
    const { auth, found } = await start(secret, expires)
    await auth.getTokenForClient(GRAPH)

    expect(found).toEqual([
      expect.objectContaining({
        type: 'configuration.warning',
        level: 'warn',
        message:
          'IDENTITY_CLIENT_SECRET_EXPIRES has no effect. Set it to a date, for example 2027-03-31, and IDENTITY_CLIENT_SECRET to the secret that expires on this date.',
      }),
    ])
    expect(auth.problems).toEqual([])
  })

  configure('in the past does not stop the start', async ({ configure: start }) => {
    const { auth, found } = await start(SECRET, '2020-01-31')

    await expect(auth.getTokenForClient(GRAPH)).resolves.toBeDefined()
    expect(found).toEqual([])
  })

  configure('without a value has no effect', async ({ configure: start }) => {
    const { auth, found } = await start(SECRET, '')

    await expect(auth.getTokenForClient(GRAPH)).resolves.toBeDefined()
    expect(found).toEqual([])
  })
})
