import type { Fault } from 'identity-web-dev'
import type { AuthOptions } from 'identity-web/express'
import { describe, expect, test } from '../support/fixtures.ts'
import { Browser, SESSION_SECRET, signIn } from '../support/site.ts'
import { CountingStore } from '../support/counting-store.ts'

const HOUR = 3600
const KINDS: [string, () => AuthOptions][] = [
  ['in cookies', () => ({})],
  ['in a store', () => ({ session: { secret: SESSION_SECRET, store: new CountingStore() } })],
]
const OUTAGES: [string, Fault][] = [
  ['closes every connection', { kind: 'drop' }],
  ['responds with 503', { kind: 'status', status: 503 }],
]
const ENDPOINTS = ['metadata', 'keys', 'authorize', 'token', 'graph', 'logout'] as const

const everywhere = (fault: Fault) => Object.fromEntries(ENDPOINTS.map((name) => [name, fault]))

describe.each(OUTAGES)('while the provider %s for a day', (_outage, fault) => {
  test.for(KINDS)(
    'sessions %s live on, and get new tokens afterwards without a sign-in',
    async ([, options], { openSite, provider, clock }) => {
      const site = await openSite(options())
      const browser = await signIn(site, provider, { path: '/me' })
      provider.behave({ faults: everywhere(fault) })
      const before = provider.requests.length

      for (let hour = 0; hour < 24; hour++) {
        clock.advance(HOUR)
        expect((await browser.navigate(`${site.origin}/`)).status).toBe(200)
      }
      // Each visit may try to refresh the tokens once. The session does not get worse from it.
      expect(provider.requests.length - before).toBeLessThanOrEqual(2 * 24)
      const needsToken = await browser.navigate(`${site.origin}/me`)
      expect([needsToken.status, needsToken.headers['retry-after']]).toEqual([503, '5'])
      // The URL of the provider is known, so its own page tells new visitors about the outage.
      const visitor = await new Browser().navigate(`${site.origin}/`)
      expect([visitor.status, visitor.location]).toEqual([
        302,
        expect.stringContaining(provider.origin),
      ])

      provider.behave({ faults: {} })
      clock.advance(61)

      const recovered = await browser.navigate(`${site.origin}/me`)
      expect(recovered.status, recovered.text).toBe(200)
      await signIn(site, provider)
    },
  )

  test.for(KINDS)(
    'sessions %s still end when they must',
    async ([, options], { openSite, provider, clock }) => {
      const { session = { secret: SESSION_SECRET } } = options()
      const site = await openSite({
        session: { ...session, idleTimeoutSeconds: 2 * HOUR, absoluteTimeoutSeconds: 12 * HOUR },
      })
      const [active, idle] = [await signIn(site, provider), await signIn(site, provider)]
      provider.behave({ faults: everywhere(fault) })
      const seen: number[] = []
      for (let hour = 1; hour <= 12; hour++) {
        clock.advance(HOUR)
        seen.push((await active.script(`${site.origin}/`)).status)
      }

      expect(seen).toEqual([...Array.from({ length: 11 }, () => 200), 401])
      expect((await idle.script(`${site.origin}/`)).status).toBe(401)
    },
  )

  test('an API accepts valid tokens and rejects forged and expired ones', async ({
    api,
    provider,
    clock,
  }) => {
    const call = async (token: string) => (await api.call('/', token)).status
    const [short, long] = await Promise.all(
      [HOUR, 26 * HOUR].map((expiresIn) => provider.accessToken({ as: 'alex', expiresIn })),
    )
    expect([await call(short ?? ''), await call(long ?? '')]).toEqual([200, 200])
    provider.behave({ faults: everywhere(fault) })
    clock.advance(25 * HOUR)

    expect(await call(long ?? '')).toBe(200)
    expect(await call(await provider.accessToken({ as: 'alex' }))).toBe(200)
    expect(await call(short ?? '')).toBe(401)
    expect(await call(await provider.accessToken({ as: 'alex', key: 'stranger' }))).toBe(401)
  })
})
