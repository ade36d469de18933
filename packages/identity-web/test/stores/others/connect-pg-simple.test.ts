import { readFile } from 'node:fs/promises'
import connectPgSimple from 'connect-pg-simple'
import session from 'express-session'
import { fromExpressStore, type SessionStore } from 'identity-web'
import { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, vi } from 'vitest'
import { devicesOf, endDevice, isSignedIn, test } from '../../support/listed-sessions.ts'
import { startPostgresServer, type PostgresServer } from '../../support/postgres-server.ts'
import { storeContract, type StartedStore } from '../contract.ts'

// `npm run -C maintain canary -- connect-pg-simple` installs the package and runs these tests.

const PgStore = connectPgSimple(session)

/** The table as the README of connect-pg-simple and docs/stores.md create it. */
async function startIn(server: PostgresServer, limits = 20_000): Promise<StartedStore> {
  const pool = new Pool({
    connectionString: server.url,
    connectionTimeoutMillis: limits,
    query_timeout: limits,
  })
  // As docs/stores.md says. Otherwise, an outage ends the process.
  pool.on('error', () => undefined)
  const folder = process.env['IDENTITY_WEB_VERSIONS'] ?? ''
  const sql = await readFile(`${folder}/node_modules/connect-pg-simple/table.sql`, 'utf8')
  await pool.query(`drop table if exists session; ${sql}`)
  const store = new PgStore({ pool, tableName: 'session' })
  return {
    store: fromExpressStore(store),
    async close() {
      await store.close()
      await pool.end()
    },
  }
}

let server: PostgresServer
beforeAll(async () => {
  server = await startPostgresServer()
})
afterAll(() => server.close())

// It rounds lifetimes to seconds.
storeContract('connect-pg-simple', () => startIn(server), { touch: true, shortest: 1000 })

describe('sessions in connect-pg-simple', () => {
  let started: StartedStore
  let store: SessionStore
  beforeAll(async () => {
    started = await startIn(server, 2000)
    store = started.store
  })
  afterAll(() => started.close?.())

  test('can be listed and ended', async ({ start, signIn }) => {
    const site = await start({ session: { store } })
    const [laptop, phone] = [await signIn(site), await signIn(site)]
    const [, ofLaptop] = await devicesOf(site, phone)

    expect(await endDevice(site, phone, ofLaptop?.handle ?? '')).toBe(200)

    expect([await isSignedIn(site, laptop), await isSignedIn(site, phone)]).toEqual([false, true])
  })

  test('survive a crash of PostgreSQL, during which pages get 503', async ({ start, signIn }) => {
    const site = await start({ session: { store } })
    const browser = await signIn(site)

    await server.stop('SIGQUIT')
    const response = await browser.navigate(`${site.origin}/`)
    await server.start()

    expect(response.status).toBe(503)
    expect(response.setCookies).toEqual([])
    await vi.waitFor(async () => expect(await isSignedIn(site, browser)).toBe(true), {
      timeout: 10_000,
      interval: 100,
    })
  })
})
