import { PGlite } from '@electric-sql/pglite'
import { IdentityError, type SessionStore } from 'identity-web'
import { ApiAuth, Auth, type AuthOptions } from 'identity-web/express'
import { createTable, postgresStore, type PostgresClient } from 'identity-web/postgres'
import { sessionFor } from 'identity-web-dev/testing'
import { sharedTokens } from 'identity-web/token-cache'
import { Client, Pool, type PoolConfig } from 'pg'
import { onTestFinished, vi } from 'vitest'
import { describe, expect, test as base } from '../support/server-fixtures.ts'
import { Browser, sendToCallback, signIn, startSignIn } from '../support/site.ts'
import { startTcpProxy } from '../support/tcp-proxy.ts'

// How the store uses a pool, and what it says if PostgreSQL or the pool fails.

const LONG = 60_000
/** A test must not depend on the speed of the machine. */
const PATIENT = { connectionTimeoutMillis: 20_000, query_timeout: 20_000 }
/** The time limit of `Auth` that fits. */
const PATIENT_SECONDS = 40

const test = base
  /** Opens a pool that is closed after the test. */
  .extend('open', ({ postgres }, { onCleanup }) => {
    const pools: Pool[] = []
    onCleanup(async () => void (await Promise.all(pools.map((pool) => pool.end()))))
    return (config: PoolConfig = {}): Pool => {
      const pool = new Pool({ connectionString: postgres.url, ...PATIENT, ...config })
      pools.push(pool)
      return pool
    }
  })
  /** The name of a new, empty table. */
  .extend('table', async ({ open }) => {
    const table = `table_${Math.random().toString(36).slice(2)}`
    await createTable(open(), table)
    return table
  })
  /** The URL of a user who does not have rights. */
  .extend('stranger', async ({ open, postgres }) => {
    const name = `user_${Math.random().toString(36).slice(2)}`
    await open().query(`create role ${name} login`)
    return { name, url: postgres.url.replace('postgres@', `${name}@`) }
  })

describe('a call that the pool has given up', () => {
  test('never runs if it waited for a connection', async ({ open, table }) => {
    const pool = open({ max: 1, connectionTimeoutMillis: 100 })
    const store = postgresStore(pool, { table })
    const newer = postgresStore(open(), { table })
    const busy = await connectedWith(() => pool.connect())

    await expect(store.set('key', 'late', LONG)).rejects.toThrow(/timeout exceeded/)
    await newer.set('key', 'newer', LONG)
    await expect(store.delete('key')).rejects.toThrow(/timeout exceeded/)
    busy.release()
    await store.set('other', 'value', LONG)

    expect(await newer.getMany(['key', 'other'])).toEqual(['newer', 'value'])
  })

  test('ends its connection if it runs', async ({ open, table }) => {
    const pool = open({ max: 1, query_timeout: 100 })
    const admin = open()
    const store = postgresStore(pool, { table })
    await connectedWith(async () => store.set('key', 'value', LONG))
    const before = await connectedWith(() => pidOf(pool))
    const locker = await admin.connect()
    await locker.query(`begin; lock table ${table}`)

    await expect(store.get('key')).rejects.toThrow(/Query read timeout/)
    await locker.query('rollback')
    locker.release()

    expect(await connectedWith(async () => store.get('key'))).toBe('value')
    expect(await connectedWith(() => pidOf(pool))).not.toBe(before)
  })

  test.for([
    ['overwrite a newer value', 'newer'],
    ['restore a deleted value', undefined],
  ] as const)(
    'does not %s if the network delivers it late',
    async ([, latest], { open, table, postgres }) => {
      const network = await startTcpProxy(postgres.port)
      onTestFinished(() => network.close())
      const name = `network of ${table}`
      const pool = open({
        connectionString: postgres.url.replace(`:${postgres.port}`, `:${network.port}`),
        query_timeout: 500,
        connectionTimeoutMillis: 500,
        application_name: name,
        max: 1,
      })
      const store = postgresStore(pool, { table })
      const other = open()
      const newer = postgresStore(other, { table })
      await connectedWith(async () => store.set('key', 'value', LONG))
      // The cleanup has ended, so the connection is free.
      await connectedWith(async () => store.get('key'))

      await network.become('silent')
      await expect(store.set('key', 'late', LONG)).rejects.toThrow(/Query read timeout/)
      if (latest === undefined) await newer.delete('key')
      else await newer.set('key', latest, LONG)
      await new Promise((resolve) => setTimeout(resolve, 600))
      await network.become('open')
      await hasEnded(other, name)

      expect(await newer.get('key')).toBe(latest)
      await connectedWith(async () => store.set('key', 'newest', LONG))
      expect(await newer.get('key')).toBe('newest')
    },
  )

  test('does not overwrite a value that another transaction wrote while it waited', async ({
    open,
    table,
  }) => {
    const name = `waits for ${table}`
    const limits = { query_timeout: 300, connectionTimeoutMillis: 300 }
    const pool = open({ ...limits, max: 1, application_name: name })
    const store = postgresStore(pool, { table })
    await connectedWith(async () => store.set('key', 'value', LONG))
    await connectedWith(async () => store.get('key'))
    const admin = open()
    const writer = await admin.connect()
    await writer.query(`begin; update ${table} set value = 'newer'`)

    await expect(store.set('key', 'late', LONG)).rejects.toThrow(/Query read timeout/)
    await new Promise((resolve) => setTimeout(resolve, 500))
    await writer.query('commit')
    writer.release()
    await hasEnded(admin, name)

    expect(await postgresStore(admin, { table }).get('key')).toBe('newer')
  })

  test('does not reject values after the clock of PostgreSQL or the network has changed', async ({
    open,
    table,
  }) => {
    const pool = open({ query_timeout: 5000, connectionTimeoutMillis: 5000 })
    const store = postgresStore(shifted(pool), { table })
    await store.set('key', 'one', LONG)

    // The clock of PostgreSQL jumps forward by a minute.
    offset = 60
    await expect(store.set('key', 'two', LONG)).rejects.toThrow(/too late/)
    await store.set('key', 'three', LONG)
    await store.set('key', 'four', LONG)
    offset = 0
    await store.set('key', 'five', LONG)

    expect(await store.get('key')).toBe('five')
  })
})

test('PgBouncer rejects a pool with statement_timeout, so the guide sets it for the database user', async ({
  open,
  table,
  pgbouncer,
}) => {
  const url = { connectionString: pgbouncer.url }

  const rejected = postgresStore(open({ ...url, statement_timeout: 1000 }), { table })
  await expect(rejected.get('key')).rejects.toThrow(/unsupported startup parameter/)

  await open().query(`alter role postgres set statement_timeout = '100ms'`)
  const limited = open(url)
  await expect(limited.query('select pg_sleep(5)')).rejects.toThrow(/statement timeout/)
  await open().query('alter role postgres reset statement_timeout')
})

/** Seconds by which the clock of PostgreSQL is ahead. */
let offset = 0

/** Returns a pool whose statements see another clock. */
function shifted(pool: Pool): PostgresClient {
  const clock = (): string => `(clock_timestamp() + interval '${offset} seconds')`
  return Object.assign(Object.create(pool) as Pool, {
    query: (text: string, values?: unknown[]) =>
      pool.query(text.replaceAll('clock_timestamp()', clock()), values),
  })
}

/** Repeats a call of a pool with short time limits, because a busy machine may need longer to connect. */
function connectedWith<T>(call: () => Promise<T>): Promise<T> {
  return vi.waitFor(call, { timeout: 20_000 })
}

/** Waits until PostgreSQL has run everything that a connection sent before its end. */
async function hasEnded(admin: Pool, name: string): Promise<void> {
  await vi.waitFor(
    async () => {
      const { rows } = await admin.query(
        'select 1 from pg_stat_activity where application_name = $1',
        [name],
      )
      expect(rows).toEqual([])
    },
    { timeout: 10_000 },
  )
}

async function pidOf(pool: Pool): Promise<unknown> {
  const { rows } = await pool.query('select pg_backend_pid() as pid')
  return (rows as { pid: unknown }[])[0]?.pid
}

test('PostgreSQL can close the connections of a pool without ending the process', async ({
  open,
  table,
}) => {
  const pool = open({ max: 3, application_name: 'doomed' })
  const store = postgresStore(pool, { table })
  await Promise.all(['a', 'b', 'c'].map((key) => store.set(key, 'value', LONG)))
  const closed = new Promise((resolve) => pool.once('remove', resolve))

  await open().query(
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'doomed'`,
  )
  await closed

  await vi.waitFor(async () => expect(await store.get('a')).toBe('value'))
})

describe('the error', () => {
  /** Every method of the store fails with the same error. */
  async function expectErrors(
    client: PostgresClient,
    table: string,
    error: RegExp,
    methods: readonly string[] = ['get', 'getMany', 'set', 'delete', 'touch', 'lock'],
  ): Promise<void> {
    const store = postgresStore(client, { table })
    const calls: Record<string, () => unknown> = {
      get: () => store.get('key'),
      getMany: () => store.getMany(['key', 'other']),
      set: () => store.set('key', 'value', LONG),
      delete: () => store.delete('key'),
      touch: () => store.touch('key', LONG),
      lock: () => store.lock('key', LONG),
    }
    for (const method of methods) await expect(calls[method]?.()).rejects.toThrow(error)
  }

  test('of a table that does not exist names the table and how to create it', async ({ open }) => {
    await expectErrors(
      open(),
      'missing',
      /relation "missing" does not exist\. Create the table "missing" with createTable\(pool\)/,
    )
    await expectErrors(open(), 'nowhere.missing', /Create the table "nowhere"\."missing" with/)
  })

  test('of a user without rights says which rights to grant', async ({ open, table, stranger }) => {
    await expectErrors(
      open({ connectionString: stranger.url }),
      table,
      /permission denied for table .*Grant .*: grant select, insert, update, delete on "table_/,
    )
  })

  test('of a table with other columns says so', async ({ open }) => {
    const pool = open()
    await pool.query('create table old (key text primary key, value text, expires_at timestamptz)')

    await expectErrors(
      pool,
      'old',
      /column .* does not exist\. The table "old" has other columns/,
      ['set', 'touch', 'lock'],
    )
  })

  test('of a read-only server says so, and reads still work', async ({ open, table }) => {
    await postgresStore(open(), { table }).set('key', 'value', LONG)
    const pool = open({ options: '-c default_transaction_read_only=on' })

    await expectErrors(pool, table, /read-only transaction\. The server is read-only/, [
      'set',
      'delete',
      'touch',
      'lock',
    ])
    expect(await postgresStore(pool, { table }).get('key')).toBe('value')
  })

  test('keeps the error of PostgreSQL as its cause', async ({ open }) => {
    const store = postgresStore(open(), { table: 'missing' })

    await expect(store.get('key')).rejects.toMatchObject({ cause: { code: '42P01' } })
  })

  const RESULTS: readonly (readonly [string, () => unknown])[] = [
    ['without rows', async () => undefined],
    ['with a list of rows, as of neon()', async () => []],
    ['with null', async () => ({ rows: null })],
    ['with rows that are arrays', async () => ({ rows: [['key', 'value']] })],
    ['with rows that have other names', async () => ({ rows: [{ KEY: 'key', VALUE: 'value' }] })],
    ['with a value that is not a string', async () => ({ rows: [{ key: 'key', value: null }] })],
    ['by a callback', () => undefined],
  ]
  test.for(RESULTS)(
    'of a client that returns a result %s does not sign users out',
    async ([, query]) => {
      const store = postgresStore({ query } as never)

      await expect(store.get('key')).rejects.toSatisfy(
        (error) => IdentityError.is(error) && error.code === 'configuration',
      )
    },
  )

  test.for([undefined, null, 'postgresql://localhost', {}, new Map(), Promise.resolve({})])(
    'of %o, which is not a client, comes at the start',
    (client) => {
      expect(() => postgresStore(client as never)).toThrow(/postgresStore\(\) requires a client/)
    },
  )
})

describe('at the start', () => {
  const SECRET = 'a-session-secret-of-thirty-two-characters'

  function problemsOf(
    session: AuthOptions['session'],
    options: AuthOptions = {},
  ): readonly string[] {
    const auth = new Auth({
      authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com',
      clientId: '11111111-2222-4333-8444-555555555555',
      clientCredential: 'secret',
      redirectUri: 'https://app.example.com/redirect',
      logger: false,
      ...options,
      session: { secret: SECRET, ...session },
    })
    return auth.problems.map(({ message }) => message)
  }

  test.for([
    [{}, /has connectionTimeoutMillis \(not set\) and query_timeout \(not set\)\./],
    [{ connectionTimeoutMillis: 500 }, /connectionTimeoutMillis 500 and query_timeout \(not set\)/],
    [{ query_timeout: 500 }, /connectionTimeoutMillis \(not set\) and query_timeout 500/],
    [{ connectionTimeoutMillis: 0, query_timeout: 500 }, /connectionTimeoutMillis \(not set\)/],
    [{ connectionTimeoutMillis: 501, query_timeout: 500 }, /sum is at most 1000: new Pool/],
    [{ connectionTimeoutMillis: 5000, query_timeout: 500 }, /Millis: 500, query_timeout: 500 }\)/],
  ] as const)('reports the time limits of the pool %o', ([config, message], { open }) => {
    const limits = { connectionTimeoutMillis: undefined, query_timeout: undefined }
    const store = postgresStore(open({ ...limits, ...(config as PoolConfig) }))

    for (const session of [{ store }, { denyList: store }]) {
      expect(problemsOf(session)).toEqual([expect.stringMatching(message)])
    }
    expect(
      problemsOf({ store: new Map() }, { tokenCache: sharedTokens({ store, secret: SECRET }) }),
    ).toEqual([expect.stringMatching(message)])
  })

  test('reports the time limit of a client', () => {
    const store = postgresStore(new Client({ query_timeout: 1001 }))
    expect(problemsOf({ store })).toEqual([
      expect.stringMatching(/has query_timeout 1001\. .*new Client\({ query_timeout: 1000 }\)/),
    ])
    expect(problemsOf({ store: postgresStore(new Client({ query_timeout: 1000 })) })).toEqual([])
  })

  test('accepts time limits that fit, and clients that do not tell theirs', ({ open }) => {
    const fast = open({ connectionTimeoutMillis: 400, query_timeout: 600 })
    const slow = open({ connectionTimeoutMillis: 1000, query_timeout: 2000 })
    const store = postgresStore(slow)

    expect(problemsOf({ store: postgresStore(fast) })).toEqual([])
    expect(problemsOf({ store, storeTimeoutSeconds: 3 })).toEqual([])
    expect(problemsOf({ store, storeTimeoutSeconds: 2.9 })).toHaveLength(1)
    expect(problemsOf({ store: postgresStore({ query: async () => ({ rows: [] }) }) })).toEqual([])
  })

  test.for([
    ['tokens', (store: SessionStore) => ({ tokenCache: sharedTokens({ store, secret: SECRET }) })],
    ['jobs', (store: SessionStore) => ({ longRunning: { store, secret: SECRET } })],
  ] as const)('an API reports the time limits of the store of its %s', ([, options], { open }) => {
    const api = new ApiAuth({
      authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com',
      clientId: '11111111-2222-4333-8444-555555555555',
      clientCredential: 'secret',
      logger: false,
      ...options(postgresStore(open())),
    })

    expect(api.problems.map(({ message }) => message)).toEqual([
      expect.stringMatching(/connectionTimeoutMillis 20000 and query_timeout 20000/),
    ])
  })

  test('rejects a pool that is not wrapped', ({ open }) => {
    expect(problemsOf({ store: open() as never })).toEqual([
      expect.stringMatching(
        /^session\.store is a client of PostgreSQL\. Wrap it, for example .*postgresStore\(pool\)/,
      ),
    ])
  })

  test('ready() names a table that is missing, and is ready as soon as it exists', async ({
    open,
    openSite,
  }) => {
    const store = postgresStore(open(), { table: 'later' })
    const { auth, logs } = await openSite({
      session: { store, storeTimeoutSeconds: PATIENT_SECONDS },
    })

    await expect(auth.ready()).rejects.toThrow(/Create the table "later" with createTable/)
    expect(logs.join()).toContain('The session store is down. ')
    await createTable(open(), 'later')

    await expect(auth.ready()).resolves.toBeUndefined()
  })
})

describe('a guarded request', () => {
  test('costs one query, and two with an access token', async ({ openSite, provider }) => {
    const lite = await PGlite.create()
    await createTable(lite)
    const query = vi.spyOn(lite, 'query')
    const store = postgresStore(lite)
    const site = await openSite({ session: { store, storeTimeoutSeconds: PATIENT_SECONDS } })
    const browser = await signIn(site, provider, { path: '/token' })
    await browser.navigate(`${site.origin}/token`)

    query.mockClear()
    expect((await browser.navigate(`${site.origin}/`)).status).toBe(200)
    expect(query).toHaveBeenCalledTimes(1)
    expect((await browser.navigate(`${site.origin}/token`)).status).toBe(200)
    expect(query).toHaveBeenCalledTimes(3)
    await lite.close()
  })

  test('gets 503 and a hint in the log if other queries use all connections of the pool', async ({
    open,
    table,
    openSite,
    provider,
  }) => {
    const pool = open({ max: 2, connectionTimeoutMillis: 2000 })
    const store = postgresStore(pool, { table })
    const site = await openSite({ session: { store, storeTimeoutSeconds: PATIENT_SECONDS } })
    const browser = await signIn(site, provider)
    const others = [await pool.connect(), await pool.connect()]

    const response = await browser.navigate(`${site.origin}/`)
    for (const other of others) other.release()

    expect(response.status).toBe(503)
    expect(site.logs.join()).toMatch(/did not give a connection in time.*"reason":"store_timeout"/)
    expect(site.logs.join()).toContain('give the sessions a separate pool')
    expect((await browser.navigate(`${site.origin}/`)).status).toBe(200)
  })

  test('of a page that lists thirty sessions costs three more queries, and the end of one another three', async ({
    open,
    table,
    openSite,
    provider,
  }) => {
    const pool = open()
    const query = vi.spyOn(pool, 'query')
    const store = postgresStore(pool, { table })
    const site = await openSite({ session: { store, storeTimeoutSeconds: PATIENT_SECONDS } })
    await signIn(site, provider)
    for (let count = 0; count < 29; count++) await sessionFor(site, { as: 'alex' })
    const { oid = '' } = provider.user('alex')

    query.mockClear()
    const sessions = await site.auth.listSessions({ oid })
    expect(sessions).toHaveLength(30)
    expect(query).toHaveBeenCalledTimes(3)

    await site.auth.revokeSessions({ oid, handle: sessions[7]?.handle ?? '' })
    // It reads the same, and then writes a marker and deletes two records.
    expect(query).toHaveBeenCalledTimes(9)
    expect(await site.auth.listSessions({ oid })).toHaveLength(29)
  })

  interface Fault {
    readonly name: string
    /** Two statements, for a table and the user of the pool. */
    readonly breakIt: (table: string, user: string) => string
    readonly mendIt: (table: string, user: string) => string
    /** What a page and a sign-in respond. */
    readonly statuses: readonly [page: number, signIn: number]
    readonly remedy: string
  }
  const FAULTS: readonly Fault[] = [
    {
      name: 'the table is missing',
      breakIt: (table) => `alter table ${table} rename to of_${table}`,
      mendIt: (table) => `alter table of_${table} rename to ${table}`,
      statuses: [503, 503],
      remedy: 'with createTable(pool)',
    },
    {
      name: 'the table is that of another application',
      breakIt: (table) => `alter table ${table} rename key to id`,
      mendIt: (table) => `alter table ${table} rename id to key`,
      statuses: [503, 503],
      remedy: 'has other columns',
    },
    {
      name: 'a column of the table has another type',
      breakIt: (table) => `alter table ${table} rename expires_at to was;
        alter table ${table} add expires_at bigint`,
      mendIt: (table) => `alter table ${table} drop expires_at;
        alter table ${table} rename was to expires_at`,
      statuses: [503, 503],
      remedy: 'has other columns',
    },
    {
      name: 'the table is that of an older version, without leases',
      breakIt: (table) => `alter table ${table} rename remove_at to removed`,
      mendIt: (table) => `alter table ${table} rename removed to remove_at`,
      statuses: [200, 503],
      remedy: 'has other columns',
    },
    {
      name: 'the user of the pool may not read',
      breakIt: (table, user) => `revoke select on ${table} from ${user}`,
      mendIt: (table, user) => `grant select on ${table} to ${user}`,
      statuses: [503, 503],
      remedy: 'Grant the user of this pool its rights',
    },
    {
      name: 'the user of the pool may not write',
      breakIt: (table, user) => `revoke insert, update, delete on ${table} from ${user}`,
      mendIt: (table, user) => `grant insert, update, delete on ${table} to ${user}`,
      statuses: [200, 503],
      remedy: 'Grant the user of this pool its rights',
    },
  ]
  test.for(FAULTS)(
    'gets 503 and the cause in the log, and its user stays signed in, while $name',
    async (
      { breakIt, mendIt, statuses, remedy },
      { open, table, stranger: { name, url }, openSite, provider },
    ) => {
      const admin = open()
      await admin.query(`grant select, insert, update, delete on ${table} to ${name}`)
      const store = postgresStore(open({ connectionString: url }), { table })
      const site = await openSite({ session: { store, storeTimeoutSeconds: PATIENT_SECONDS } })
      const [user, visitor] = [await signIn(site, provider), new Browser()]
      const callback = await startSignIn(site, provider, visitor)

      await admin.query(breakIt(table, name))
      const page = await user.navigate(`${site.origin}/`)
      const signedIn = await sendToCallback(visitor, callback)
      const signedOut = await user.navigate(`${site.origin}/logout`)
      await admin.query(mendIt(table, name))

      expect([page.status, signedIn.status]).toEqual(statuses)
      expect(signedOut.status).toBe(503)
      expect([page, signedOut].flatMap(({ setCookies }) => setCookies)).toEqual([])
      expect(site.logs.join()).toContain(remedy)
      // After three failures, only one request each second tries the store.
      await vi.waitFor(
        async () => expect((await user.navigate(`${site.origin}/`)).status).toBe(200),
        { timeout: 10_000, interval: 100 },
      )
    },
  )

  test('gets 503 in time, and its user stays signed in, while a client without time limits never responds', async ({
    open,
    table,
    openSite,
    provider,
  }) => {
    const pool = open()
    let hangs = false
    const store = postgresStore(
      {
        query: (text, values) => (hangs ? new Promise(() => undefined) : pool.query(text, values)),
      },
      { table },
    )
    const site = await openSite({ session: { store, storeTimeoutSeconds: 2 } })
    const browser = await signIn(site, provider)

    hangs = true
    const response = await browser.navigate(`${site.origin}/`)
    hangs = false

    expect(response.status).toBe(503)
    expect(response.headers['retry-after']).toBe('2')
    expect(response.setCookies).toEqual([])
    expect(site.logs.join()).toContain('did not respond within 2 seconds')
    expect((await browser.navigate(`${site.origin}/`)).status).toBe(200)
  })
})
