import { describe, expect, test as base, vi } from '../support/fixtures.ts'
import { startFleet } from '../support/fleet.ts'
import { Browser, signIn } from '../support/site.ts'

const test = base.extend(
  'fleet',
  { scope: 'file' },
  async ({ fileProvider: { provider } }, { onCleanup }) => {
    const fleet = await startFleet({ provider, processes: 4 })
    onCleanup(() => fleet.close())
    return fleet
  },
)

describe('four processes behind one URL', () => {
  test('share a sign-in: each process recognizes the user', async ({ fleet, provider }) => {
    const browser = await signIn(fleet, provider)

    const responses = await Promise.all(
      Array.from({ length: 8 }, () => browser.navigate(`${fleet.origin}/`)),
    )

    expect(responses.map(({ status }) => status)).toEqual(Array<number>(8).fill(200))
    expect(new Set(responses.map(({ headers }) => headers['x-process'])).size).toBe(4)
  })

  test('continue with the remaining processes, and with restarted ones', async ({
    fleet,
    provider,
  }) => {
    const browser = await signIn(fleet, provider)
    const [first, second] = fleet.processes
    const before = first?.pid

    await Promise.all([first?.kill9(), second?.kill9()])
    for (let asked = 0; asked < 4; asked++) {
      const { status, headers } = await browser.navigate(`${fleet.origin}/`)
      expect([status, headers['x-process']]).toEqual([200, expect.stringMatching(/[23]/)])
    }
    await Promise.all([first?.restart(), second?.restart()])

    expect(fleet.faults).toEqual([])
    expect(first?.pid).not.toBe(before)
    expect((await browser.navigate(`${first?.origin}/`)).status).toBe(200)
  })

  test('drop a request when its process is killed', async ({ fleet, provider }) => {
    const browser = await signIn(fleet, provider)

    const unanswered = browser.navigate(`${fleet.origin}/slow?ms=60000`)
    const pid = await vi.waitFor(() => {
      const [, began] = /A slow request started. {"pid":(\d+)}/.exec(fleet.logs.join('\n')) ?? []
      if (began === undefined) throw new Error('It has not started.')
      return Number(began)
    }, 5000)
    const killed = fleet.processes.find((process) => process.pid === pid)
    await killed?.kill9()

    expect((await unanswered).status).toBe(502)
    expect((await browser.navigate(`${fleet.origin}/slow?ms=1`)).status).toBe(200)
    await killed?.restart()
  })

  test('share one clock, which can jump', async ({ fleet, provider }) => {
    const browser = await signIn(fleet, provider)

    await fleet.advance(2 * 86_400)
    const late = await browser.navigate(`${fleet.origin}/`)
    await fleet.advance(-2 * 86_400)

    expect(late.location).toContain(provider.origin)
    expect((await browser.navigate(`${fleet.origin}/`)).status).toBe(200)
  })

  test('report their memory use and their log', async ({ fleet }) => {
    const { rss, heapUsed } = (await fleet.processes[0]?.memory()) ?? { rss: 0, heapUsed: 0 }

    expect(rss).toBeGreaterThan(heapUsed)
    expect(heapUsed).toBeGreaterThan(1_000_000)
    expect((await new Browser().navigate(`${fleet.origin}/redirect?code=x`)).status).toBe(400)
    expect(fleet.logs.at(-1)).toMatch(/The authorization response does not contain/)
  })
})
