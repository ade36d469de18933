import { KeyvPostgres } from '@keyv/postgres'
import { Keyv } from 'keyv6'
import { Pool } from 'pg'
import { expect, onTestFinished, vi } from 'vitest'
import { isSignedIn, test } from '../../support/listed-sessions.ts'
import { startPostgresServer } from '../../support/postgres-server.ts'
import { keyvOf, storeContract } from '../contract.ts'

// `npm run -C maintain canary -- keyv-6-postgres` installs the adapter for Keyv 6, which needs Node.js 22.19, and runs these tests.

storeContract(
  'Keyv 6 over PostgreSQL',
  async () => {
    const server = await startPostgresServer()
    return keyvOf(new Keyv({ store: new KeyvPostgres(server.url) }), server)
  },
  { getMany: true },
)

test('a page gets 503 while a query of Keyv 6 fails, and its user stays signed in', async ({
  postgres,
  start,
  signIn,
}) => {
  const admin = new Pool({ connectionString: postgres.url })
  const keyv = new Keyv({ store: new KeyvPostgres(postgres.url) })
  onTestFinished(async () => {
    await keyv.disconnect()
    await admin.end()
  })
  const site = await start({ session: { store: keyv } })
  const browser = await signIn(site)

  await admin.query('alter table keyv rename to elsewhere')
  const response = await browser.navigate(`${site.origin}/`)
  const signOut = await browser.navigate(`${site.origin}/logout`)
  await admin.query('alter table elsewhere rename to keyv')

  expect([response.status, signOut.status]).toEqual([503, 503])
  expect([...response.setCookies, ...signOut.setCookies]).toEqual([])
  expect(site.logs.join()).toContain('relation "public.keyv" does not exist')
  await vi.waitFor(async () => expect(await isSignedIn(site, browser)).toBe(true), {
    timeout: 10_000,
    interval: 100,
  })
})
