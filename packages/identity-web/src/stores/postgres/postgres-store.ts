import { random } from '../../base64.ts'
import { configurationError } from '../../errors.ts'
import { STORE_PROBLEM, type SessionStore, type StoreLock } from '../../store.ts'
import { codeOf, tableNames, type PostgresClient } from './table.ts'
import { timeLimitProblem, totalLimitOf } from './timeouts.ts'

export { IdentityError, type ErrorReason, type IdentityErrorCode } from '../../errors.ts'
export type * from '../../register.ts'
export type { SessionStore, StoreLock } from '../../store.ts'
export { createTable, postgresTable, type PostgresClient } from './table.ts'

/**
 * Options of `postgresStore`.
 *
 * @public
 */
export interface PostgresStoreOptions {
  /**
   * The name of the table, with or without its schema. Set it when several applications share one database.
   *
   * @defaultValue `'identity_sessions'`
   * @example
   * ```ts
   * import { postgresStore } from 'identity-web/postgres'
   *
   * const store = postgresStore(pool, { table: 'shop.identity_sessions' })
   * ```
   */
  readonly table?: string | undefined
}

// Every statement is a transaction of its own and depends on nothing that a connection remembers, so that PgBouncer can send
// each to another connection. A statement can wait for another one, and `now()` is the time before that, so conditions use
// `clock_timestamp()`.

const NOW = 'clock_timestamp()'
/** The time after a number of milliseconds, which is a parameter. A session is removed a quarter of its time later. */
const after = (parameter: string, factor = 1): string =>
  `${NOW} + ${parameter}::float8 * interval '${factor} ms'`

/**
 * The assignments that extend the life of a value. The indexed time stays if it is late enough, so that most updates do not write
 * to the index. The library extends a session at most once in a tenth of its idle time.
 */
const extend = (ttl: string): string =>
  `expires_at = ${after(ttl)}, remove_at = case when stored.remove_at between ${after(ttl)} and ${after(ttl, 1.25)} then stored.remove_at else ${after(ttl, 1.25)} end`

/** The time for which a row remembers the last owner of a lease after its end. A server may be suspended for that long. */
const FENCE = `interval '10 minutes'`

function statementsFor(table: string) {
  return {
    getMany: `select key, value from ${table} where key = any($1::text[]) and expires_at > ${NOW}`,
    set: `insert into ${table} as stored (key, value, expires_at, remove_at)
select $1, $2, ${after('$3')}, ${after('$3', 1.25)} where $4::float8 is null or ${NOW} < to_timestamp($4)
on conflict (key) do update set value = excluded.value, ${extend('$3')} where $4::float8 is null or ${NOW} < to_timestamp($4)
returning extract(epoch from ${NOW})::float8 as now`,
    delete: `delete from ${table} where key = $1`,
    touch: `update ${table} as stored set ${extend('$2')} where key = $1 and expires_at > ${NOW}`,
    // The owner of a lease is in the row of the value. With a row for each, a server could check the one, wait for a lock of
    // the other, and then overwrite the value of a later owner.
    lock: `insert into ${table} as stored (key, remove_at, owner, lease_until)
values ($1, ${after('$3')} + ${FENCE}, $2, ${after('$3')})
on conflict (key) do update set owner = excluded.owner, lease_until = ${after('$3')}
where stored.lease_until is null or stored.lease_until <= ${NOW}
returning 1`,
    setOwned: `update ${table} as stored set value = $3, ${extend('$4')} where key = $1 and owner = $2 returning 1`,
    release: `update ${table} set owner = null, lease_until = null where key = $1 and owner = $2`,
    // Only a stable function such as `now()` can use the index.
    cleanUp: `with removed as (
  delete from ${table} where key = any(array(
    select key from ${table} where remove_at < now() and (lease_until is null or lease_until < now() - ${FENCE})
    order by remove_at limit ${BATCH} for update skip locked)) returning 1)
select count(*)::int as count from removed`,
  }
}

/** The number of rows that one statement of the cleanup removes. It is small, so that other statements do not wait for it. */
const BATCH = 500
/** The time in milliseconds between two cleanups of a process. */
const CLEANUP_PAUSE = 5 * 60_000
/** The time in milliseconds for which the difference between two clocks is used. */
const CLOCK_IS_KNOWN = 60_000

/**
 * Creates a session store in a table of PostgreSQL. It supports everything that a store can do: several values in one round
 * trip, and a lock, so that only one server refreshes the tokens of a session. Create the table with `createTable`.
 *
 * Give the pool `connectionTimeoutMillis` and `query_timeout`, whose sum is at most `session.storeTimeoutSeconds`. Requests then
 * get status 503 in an outage without waiting longer, and a late call cannot overwrite newer values. `Auth` checks
 * this at the start.
 *
 * The store works through PgBouncer in transaction mode. It removes expired rows in the background, at most once in five
 * minutes after a `set`. It adds a listener for `error` events to a pool, because an event without a listener ends the process.
 *
 * @param client - A `Pool` of `pg`, a `PGlite`, or another object with `query(text, values)`. Your application closes it.
 * @param options - The name of the table.
 * @returns The store for the option `session.store`.
 * @throws IdentityError `configuration` if the value is not a client, or if the name of the table contains other characters
 *   than letters, digits and `_`.
 *
 * @example
 * ```ts
 * import { Pool } from 'pg'
 * import { createTable, postgresStore } from 'identity-web/postgres'
 *
 * const pool = new Pool({
 *   connectionString: process.env.DATABASE_URL,
 *   connectionTimeoutMillis: 500,
 *   query_timeout: 500,
 * })
 * await createTable(pool)
 * const auth = new Auth(app, { session: { secret, store: postgresStore(pool) } })
 * ```
 * @public
 */
export function postgresStore(
  client: PostgresClient,
  options: PostgresStoreOptions = {},
): Required<SessionStore> {
  const { table } = tableNames(options.table)
  const sql = statementsFor(table)
  // The type excludes null, but callers without types may pass anything.
  const { query, on } = Object(client) as Partial<PostgresClient> & Features
  if (typeof query !== 'function') throw notAClient()
  // A pool emits an error if PostgreSQL closes a connection that waits for its next query.
  if (typeof on === 'function') on.call(client, 'error', () => undefined)
  const limit = totalLimitOf(client)
  let nextCleanUp = 0
  /** How far the clock of PostgreSQL is ahead of this process, at most. */
  let clock: { readonly ahead: number; readonly learnedAt: number } | undefined

  async function run(text: string, values: unknown[] = [], tries = 3): Promise<readonly Row[]> {
    let result: Partial<Awaited<ReturnType<PostgresClient['query']>>> | undefined
    try {
      result = await client.query(text, values)
    } catch (error) {
      // With a stricter isolation level than the default, PostgreSQL asks one of two writers to try again.
      if (codeOf(error) === '40001' && tries > 1) return run(text, values, tries - 1)
      throw withAdvice(error, table)
    }
    // Without rows, every session would seem to be missing, and all users would be signed out.
    if (!Array.isArray(result?.rows)) throw notAClient()
    return result.rows as readonly Row[]
  }

  /**
   * Returns the time of PostgreSQL at which a call that starts now is too late, in seconds. The network can deliver a statement after the
   * client has given it up, when another server has already stored a newer value.
   */
  function deadlineOf(startedAt: number): number | null {
    if (limit === undefined || clock === undefined) return null
    if (startedAt - clock.learnedAt > CLOCK_IS_KNOWN) return null
    return (startedAt + clock.ahead + limit) / 1000
  }

  async function cleanUp(): Promise<void> {
    for (let count = BATCH; count === BATCH;) {
      const startedAt = performance.now()
      const [row] = await run(sql.cleanUp)
      count = Number(row?.['count'])
      // It uses at most half of the time of one connection.
      await new Promise((resolve) => setTimeout(resolve, performance.now() - startedAt))
    }
  }

  function cleanUpSometimes(): void {
    if (performance.now() < nextCleanUp) return
    nextCleanUp = performance.now() + CLEANUP_PAUSE
    // If it fails, so do the calls of the library, which report it. Expired rows are not returned.
    void cleanUp().catch(() => undefined)
  }

  async function getMany(keys: string[]): Promise<(string | undefined)[]> {
    if (keys.length === 0) return []
    const values = new Map<string, string>()
    for (const { key, value } of await run(sql.getMany, [keys])) {
      if (typeof key !== 'string' || typeof value !== 'string') throw notAClient()
      values.set(key, value)
    }
    return keys.map((key) => values.get(key))
  }

  const store: Required<SessionStore> = {
    getMany,

    get: async (key) => (await getMany([key]))[0],

    async set(key, value, ttlMs) {
      const startedAt = performance.now()
      const [row] = await run(sql.set, [key, value, ttlMs, deadlineOf(startedAt)])
      if (row === undefined) {
        // The clock may have changed. Then the next call succeeds.
        clock = undefined
        throw new Error('PostgreSQL received a value too late, so it did not store the value')
      }
      clock = { ahead: Number(row['now']) * 1000 - startedAt, learnedAt: startedAt }
      cleanUpSometimes()
    },

    async delete(key) {
      await run(sql.delete, [key])
    },

    async touch(key, ttlMs) {
      await run(sql.touch, [key, ttlMs])
    },

    async lock(key, ttlMs): Promise<StoreLock | undefined> {
      const owner = random(16)
      if ((await run(sql.lock, [key, owner, ttlMs])).length === 0) return undefined
      return {
        async set(name, value, lifetime) {
          return (await run(sql.setOwned, [name, owner, value, lifetime])).length > 0
        },
        async release() {
          await run(sql.release, [key, owner])
        },
      }
    },
  }
  const problem = (seconds: number): string | undefined => timeLimitProblem(client, seconds)
  return Object.assign(store, { [STORE_PROBLEM]: problem })
}

type Row = Readonly<Record<string, unknown>>

interface Features {
  readonly on?: (event: 'error', listener: () => void) => unknown
}

/** What to change, by the code of PostgreSQL's error. */
const ADVICE: Readonly<Record<string, (table: string) => string>> = {
  '42P01': (table) =>
    `Create the table ${table} with createTable(pool) or with the SQL of postgresTable(), in the database of this pool`,
  '42703': (table) =>
    `The table ${table} has other columns. Drop it and create it with createTable(pool), or set another table: postgresStore(pool, { table })`,
  '42501': (table) =>
    `Grant the user of this pool its rights: grant select, insert, update, delete on ${table} to the_user`,
  '25006': () => 'The server is read-only, for example a replica. Connect the pool to the primary',
}

function withAdvice(error: unknown, table: string): unknown {
  const advice = ADVICE[codeOf(error)]
  if (advice === undefined || !(error instanceof Error)) return error
  return new Error(`${error.message}. ${advice(table)}`, { cause: error })
}

function notAClient(): Error {
  return configurationError(
    'postgresStore() requires a client whose query(text, values) returns a promise of { rows }, and each row is an object. Use for example postgresStore(new Pool({ connectionString })) of pg. With neon(), set fullResults: true.',
  )
}
