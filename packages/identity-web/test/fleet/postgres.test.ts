import { createTable } from 'identity-web/postgres'
import { Pool } from 'pg'
import { onTestFinished, vi } from 'vitest'
import type { FleetProcess } from '../support/fleet.ts'
import type { PgBouncer } from '../support/pgbouncer.ts'
import { startPostgresServer, type PostgresServer } from '../support/postgres-server.ts'
import { describe, expect } from '../support/server-fixtures.ts'
import { breakUnderLoad, OUTAGE, test as base, tick } from '../support/shared-fleet.ts'
import { Browser, sendToCallback, signIn, startSignIn } from '../support/site.ts'

// These tests use real processes, a real PostgreSQL and a real PgBouncer in transaction mode.

const test = base
  /** Connections of an administrator, past PgBouncer. */
  .extend('admin', ({ postgres }, { onCleanup }) => {
    const admin = new Pool({ connectionString: postgres.url })
    admin.on('error', () => undefined)
    onCleanup(() => admin.end())
    return admin
  })
  /** The URLs of PostgreSQL, directly and through PgBouncer. */
  .extend('urls', ({ postgres, pgbouncer }) => ({
    directly: postgres.url,
    'through PgBouncer': pgbouncer.url,
  }))

describe.each(['directly', 'through PgBouncer'] as const)(
  'four processes with PostgreSQL, %s,',
  (way) => {
    test('refresh once for 200 requests at the same time, under rotation with reuse detection', async ({
      start,
      provider,
      urls,
    }) => {
      const fleet = await start('postgres', { url: urls[way] })
      provider.behave({ reuseDetection: true })
      const browser = await signIn(fleet, provider, { path: '/token' })
      await fleet.expireTokens()

      expect(await fleet.statuses(browser, '/token', 200)).toEqual({ 200: 200 })

      expect(fleet.refreshes()).toBe(1)
      expect(await fleet.statuses(browser, '/', 20)).toEqual({ 200: 20 })
      expect(fleet.refreshes()).toBe(1)
    })

    test('recover with the next request when one is killed during a refresh', async ({
      start,
      provider,
      urls,
      admin,
    }) => {
      const fleet = await start('postgres', { processes: 2, url: urls[way] })
      provider.behave({ reuseDetection: true })
      const browser = await signIn(fleet, provider, { path: '/token' })
      await fleet.expireTokens()
      provider.behave({ faults: { token: { kind: 'hang', times: 1 } } })
      const [doomed, other] = fleet.processes

      const lost = browser.navigate(`${doomed?.origin}/token`).catch(() => undefined)
      const leases = 'select 1 from identity_sessions where lease_until > clock_timestamp()'
      while ((await admin.query(leases)).rows.length === 0) await tick()
      await doomed?.kill9()
      await lost

      expect((await browser.navigate(`${other?.origin}/token`)).status).toBe(200)
      expect(fleet.refreshes()).toBe(1)
    })

    test.for(['store', 'denyList'] as const)(
      'sign a user out of all processes at once, with a %s',
      async (list, { start, provider, urls }) => {
        const fleet = await start('postgres', { list, url: urls[way] })
        const browser = await signIn(fleet, provider)
        const { claims } = (await browser.navigate(`${fleet.origin}/`)).json() as {
          claims: { sid: string }
        }
        expect(await fleet.statuses(browser, '/', 8)).toEqual({ 200: 8 })

        await new Browser().send(`${fleet.origin}/front-channel-logout?sid=${claims.sid}`, {})

        expect(await fleet.statuses(browser, '/', 8)).toEqual({ 302: 8 })
      },
    )
  },
)

interface Servers {
  readonly postgres: PostgresServer
  readonly pgbouncer: PgBouncer
  readonly admin: Pool
}

/** Breaks a server, and returns a function that repairs it. */
type Fault = (servers: Servers) => Promise<() => unknown>

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
  async 'PgBouncer is killed and starts again'({ pgbouncer }) {
    await pgbouncer.stop()
    return () => pgbouncer.start()
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

describe.each(['directly', 'through PgBouncer'] as const)(
  'a fault under load, %s, does not return 500, end a session or accept visitors:',
  (way) => {
    test.for(
      Object.entries(FAULTS).filter(([name]) => way !== 'directly' || !name.startsWith('PgB')),
    )('%s', async ([, breakIt], { start, provider, urls, postgres, pgbouncer, admin }) => {
      const fleet = await start('postgres', { processes: 2, url: urls[way] })
      let mendIt = (): unknown => undefined

      const seen = await breakUnderLoad(
        fleet,
        provider,
        async () => (mendIt = await breakIt({ postgres, pgbouncer, admin })),
        async () => mendIt(),
      )

      expect(seen).toEqual(OUTAGE)
      expect(fleet.logs.join('\n')).toMatch(
        /The session store is down.*The session store responds again/s,
      )
    })

    test('PostgreSQL is read-only, so users only see their pages', async ({
      start,
      provider,
      urls,
      admin,
    }) => {
      const fleet = await start('postgres', { processes: 2, url: urls[way] })
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
    })
  },
)

test('after a failover to an empty server, users get 503 until its table exists, and then sign in again', async ({
  start,
  provider,
  postgres,
}) => {
  const fleet = await start('postgres', { processes: 2 })
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

test('keep every user signed in when clocks jump by an hour, forward and back', async ({
  start,
  provider,
}) => {
  const fleet = await start('postgres', { processes: 2 })
  provider.behave({ reuseDetection: true })
  const browser = await signIn(fleet, provider, { path: '/token' })

  for (const jump of [3600, -3600, -3600, 3600]) {
    await fleet.advance(jump)
    expect(await fleet.statuses(browser, '/token', 8)).toEqual({ 200: 8 })
    expect(await fleet.statuses(browser, '/', 8)).toEqual({ 200: 8 })
  }
  expect(await fleet.statuses(new Browser(), '/', 2)).toEqual({ 302: 2 })
})

describe('two processes share a token on behalf of a user', () => {
  const OBO = 'urn:ietf:params:oauth:grant-type:jwt-bearer'

  test.extend('behaviour', { consent: 'skip' }).for([
    ['directly', 'crashes'],
    ['through PgBouncer', 'hangs'],
  ] as const)(
    '%s, and request their own while PostgreSQL %s',
    async ([way, fault], { openFleet, provider, postgres, urls }) => {
      const { processes, logs } = await openFleet({
        processes: 2,
        tokenCache: { kind: 'postgres', url: urls[way] },
        api: {
          authority: provider.authority(),
          clientId: provider.api.clientId,
          clientCredential: provider.api.clientSecret,
          audience: provider.api.idUri,
        },
      })
      const exchanges = (): number =>
        provider.requests.filter(({ grantType }) => grantType === OBO).length
      const tokenOf = async ({ origin }: FleetProcess, bearer: string): Promise<unknown> => {
        const headers = { authorization: `Bearer ${bearer}` }
        const response = await fetch(`${origin}/on-behalf-of?scopes=User.Read`, { headers })
        return response.json()
      }
      const [alex, robin] = [
        await provider.accessToken({ as: 'alex' }),
        await provider.accessToken({ as: 'robin' }),
      ]

      for (const process of processes)
        expect(await tokenOf(process, alex)).toMatchObject({ oid: provider.user('alex').oid })
      expect(exchanges()).toBe(1)

      if (fault === 'crashes') await postgres.stop('SIGQUIT')
      else postgres.pause()
      for (const process of processes)
        expect(await tokenOf(process, robin)).toMatchObject({ oid: provider.user('robin').oid })
      expect(exchanges()).toBe(3)
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
      const before = exchanges()
      const bearer = await provider.accessToken({ as: 'morgan' })
      for (const process of processes) await tokenOf(process, bearer)
      expect(exchanges()).toBe(before + 1)
    },
  )
})
