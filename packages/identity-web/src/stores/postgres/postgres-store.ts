// A store in a table of PostgreSQL.
import { random } from '../../base64.ts'
import { STORE_PROBLEM, type SessionStore, type StoreLock } from '../../store.ts'
import { connect, notAClient, type Row, type Run } from './client.ts'
import { BATCH, statementsFor } from './statements.ts'
import { tableNames, type PostgresClient } from './table.ts'
import { createDeadlines, timeLimitProblem } from './time-limits.ts'

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
   * The table's name, with or without its schema. Set it when several applications share one database. If you
   * change it, your users must sign in again.
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

/**
 * Creates a session store in a PostgreSQL table, which you create with `createTable`. It supports everything that a
 * store can do: several values in one round trip, and a lock, so that only one server refreshes a session's tokens.
 *
 * Give the pool `connectionTimeoutMillis` and `query_timeout`, whose sum is at most `session.storeTimeoutSeconds`.
 * Requests then get status 503 in an outage without waiting longer, and a late call cannot overwrite newer values.
 * `Auth` checks this at the start.
 *
 * The store works through PgBouncer in transaction mode. It removes expired rows in the background, at most once in
 * five minutes after a `set`. It also adds a listener for `error` events to a pool, because an event without a listener
 * ends the process.
 *
 * @param client - A `Pool` of `pg`, a `PGlite`, or another object with `query(text, values)`. Your application closes it.
 * @param options - The table's name.
 * @returns The store for the option `session.store`.
 * @throws IdentityError `configuration` if the value is not a client, or if the table's name contains other characters
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
  const run = connect(client, table)
  const sql = statementsFor(table)
  const deadlines = createDeadlines(client)
  const cleanUpSometimes = createCleanup(run, sql.cleanUp)

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
      const [row] = await run(sql.set, [key, value, ttlMs, deadlines.of(startedAt)])
      deadlines.learn(startedAt, row?.['now'])
      if (row === undefined) throw new Error('The value reached PostgreSQL too late')
      cleanUpSometimes()
    },

    async delete(key) {
      await run(sql.delete, [key])
    },

    async touch(key, ttlMs) {
      await run(sql.touch, [key, ttlMs])
    },

    async lock(key, ttlMs): Promise<StoreLock | undefined> {
      // A random owner and not a counter, which would restart after a failover to an empty table.
      const owner = random(16)
      if ((await run(sql.lock, [key, owner, ttlMs])).length === 0) return undefined
      return {
        set: async (name, value, lifetime) =>
          (await run(sql.setOwned, [name, owner, value, lifetime])).length > 0,
        async release() {
          await run(sql.release, [key, owner])
        },
      }
    },
  }
  return STORE_PROBLEM.put(store, (seconds) => timeLimitProblem(client, seconds))
}

/** The time in milliseconds between two cleanups of a process. */
const CLEANUP_PAUSE = 5 * 60_000

/**
 * Returns a function that removes expired rows in the background, unless this process did so in the last minutes.
 *
 * @param statement - Removes the next rows after a time, and returns their number and the time of the last one.
 */
function createCleanup(run: Run, statement: string): () => void {
  let next = 0

  async function cleanUp(): Promise<void> {
    let batch: Row | undefined = { last: '-infinity' }
    do {
      const startedAt = performance.now()
      ;[batch] = await run(statement, [batch.last])
      // It uses at most half of the time of one connection.
      await new Promise((resolve) => setTimeout(resolve, performance.now() - startedAt))
    } while (batch?.count === BATCH)
  }

  return () => {
    const now = performance.now()
    if (now < next) return
    next = now + CLEANUP_PAUSE
    // If it fails, so do the calls of the library, which reports them. Expired rows are not returned.
    void cleanUp().catch(() => undefined)
  }
}
