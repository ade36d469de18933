import { createTable } from 'identity-web/postgres'
import { Pool } from 'pg'
import { onTestFinished, vi } from 'vitest'
import { apiOf, tokenOf } from '../support/fleet.ts'
import { startPostgresServer } from '../support/postgres-server.ts'
import { describe, expect } from '../support/server-fixtures.ts'
import {
  breakUnderLoad,
  faultCases,
  sharedStoreCases,
  test,
  type Fault,
} from '../support/shared-fleet.ts'
import { Browser, sendToCallback, signIn, startSignIn } from '../support/site.ts'
import { OBO } from '../support/things.ts'

// These tests use real processes, a real PostgreSQL and a real PgBouncer in transaction mode.

const WAYS = ['PostgreSQL directly', 'PostgreSQL through PgBouncer'] as const

const FAULTS: Readonly<Record<string, Fault>> = {
  async 'PostgreSQL crashes and starts again'({ postgres }) {
    await postgres.stop('SIGQUIT')
    return () => postgres.start()
  },
  async 'PostgreSQL stops and starts again'({ postgres }) {
    await postgres.stop()
    return () => postgres.start()
  },
  async 'PostgreSQL hangs'({ postgres }) {
    postgres.pause()
    return () => postgres.resume()
  },
  // Each query keeps its connection, so that the pool does not have a free one.
  async 'all connections of the pool wait for the lock of a transaction'({ admin }) {
    const client = await admin.connect()
    await client.query('begin; lock table identity_sessions')
    return async () => {
      await client.query('rollback')
      client.release()
    }
  },
  async 'somebody renames the table'({ admin }) {
    await admin.query('alter table identity_sessions rename to elsewhere')
    return () => admin.query('alter table elsewhere rename to identity_sessions')
  },
}

for (const way of WAYS) {
  sharedStoreCases(way)
  faultCases(way, FAULTS)
}
faultCases('PostgreSQL through PgBouncer', {
  async 'PgBouncer is killed and starts again'({ pgbouncer }) {
    await pgbouncer.stop()
    return () => pgbouncer.start()
  },
})

test.for(WAYS)(
  'with %s that is read-only, users see their pages',
  async (way, { start, provider, admin }) => {
    const fleet = await start(way, { processes: 2, isPatient: false })
    const setReadOnly = async (value: 'on' | 'off'): Promise<void> => {
      await admin.query(`alter system set default_transaction_read_only = ${value}`)
      await admin.query('select pg_reload_conf()')
    }

    const seen = await breakUnderLoad(
      fleet,
      provider,
      async () => {
        await setReadOnly('on')
        const browser = new Browser()
        const callback = await startSignIn(fleet, provider, browser)
        expect((await sendToCallback(browser, callback)).status).toBe(503)
      },
      () => setReadOnly('off'),
    )

    expect(seen).toEqual({
      during: new Set([200]),
      users: new Set([200]),
      forger: new Set([302]),
      visitor: new Set([302]),
    })
    expect(fleet.logs.join('\n')).toContain('The server is read-only')
    await signIn(fleet, provider)
  },
)

test('after a failover to an empty server, users get 503 until its table exists, and then sign in again', async ({
  start,
  provider,
  postgres,
}) => {
  const fleet = await start('PostgreSQL directly', { processes: 2, isPatient: false })
  const browser = await signIn(fleet, provider, { path: '/token' })
  await postgres.stop('SIGQUIT')
  const empty = await startPostgresServer({ port: String(postgres.port) })
  const pool = new Pool({ connectionString: empty.url })
  onTestFinished(async () => {
    await pool.end()
    await empty.close()
    await postgres.start()
  })
  // The connections of the processes to the old server have ended.
  await vi.waitFor(
    async () => {
      await browser.navigate(`${fleet.origin}/`)
      expect(fleet.logs.join('\n')).toContain('Create the table "identity_sessions" with')
    },
    { timeout: 10_000 },
  )
  expect(await fleet.statuses(browser, '/', 4)).toEqual({ 503: 4 })
  expect(browser.cookies.has('identity')).toBe(true)

  await createTable(pool)
  await vi.waitFor(
    async () => expect(await fleet.statuses(browser, '/token', 4)).toEqual({ 302: 4 }),
    { timeout: 10_000 },
  )

  await signIn(fleet, provider, { path: '/token' }, browser)
  expect(await fleet.statuses(browser, '/token', 4)).toEqual({ 200: 4 })
})

describe('two processes share a token on behalf of a user', () => {
  test.extend('behaviour', { consent: 'skip' }).for([
    ['postgres', 'crashes'],
    ['pgbouncer', 'hangs'],
  ] as const)(
    'in %s, and request their own while PostgreSQL %s',
    async ([server, fault], { openFleet, provider, postgres, servers, grantRequests }) => {
      const { processes, logs } = await openFleet({
        processes: 2,
        tokenCache: { kind: 'postgres', url: servers[server].url },
        api: apiOf(provider),
      })
      const exchanges = grantRequests(OBO)
      const [alex, robin] = [
        await provider.accessToken({ as: 'alex' }),
        await provider.accessToken({ as: 'robin' }),
      ]

      for (const process of processes)
        expect(await tokenOf(process, alex)).toMatchObject({ oid: provider.user('alex').oid })
      expect(exchanges()).toHaveLength(1)

      if (fault === 'crashes') await postgres.stop('SIGQUIT')
      else postgres.pause()
      for (const process of processes)
        expect(await tokenOf(process, robin)).toMatchObject({ oid: provider.user('robin').oid })
      expect(exchanges()).toHaveLength(3)
      expect(
        logs.filter((line) => line.includes('The store of sharedTokens() does not work')),
      ).toHaveLength(2)

      if (fault === 'crashes') await postgres.start()
      else postgres.resume()
      const recoveries = (): number =>
        logs.filter((line) => line.includes('store.available')).length
      while (recoveries() < 2) {
        const bearer = await provider.accessToken({ as: 'alex' })
        for (const process of processes) await tokenOf(process, bearer)
      }
      const before = exchanges().length
      const bearer = await provider.accessToken({ as: 'morgan' })
      for (const process of processes) await tokenOf(process, bearer)
      expect(exchanges()).toHaveLength(before + 1)
    },
  )
})
