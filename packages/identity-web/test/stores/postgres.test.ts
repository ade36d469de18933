import { PGlite } from '@electric-sql/pglite'
import {
  createTable,
  postgresStore,
  postgresTable,
  type PostgresClient,
} from 'identity-web/postgres'
import { Client, Pool, type PoolClient, type PoolConfig } from 'pg'
import { startPgBouncer } from '../support/pgbouncer.ts'
import { startPostgresServer, type PostgresServer } from '../support/postgres-server.ts'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { storeContract, type StartedStore } from './contract.ts'

const ALL_METHODS = { getMany: true, touch: true, lock: true }
const LONG = 60_000

let postgres: PostgresServer
beforeAll(async () => {
  postgres = await startPostgresServer()
})
afterAll(() => postgres.close())

/** A test must not depend on the speed of the machine. */
const PATIENT = { connectionTimeoutMillis: 20_000, query_timeout: 20_000 }

async function startIn(table: string, config: PoolConfig): Promise<StartedStore> {
  const pool = new Pool({ ...PATIENT, ...config })
  await createTable(pool, table)
  return { store: postgresStore(pool, { table }), close: () => pool.end() }
}

storeContract(
  'a Pool of pg',
  () => startIn('pooled', { connectionString: postgres.url }),
  ALL_METHODS,
)

storeContract(
  'a Pool of pg with another isolation level',
  () =>
    startIn('serializable', {
      connectionString: postgres.url,
      options: '-c default_transaction_isolation=serializable',
    }),
  ALL_METHODS,
)

storeContract(
  'a Client of pg',
  async () => {
    const client = new Client({ connectionString: postgres.url })
    await client.connect()
    await createTable(client, 'client')
    return { store: postgresStore(client, { table: 'client' }), close: () => client.end() }
  },
  ALL_METHODS,
)

storeContract(
  'PgBouncer in transaction mode',
  async () => {
    const bouncer = await startPgBouncer(postgres.port)
    const { store, close } = await startIn('bounced', { connectionString: bouncer.url })
    return {
      store,
      async close() {
        await close?.()
        await bouncer.close()
      },
    }
  },
  ALL_METHODS,
)

storeContract(
  'PGlite',
  async () => {
    const lite = await PGlite.create()
    await createTable(lite)
    return { store: postgresStore(lite), close: () => lite.close() }
  },
  ALL_METHODS,
)

/** Returns a pool that is closed after the test. */
function open(config: PoolConfig = {}): Pool {
  const pool = new Pool({ connectionString: postgres.url, ...PATIENT, ...config })
  onTestFinished(() => pool.end())
  return pool
}

/** Returns the URL for another user. */
const urlOf = (user: string): string => postgres.url.replace('postgres@', `${user}@`)

let tables = 0
/** Returns a pool, the name of a new, empty table, and a store of both. */
async function openTable(config?: PoolConfig) {
  const pool = open(config)
  const table = `table_${tables++}`
  await createTable(pool, table)
  return { pool, table, store: postgresStore(pool, { table }) }
}

/** Returns a connection that is released after the test. */
async function connect(pool: Pool): Promise<PoolClient> {
  const client = await pool.connect()
  onTestFinished(() => client.release())
  return client
}

/** Returns one column of all rows, in the order of their keys. */
async function column(client: PostgresClient, table: string, name: string): Promise<unknown[]> {
  const { rows } = await client.query(`select ${name} as found from ${table} order by key`)
  return rows.map((row) => (row as { found: unknown }).found)
}

const seconds = (number: number): string => `clock_timestamp() + interval '${number} seconds'`

/** Adds rows whose sessions ended an hour ago. */
async function addExpired(client: PostgresClient, table: string, count: number): Promise<void> {
  await client.query(
    `insert into ${table} (key, value, expires_at, remove_at)
     select 'old-' || i, 'old', ${seconds(-3600)}, ${seconds(-3600)} from generate_series(1, ${count}) as i`,
  )
}

describe('the table', () => {
  test.each([
    'identity_sessions',
    'Sessions',
    'user',
    '_1',
    `x${'y'.repeat(47)}`,
    'own.sessions',
    'Own.Other',
  ])('can have the name %s', async (table) => {
    const pool = open()
    const [last, schema] = table.split('.').toReversed()
    if (schema !== undefined) await pool.query(`create schema "${schema}"`)

    await createTable(pool, table)
    await createTable(pool, table)
    const store = postgresStore(pool, { table })
    await store.set('key', 'value', LONG)

    expect(await store.get('key')).toBe('value')
    const { rows } = await pool.query('select * from pg_indexes where tablename = $1', [last])
    expect(rows).toHaveLength(2)
  })

  test.each([
    '',
    ' ',
    'x; drop table users',
    'x"; drop table users; --',
    '"x"',
    'a.b.c',
    '.x',
    'x.',
    '1x',
    'x y',
    'x\n',
    'ä',
    `x${'y'.repeat(48)}`,
  ])('cannot have the name %j', async (table) => {
    const query = vi.fn<PostgresClient['query']>(async () => ({ rows: [] }))

    expect(() => postgresStore({ query }, { table })).toThrow(/is not a valid name\. Use letters/)
    expect(() => postgresTable(table)).toThrow(/is not a valid name/)
    await expect(createTable({ query }, table)).rejects.toMatchObject({ code: 'configuration' })

    expect(query).not.toHaveBeenCalled()
  })

  test('is created once by processes that start at the same time, and keeps its rows', async () => {
    const pools = Array.from({ length: 12 }, () => open({ max: 1 }))
    await Promise.all(pools.map((pool) => pool.query('select 1')))

    for (let round = 0; round < 20; round++) {
      await Promise.all(pools.map((pool) => createTable(pool, `parallel_${round}`)))
    }
    const [pool] = pools as [Pool]
    await postgresStore(pool, { table: 'parallel_0' }).set('key', 'value', LONG)
    await createTable(pool, 'parallel_0')

    expect(await column(pool, 'parallel_0', 'value')).toEqual(['value'])
  })

  test('gets its index later if the process ended before', async () => {
    const pool = open()
    await pool.query(postgresTable('without_index').split(';')[0] ?? '')

    await createTable(pool, 'without_index')

    const { rows } = await pool.query(`select to_regclass('without_index_remove_at') as found`)
    expect(rows).toEqual([{ found: 'without_index_remove_at' }])
  })

  test('can be created by a tool that runs all of its SQL at once', async () => {
    const pool = open()

    await pool.query(postgresTable('migrated'))
    await pool.query(postgresTable('migrated'))

    await postgresStore(pool, { table: 'migrated' }).set('key', 'value', LONG)
    expect(await column(pool, 'migrated', 'value')).toEqual(['value'])
  })

  test('does not delay a start while another server writes, or without the right to create it', async () => {
    const { pool, table } = await openTable()
    await pool.query(`create role reader_of_${table} login`)
    const writer = await connect(pool)
    await writer.query(`begin; insert into ${table} (key, remove_at) values ('x', now())`)
    const reader = open({ connectionString: urlOf(`reader_of_${table}`) })

    await createTable(reader, table)

    await writer.query('rollback')
  })
})

describe('postgresStore', () => {
  test('returns the values of all keys with one query', async () => {
    const { pool, store } = await openTable()
    const query = vi.spyOn(pool, 'query')
    await store.set('a', 'one', LONG)
    await store.set('b', 'two', LONG)
    query.mockClear()

    expect(await store.getMany(['b', 'x', 'a', 'b'])).toEqual(['two', undefined, 'one', 'two'])
    expect(query).toHaveBeenCalledTimes(1)
    expect(await store.getMany([])).toEqual([])
    expect(query).toHaveBeenCalledTimes(1)
  })

  test('returns values also while a transaction of the caller has an old time', async () => {
    const { pool, table } = await openTable()
    const client = await connect(pool)
    const inside = postgresStore(client, { table })
    await client.query('begin')
    await inside.set('key', 'value', 200)
    expect(await inside.get('key')).toBe('value')

    await vi.waitFor(async () => expect(await inside.get('key')).toBeUndefined())

    expect(await inside.lock('key', 200)).toBeDefined()
    await vi.waitFor(async () => expect(await inside.lock('key', LONG)).toBeDefined())
    await client.query('commit')
  })

  test('does not extend a value that has expired', async () => {
    const { store } = await openTable()
    await store.set('key', 'value', 1)
    await vi.waitFor(async () => expect(await store.get('key')).toBeUndefined())

    await store.touch('key', LONG)

    expect(await store.get('key')).toBeUndefined()
  })

  test('extends a session without a write to the index', async () => {
    const { pool, table, store } = await openTable({ max: 1 })
    await store.set('key', 'x'.repeat(4000), LONG)
    const [removeAt] = await column(pool, table, 'remove_at')

    for (let i = 0; i < 20; i++) await store.touch('key', LONG)
    await store.set('key', 'y'.repeat(4000), LONG)
    const lock = await store.lock('key', LONG)
    await lock?.set('key', 'z'.repeat(4000), LONG)
    await lock?.release()

    expect(await column(pool, table, 'remove_at')).toEqual([removeAt])
    await vi.waitFor(
      async () => {
        const { rows } = await pool.query(
          'select n_tup_upd::int as all, n_tup_hot_upd::int as hot from pg_stat_user_tables where relname = $1',
          [table],
        )
        expect(rows).toEqual([{ all: 24, hot: 24 }])
      },
      { timeout: 10_000 },
    )
  })

  test('moves the time of removal before the value expires', async () => {
    const { pool, table, store } = await openTable()
    await store.set('key', 'value', LONG)

    for (const ttl of [LONG * 1.1, LONG * 1.2, LONG * 2, LONG * 10, LONG, 1000]) {
      await store.touch('key', ttl)
      const [late] = await column(pool, table, 'extract(epoch from remove_at - expires_at)::float8')
      expect(late).toBeGreaterThanOrEqual(0)
      expect(late).toBeLessThanOrEqual((ttl * 0.25) / 1000 + 0.001)
    }
  })

  test('rejects the value of an earlier owner that waits while a later owner writes', async () => {
    const { pool, table, store } = await openTable()
    const asleep = await store.lock('key', 1)
    const client = await connect(pool)
    const other = postgresStore(client, { table })
    await vi.waitFor(async () => {
      await client.query('begin')
      const later = await other.lock('key', LONG)
      if (later === undefined) await client.query('rollback')
      expect(await later?.set('key', 'later', LONG)).toBe(true)
    })

    const written = asleep?.set('key', 'too late', LONG)
    await isBlocked(pool, table)
    await client.query('commit')

    expect(await written).toBe(false)
    expect(await column(pool, table, 'value')).toEqual(['later'])
  })

  test('rejects the value of an owner after somebody deleted the key, and gives the lock to another', async () => {
    const { store } = await openTable()
    await store.set('key', 'value', LONG)
    const first = await store.lock('key', LONG)

    await store.delete('key')

    expect(await first?.set('key', 'too late', LONG)).toBe(false)
    expect(await store.get('key')).toBeUndefined()
    expect(await store.lock('key', LONG)).toBeDefined()
  })

  test('does not write with a lock from before a failover to an empty table', async () => {
    const { pool, table, store } = await openTable()
    const before = await store.lock('key', LONG)
    await pool.query(`truncate ${table}`)

    expect(await before?.set('key', 'too late', LONG)).toBe(false)
    const after = await store.lock('key', LONG)
    expect(await before?.set('key', 'too late', LONG)).toBe(false)

    expect(await after?.set('key', 'mine', LONG)).toBe(true)
    expect(await store.get('key')).toBe('mine')
  })

  test('tries again if PostgreSQL asks for it under another isolation level', async () => {
    const { pool, store } = await openTable({
      options: '-c default_transaction_isolation=serializable',
    })
    await Promise.all(Array.from({ length: 10 }, () => pool.query('select pg_sleep(0.1)')))

    for (let round = 0; round < 20; round++) {
      const locks = await Promise.all(
        Array.from({ length: 10 }, () => store.lock(`key-${round}`, LONG)),
      )
      expect(locks.filter((lock) => lock !== undefined)).toHaveLength(1)
    }
  })
})

/** Waits until a statement about a table waits for the lock of another one. */
async function isBlocked(pool: Pool, table: string): Promise<void> {
  await vi.waitFor(async () => {
    const { rows } = await pool.query(
      `select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like $1`,
      [`%${table}%`],
    )
    expect(rows).toHaveLength(1)
  })
}

/** Returns the statement of the cleanup and its values. */
function cleanUpOf(calls: readonly unknown[][]): [text: string, values: unknown[]] {
  const found = calls.find(([text]) => String(text).includes('skip locked'))
  return found as [string, unknown[]]
}

describe('the cleanup', () => {
  test('removes expired rows in the background, once in five minutes', async () => {
    const { pool, table, store } = await openTable()
    await addExpired(pool, table, 1800)

    await store.set('key', 'value', LONG)
    await vi.waitFor(async () => expect(await column(pool, table, 'value')).toEqual(['value']))

    await addExpired(pool, table, 1)
    const now = performance.now()
    const clock = vi.spyOn(performance, 'now').mockReturnValue(now + 4.9 * 60_000)
    await store.set('key', 'value', LONG)
    expect(await column(pool, table, 'value')).toEqual(['value', 'old'])
    clock.mockReturnValue(now + 5.1 * 60_000)
    await store.set('key', 'value', LONG)
    await vi.waitFor(async () => expect(await column(pool, table, 'value')).toEqual(['value']))
  })

  test('keeps values that are valid, and leases that a suspended server may have', async () => {
    const { pool, table, store } = await openTable()
    await pool.query(
      `insert into ${table} (key, value, expires_at, remove_at, owner, lease_until) values
        ('1 expired', 'x', ${seconds(-20)}, ${seconds(-10)}, null, null),
        ('2 expired, valid until its removal', 'x', ${seconds(-20)}, ${seconds(10)}, null, null),
        ('3 with a lease', 'x', ${seconds(-20)}, ${seconds(-10)}, 'me', ${seconds(10)}),
        ('4 with a lease that ended', null, null, ${seconds(-10)}, 'me', ${seconds(-500)}),
        ('5 with a lease that ended long ago', null, null, ${seconds(-10)}, 'me', ${seconds(-700)}),
        ('6 valid', 'x', ${seconds(10)}, ${seconds(20)}, null, null)`,
    )

    await store.set('7', 'value', LONG)

    const left = ['2', '3', '4', '6', '7']
    await vi.waitFor(async () => expect(await column(pool, table, 'left(key, 1)')).toEqual(left))
  })

  test('does not wait for a row that another transaction has locked', async () => {
    const { pool, table, store } = await openTable()
    await addExpired(pool, table, 3)
    const client = await connect(pool)
    await client.query(`begin; select * from ${table} where key = 'old-2' for update`)

    await store.set('key', 'value', LONG)

    await vi.waitFor(async () => expect(await column(pool, table, 'key')).toEqual(['key', 'old-2']))
    await client.query('rollback')
  })

  test('does not remove a row that is extended while the cleanup looks at it', async () => {
    const { pool, table, store } = await openTable()
    await addExpired(pool, table, 1)
    const statements = vi.spyOn(pool, 'query')
    await store.set('key', 'value', LONG)
    await vi.waitFor(async () => expect(await column(pool, table, 'key')).toEqual(['key']))
    const [cleanUp, values] = cleanUpOf(statements.mock.calls)
    const client = await connect(pool)
    await addExpired(pool, table, 1)
    await client.query(`begin; update ${table} set remove_at = now() + interval '1 day'`)

    // Without `skip locked`, it finds the old row and waits for the lock.
    const cleaned = pool.query(cleanUp.replace('skip locked', ''), values)
    await isBlocked(pool, table)
    await client.query('commit')

    expect((await cleaned).rows).toMatchObject([{ count: 0 }])
    expect(await column(pool, table, 'key')).toEqual(['key', 'old-1'])
  })

  test('uses the index', async () => {
    const { pool, table, store } = await openTable()
    await addExpired(pool, table, 5000)
    await pool.query(
      `update ${table} set remove_at = now() + interval '1 day' where key <> 'old-1'; analyze ${table}`,
    )
    const statements = vi.spyOn(pool, 'query')
    await store.set('key', 'value', LONG)
    const [cleanUp, values] = cleanUpOf(statements.mock.calls)

    const { rows } = await pool.query(`explain ${cleanUp}`, values)

    const plan = JSON.stringify(rows)
    expect(plan).toContain(`Index Scan using ${table}_remove_at`)
    expect(plan).toMatch(/Index Cond: \(\(remove_at >= [^"]* AND \(remove_at < now\(\)\)\)/)
    expect(plan).not.toContain('Seq Scan')
  })

  test('that fails does not fail the request', async () => {
    const { pool, table } = await openTable()
    const role = `writer_of_${table}`
    await pool.query(
      `create role ${role} login; grant select, insert, update on ${table} to ${role}`,
    )
    const store = postgresStore(open({ connectionString: urlOf(role) }), { table })

    await store.set('key', 'value', LONG)

    expect(await store.get('key')).toBe('value')
    await expect(store.delete('key')).rejects.toThrow(/permission denied/)
  })
})
