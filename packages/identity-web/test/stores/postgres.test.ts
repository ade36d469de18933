import { PGlite } from '@electric-sql/pglite'
import { createTable, postgresStore, postgresTable, type PostgresClient } from 'identity-web/postgres'
import { Client, Pool, type PoolConfig } from 'pg'
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

storeContract('a Pool of pg', () => startIn('pooled', { connectionString: postgres.url }), ALL_METHODS)

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
