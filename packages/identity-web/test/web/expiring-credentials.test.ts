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
    return async (clientCredential: ClientCredential) => {
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
