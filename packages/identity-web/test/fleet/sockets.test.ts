import { once } from 'node:events'
import { WebSocket } from 'ws'
import { expect, test } from '../support/server-fixtures.ts'
import { signIn, type Browser } from '../support/site.ts'

// Real processes that share Redis: a user has a socket at one, and signs out at the other.

async function openSocket(origin: string, browser: Browser): Promise<WebSocket> {
  const cookie = [...browser.cookies].map(([name, { value }]) => `${name}=${value}`).join('; ')
  const ws = new WebSocket(origin.replace('http', 'ws'), { headers: { cookie } })
  await once(ws, 'message')
  return ws
}

test.for(['store', 'denyList'] as const)(
  'a sign-out in another process closes the socket, with the same %s',
  async (kind, { openFleet, provider, redis }) => {
    const fleet = await openFleet({
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
