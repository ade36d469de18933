import { faultCases, sharedStoreCases, test } from '../support/shared-fleet.ts'
import { expect } from '../support/server-fixtures.ts'
import { signIn } from '../support/site.ts'

// These tests use real processes and real stores.

sharedStoreCases('Redis by node-redis')
sharedStoreCases('Redis by ioredis')

faultCases('Redis by node-redis', {
  async 'Redis is killed and starts again'({ redis }) {
    await redis.stop('SIGKILL')
    return () => redis.start()
  },
  async 'Redis hangs'({ redis }) {
    redis.pause()
    return () => redis.resume()
  },
})

test('processes with Redis allow every user to sign in again after FLUSHALL', async ({
  start,
  provider,
  redis,
}) => {
  const fleet = await start('Redis by ioredis', { processes: 2 })
  const browser = await signIn(fleet, provider, { path: '/token' })

  await redis.command('FLUSHALL')

  expect(await fleet.statuses(browser, '/token', 4)).toEqual({ 302: 4 })
  await signIn(fleet, provider, { path: '/token' }, browser)
  expect(await fleet.statuses(browser, '/token', 4)).toEqual({ 200: 4 })
})

test('processes without a lock all recover from an expired token, even when several of them refresh it', async ({
  start,
  provider,
}) => {
  const fleet = await start('PostgreSQL by Keyv')
  const browser = await signIn(fleet, provider, { path: '/token' })
  await fleet.expireTokens()

  expect(await fleet.statuses(browser, '/token', 100)).toEqual({ 200: 100 })
  expect(await fleet.statuses(browser, '/', 8)).toEqual({ 200: 8 })

  expect(fleet.refreshes()).toBeLessThanOrEqual(4)
})
