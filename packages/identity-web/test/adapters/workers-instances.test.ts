import { memoryStore } from 'identity-web'
import { expect } from 'vitest'
import { Browser } from '../support/browser.ts'
import { test as base } from '../support/fixtures.ts'
import { SESSION_SECRET, signIn } from '../support/site.ts'
import { bundleWorker, SESSIONS, SESSIONS_OF_FIRST, startWorkers } from '../support/worker.ts'
import { createBench, type StartHost } from './contract/bench.ts'
import { WITHOUT_FUNCTIONS } from './hosts/on-requests.ts'
import { tellingHosts } from './hosts/told.ts'

// Cloudflare runs a worker in many instances, which share only the Durable Object.
const twoInstances = base.extend(
  'startHost',
  { scope: 'file' },
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  async ({}, { onCleanup }): Promise<StartHost> => {
    const script = await bundleWorker(new URL('workers/fetch-worker.ts', import.meta.url))
    const workers = await startWorkers(script, [SESSIONS, SESSIONS_OF_FIRST])
    onCleanup(() => workers.close())
    let requests = 0
    return tellingHosts(() => workers.urls[(requests += 1) % workers.urls.length] as URL)
  },
)
const { test } = createBench(twoInstances, WITHOUT_FUNCTIONS)

// The worker creates its own store: see pages.md.
const STORED = { auth: { session: { secret: SESSION_SECRET, store: memoryStore() } } }

test('two instances of a worker refresh a session once, because the Durable Object has a lock', ({
  on,
  provider,
  clock,
}) =>
  on(STORED, async (site) => {
    provider.behave({ reuseDetection: true })
    const browser = await signIn(site, provider)

    for (const round of [1, 2]) {
      clock.advance(4200)
      const responses = await Promise.all(
        Array.from({ length: 8 }, () => browser.navigate(`${site.origin}/`)),
      )

      expect(responses.map(({ status }) => status)).toEqual(responses.map(() => 200))
      const refreshes = provider.requests.filter(({ grantType }) => grantType === 'refresh_token')
      expect(refreshes).toHaveLength(round)
    }
  }))

test('a sign-out at one instance ends a copied cookie at all instances', ({ on, provider }) =>
  on(STORED, async (site) => {
    const browser = await signIn(site, provider)
    const thief = new Browser()
    const headers = { cookie: `identity=${browser.cookies.get('identity')?.value ?? ''}` }
    const open = async (): Promise<number[]> => {
      const send = () => thief.navigate(`${site.origin}/`, { headers })
      return [await send(), await send()].map(({ status }) => status)
    }

    const before = await open()
    await browser.navigate(`${site.origin}/auth/logout`)

    expect(before).toEqual([200, 200])
    expect(await open()).toEqual([302, 302])
  }))
