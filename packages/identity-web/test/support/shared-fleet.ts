import type { DevProvider } from 'identity-web-dev'
import { expect } from 'vitest'
import type { Fleet } from './fleet.ts'
import type { StoreAddress } from './fleet-messages.ts'
import { test as base } from './server-fixtures.ts'
import { Browser, signIn } from './site.ts'

/** A fleet whose processes share a store. */
export interface SharedFleet extends Fleet {
  /** The number of refreshes that succeeded. */
  refreshes(): number
  /** Advances the clocks of the processes and of the provider until the tokens of all sessions expire. */
  expireTokens(): Promise<void>
  /** Opens a page several times at the same time, and counts the statuses. */
  statuses(browser: Browser, path: string, times: number): Promise<Record<number, number>>
}

interface SharedFleetOptions {
  /** @defaultValue `4` */
  readonly processes?: number
  /** @defaultValue `'store'` */
  readonly list?: 'store' | 'denyList'
  /** The URL of the store. @defaultValue that of the server of the file */
  readonly url?: string
}

/** Vitest's `test` with fleets whose processes share a store. */
export const test = base
  .extend('redisOptions', { scope: 'file' }, { appendonly: true })
  .extend(
    'start',
    ({ openFleet, provider, redis, postgres }) =>
      async (
        kind: StoreAddress['kind'],
        options: SharedFleetOptions = {},
      ): Promise<SharedFleet> => {
        const { processes = 4, list = 'store' } = options
        const { url } = kind.includes('postgres') ? postgres : redis
        const fleet = await openFleet({ processes, [list]: { kind, url: options.url ?? url } })
        return Object.assign(fleet, {
          refreshes: () =>
            provider.requests.filter(
              ({ grantType, status }) => grantType === 'refresh_token' && status === 200,
            ).length,
          async expireTokens() {
            await fleet.advance(3700)
            provider.behave({ clockOffsetSeconds: 3700 })
          },
          async statuses(browser: Browser, path: string, times: number) {
            const responses = await Promise.all(
              Array.from({ length: times }, () => browser.navigate(fleet.origin + path)),
            )
            const counts: Record<number, number> = {}
            for (const { status } of responses) counts[status] = (counts[status] ?? 0) + 1
            return counts
          },
        })
      },
  )

/** The statuses that somebody saw. */
interface Seen {
  /** Signed-in users, before the repair. */
  readonly during: Set<number>
  readonly users: Set<number>
  /** Somebody with an ID that is not stored. */
  readonly forger: Set<number>
  /** Somebody who is not signed in. */
  readonly visitor: Set<number>
}

/** What they see while a store is down. A failure never signs out a user, and never accepts anybody else. */
export const OUTAGE: Seen = {
  during: new Set([200, 503]),
  users: new Set([200, 503]),
  forger: new Set([302, 503]),
  visitor: new Set([302]),
}

/**
 * Breaks the store of a fleet while users and others send requests, and repairs it after 1.5 seconds. All users must still be
 * signed in afterwards.
 */
export async function breakUnderLoad(
  fleet: SharedFleet,
  provider: DevProvider,
  breakIt: () => Promise<unknown>,
  mendIt: () => Promise<unknown>,
): Promise<Seen> {
  const users = await Promise.all(Array.from({ length: 6 }, () => signIn(fleet, provider)))
  const forger = new Browser()
  forger.cookies.set('identity', { ...cookieOf(users[0]), value: `1.${'A'.repeat(43)}` })
  const seen = {
    users: new Set<number>(),
    forger: new Set<number>(),
    visitor: new Set<number>(),
  }
  const until = performance.now() + 4500
  const load = async (browser: Browser, into: Set<number>): Promise<void> => {
    while (performance.now() < until) {
      into.add((await browser.navigate(`${fleet.origin}/`)).status)
      await tick()
    }
  }
  const loads = [
    ...users.map((user) => load(user, seen.users)),
    load(forger, seen.forger),
    load(new Browser(), seen.visitor),
  ]

  await pause(300)
  await breakIt()
  await pause(1500)
  const during = new Set(seen.users)
  await mendIt()
  await Promise.all(loads)

  for (const user of users) {
    expect((await user.navigate(`${fleet.origin}/`)).status).toBe(200)
  }
  return { during, ...seen }
}

function cookieOf(
  browser: Browser | undefined,
): NonNullable<ReturnType<Browser['cookies']['get']>> {
  const cookie = browser?.cookies.get('identity')
  if (cookie === undefined) throw new Error('Nobody is signed in.')
  return cookie
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

export function tick(): Promise<void> {
  return pause(10)
}
