import { once } from 'node:events'
import type { DevProvider } from 'identity-web-dev'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { startFleet, type Fleet } from '../support/fleet.ts'
import { startRedisServer, type RedisServer } from '../support/redis-server.ts'
import { signIn, startDevProvider, type Browser } from '../support/site.ts'

// Real processes that share Redis: a user has a socket at one, and signs out at the other.

let provider: DevProvider
let redis: RedisServer
let fleet: Fleet
beforeAll(async () => {
  provider = await startDevProvider()
  redis = await startRedisServer()
})
afterEach(async () => {
  const { faults } = fleet
  await fleet.close()
  expect(faults).toEqual([])
})
afterAll(async () => {
  await Promise.all([redis.close(), provider.close()])
})

async function openSocket(origin: string, browser: Browser): Promise<WebSocket> {
  const cookie = [...browser.cookies].map(([name, { value }]) => `${name}=${value}`).join('; ')
  const ws = new WebSocket(origin.replace('http', 'ws'), { headers: { cookie } })
  await once(ws, 'message')
  return ws
}

test.for(['store', 'denyList'] as const)(
  'a sign-out in another process closes the socket, with the same %s',
  async (kind) => {
    provider.reset()
    fleet = await startFleet({
      provider,
      processes: 2,
      [kind]: { kind: 'node-redis', url: redis.url },
    })
    const [here, elsewhere] = fleet.processes.map(({ origin }) => origin)
    const browser = await signIn(fleet, provider)
    const other = await signIn(fleet, provider)
    const ws = await openSocket(String(here), browser)
    const unrelated = await openSocket(String(here), other)
    const closed = once(ws, 'close')

    await browser.navigate(`${elsewhere}/logout`)

    expect((await closed)[0]).toBe(4401)
    expect(unrelated.readyState).toBe(WebSocket.OPEN)
    unrelated.terminate()
  },
)
