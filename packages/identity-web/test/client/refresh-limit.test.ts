import { setTimeout as pause } from 'node:timers/promises'
import { createRefreshLimit } from '../../src/client/refresh-limit.ts'
import { Browser, signIn } from '../support/site.ts'
import { describe, expect, test as base } from '../support/fixtures.ts'

const test = base.extend('behaviour', { consent: 'skip' })

/** Starts refreshes that end when the test ends them. */
function startRefreshes(
  waitSeconds: number,
  count: number,
): { started: (() => void)[]; results: Promise<PromiseSettledResult<unknown>>[] } {
  const limit = createRefreshLimit(waitSeconds)
  const started: (() => void)[] = []
  const results = Array.from({ length: count }, async () => {
    const [result] = await Promise.allSettled([
      limit(() => new Promise<void>((resolve) => started.push(resolve))),
    ])
    return result
  })
  return { started, results }
}

describe('the limit of refreshes', () => {
  test('starts the next refresh when one ends', async () => {
    const { started, results } = startRefreshes(1, 40)
    await pause(5)
    expect(started).toHaveLength(32)

    for (let ended = 0; ended < 40; ended++) {
      started[ended]?.()
      await pause(1)
    }

    expect(started).toHaveLength(40)
    expect(new Set((await Promise.all(results)).map(({ status }) => status))).toEqual(
      new Set(['fulfilled']),
    )
  })

  test('rejects a refresh that waits too long, and does not count it afterwards', async () => {
    const { started, results } = startRefreshes(0.05, 40)

    const late = await Promise.all(results.slice(32))

    expect(late[0]).toMatchObject({
      status: 'rejected',
      reason: { code: 'provider_unavailable', retryAfterSeconds: 2 },
    })
    for (const end of started) end()
    await Promise.all(results)
    expect(started).toHaveLength(32)
  })

  test('applies to the sessions of a site, which all get their page', async ({
    site,
    provider,
    clock,
  }) => {
    const browsers: Browser[] = []
    for (let user = 0; user < 40; user++) browsers.push(await signIn(site, provider))
    clock.advance(3700)
    provider.behave({ faults: { token: { kind: 'slow', ms: 500 } } })
    const refreshes = (): number =>
      provider.requests.filter(({ grantType }) => grantType === 'refresh_token').length

    const pages = browsers.map((browser) => browser.navigate(`${site.origin}/`))
    await expect.poll(refreshes).toBe(32)
    await pause(100)

    expect(refreshes()).toBe(32)
    expect(new Set((await Promise.all(pages)).map(({ status }) => status))).toEqual(new Set([200]))
    expect(refreshes()).toBe(40)
  })
})
