import { chownSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { connect, createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createTable } from 'identity-web/postgres'
import { Client } from 'pg'
import { onTestFinished } from 'vitest'
import { createServerCertificate } from '../../../dev-provider/src/server/server-certificate.js'
import { startPgBouncer } from '../../../identity-web/test/support/pgbouncer.js'
import {
  postgresUser,
  startPostgresServer,
  type PostgresServer,
} from '../../../identity-web/test/support/postgres-server.js'
import type { NamedFinding } from '../../src/commands/doctor/report/finding.js'
import { allOutputs, describe, expect, test as base } from '../support/fixtures.js'
import { unusedPort } from '../support/servers.js'

const PASSWORD = 'postgres-pass-4711'
const NODE_MODULES = fileURLToPath(new URL('../../../../node_modules', import.meta.url))

/** Users of the tests, and the state of their databases. */
const SET_UP = `
create role app login password '${PASSWORD}';
create role reader login;
create role outsider login;
create role blocked login;
create role late login in role pg_read_all_data;
create role replica login;
alter role replica set default_transaction_read_only = on;
create schema auth;
create schema clocks;
create function clocks.clock_timestamp() returns timestamptz language sql as
  $$ select pg_catalog.clock_timestamp() + interval '1 hour' $$;
grant usage on schema clocks to late;
alter role late set search_path = clocks, public, pg_catalog;
create table old_sessions (key text primary key, value text, expires_at timestamptz);
create table untyped (key text primary key, value text, expires_at bigint, remove_at timestamptz, owner text, lease_until timestamptz);
create table keyless (key text, value text, expires_at timestamptz, remove_at timestamptz, owner text, lease_until timestamptz);
create database empty;`

/** The first lines of pg_hba.conf. The server trusts all other users. */
const RULES = [
  'host all app all scram-sha-256',
  'host all blocked all reject',
  'host all all all trust',
]

async function prepare(server: PostgresServer): Promise<void> {
  const client = new Client(server.url)
  await client.connect()
  for (const statement of SET_UP.split(/;\n(?=\S|$)/)) await client.query(statement)
  await createTable(client)
  await createTable(client, 'auth.identity_sessions')
  await client.query(
    'grant select, insert, update, delete on identity_sessions to app, late, replica',
  )
  await client.query('grant select, update on identity_sessions to reader')
  const { rows } = await client.query<{ hba_file: string }>('show hba_file')
  const lines = RULES.map((rule) => `('${rule}')`).join(', ')
  await client.query(`copy (values ${lines}) to '${rows[0]?.hba_file}'`)
  await client.query('select pg_reload_conf()')
  await client.end()
}

const test = base
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('server', { scope: 'file' }, async ({}, { onCleanup }) => {
    const server = await startPostgresServer()
    onCleanup(() => server.close())
    await prepare(server)
    return server
  })
  /** Runs the check with a URL as --store. */
  .extend('check', ({ doctor, folder }) => async (url: string, ...args: string[]) => {
    symlinkSync(NODE_MODULES, join(folder, 'node_modules'))
    const { findings } = await doctor({}, '--only', 'store', '--store', url, ...args)
    return findings
  })

/** Returns the URL of a server for another user, database, host or port. */
function urlFor(
  { url }: { readonly url: string },
  changes: Readonly<
    Partial<Record<'username' | 'password' | 'pathname' | 'host' | 'search', string>>
  >,
): string {
  return Object.assign(new URL(url), changes).href
}

const KEEPS = 'keeps values, deletes them when they expire, and has locks.'

function resultsOf(findings: readonly NamedFinding[]): string[] {
  return findings.map(({ result, found }) => `${result}: ${found}`)
}

describe('the PostgreSQL works', () => {
  test('as a user with only the rights of the guide', async ({ server, check }) => {
    const url = urlFor(server, { username: 'app', password: PASSWORD })

    expect(await check(url)).toEqual([
      {
        check: 'store',
        result: 'ok',
        found: `The PostgreSQL at 127.0.0.1:${server.port} ${KEEPS}`,
      },
    ])
  })

  test('in a table with another name', async ({ server, check }) => {
    const findings = await check(server.url, '--table', 'auth.identity_sessions')

    expect(resultsOf(findings)).toEqual([expect.stringMatching(/^ok: /)])
  })

  test('through PgBouncer in transaction mode', async ({ server, check }) => {
    const pgbouncer = await startPgBouncer(server.port)
    onTestFinished(() => pgbouncer.close())

    expect(resultsOf(await check(pgbouncer.url))).toEqual([expect.stringContaining(KEEPS)])
  })

  test('and the check leaves the table as it was, and closes its connection', async ({
    server,
    check,
  }) => {
    const url = urlFor(server, { search: '?application_name=doctor' })
    await check(url)

    const client = new Client(server.url)
    await client.connect()
    onTestFinished(() => client.end())
    const { rows } = await client.query('select count(*)::int as rows from identity_sessions')
    expect(rows).toEqual([{ rows: 0 }])
    await expect
      .poll(async () =>
        client
          .query("select 1 from pg_stat_activity where application_name = 'doctor'")
          .then((result) => result.rows.length),
      )
      .toBe(0)
  })
})

interface Fault {
  readonly name: string
  readonly found: RegExp
  readonly change: RegExp
  readonly url?: (server: PostgresServer) => string | Promise<string>
  readonly args?: readonly string[]
}

const FAULTS: readonly Fault[] = [
  {
    name: 'the server is down',
    found: /^The PostgreSQL at localhost:\d+ cannot be used: .*ECONNREFUSED/,
    change: /^Start PostgreSQL, and check the host and the port/,
    url: async () => `postgres://app:${PASSWORD}@localhost:${await unusedPort()}/postgres`,
  },
  {
    name: 'the password is wrong',
    found: /password authentication failed for user "app"/,
    change: /percent-encoded/,
    url: (server) => urlFor(server, { username: 'app', password: `${PASSWORD}-wrong` }),
  },
  {
    name: 'the password is missing',
    found: /password must be a string/,
    change: /percent-encoded/,
    url: (server) => urlFor(server, { username: 'app' }),
  },
  {
    name: 'the user does not exist',
    found: /role "somebody" does not exist/,
    change: /Correct the user name/,
    url: (server) => urlFor(server, { username: 'somebody' }),
  },
  {
    name: 'the server does not allow the connection',
    found: /pg_hba\.conf rejects connection/,
    change: /Allow this computer in pg_hba\.conf/,
    url: (server) => urlFor(server, { username: 'blocked' }),
  },
  {
    name: 'the database does not exist',
    found: /database "shop" does not exist/,
    change: /Create the database/,
    url: (server) => urlFor(server, { pathname: '/shop' }),
  },
  {
    name: 'the table does not exist',
    found: /^The database empty does not contain the table "identity_sessions"\.$/,
    change: /Call createTable\(pool\).*--table/,
    url: (server) => urlFor(server, { pathname: '/empty' }),
  },
  {
    name: 'the table has an old schema',
    found:
      /"old_sessions" .*It lacks remove_at timestamptz, owner text, lease_until timestamptz\.$/,
    change: /Drop the table/,
    args: ['--table', 'old_sessions'],
  },
  {
    name: 'a column has another type',
    found: /"untyped" .*It lacks expires_at timestamptz\.$/,
    change: /Drop the table/,
    args: ['--table', 'untyped'],
  },
  {
    name: 'the table has no primary key',
    found: /no unique or exclusion constraint/,
    change: /Drop the table/,
    args: ['--table', 'keyless'],
  },
  {
    name: 'the name of the table is not valid',
    found: /The table "a b" is not a valid name/,
    change: /./,
    args: ['--table', 'a b'],
  },
  {
    name: 'the user may not write',
    found: /^The user reader does not have .* on the table "identity_sessions": insert, delete\.$/,
    change: /grant insert, delete on "identity_sessions" to "reader";$/,
    url: (server) => urlFor(server, { username: 'reader' }),
  },
  {
    name: 'the user may not use the schema',
    found: /permission denied for schema auth/,
    change: /grant usage on schema auth to/,
    url: (server) => urlFor(server, { username: 'outsider' }),
    args: ['--table', 'auth.identity_sessions'],
  },
  {
    name: 'the server is read-only',
    found: /is read-only, for example because it is a replica/,
    change: /primary/,
    url: (server) => urlFor(server, { username: 'replica' }),
  },
  {
    name: 'the server does not have TLS',
    found: /does not support SSL/,
    change: /Remove sslmode/,
    url: (server) => urlFor(server, { search: '?sslmode=verify-full' }),
  },
  ...['pa#ss', 'pa/ss', '123#ss', '123/ss', '123?ss'].map((password) => ({
    name: `the URL contains the characters of ${password}`,
    found: /^The URL of the PostgreSQL is not valid\.$/,
    change: /# as %23/,
    url: () => `postgres://app:${password}-${PASSWORD}@db.internal/shop`,
  })),
]

describe('doctor finds that', () => {
  test.for(FAULTS)('$name', async ({ url, args = [], found, change }, { server, check }) => {
    const [finding, ...others] = await check((await url?.(server)) ?? server.url, ...args)

    expect(others).toEqual([])
    expect(finding).toEqual({
      check: 'store',
      result: 'error',
      found: expect.stringMatching(found) as string,
      change: expect.stringMatching(change) as string,
    })
  })

  test('the server does not respond', async ({ server, check }) => {
    server.pause()
    onTestFinished(() => server.resume())

    expect(await check(server.url, '--timeout', '2')).toMatchObject([
      { result: 'error', found: expect.stringMatching(/cannot be used: .*timeout/) as string },
    ])
  })

  test('a transaction locks the table', async ({ server, check }) => {
    const client = new Client(server.url)
    await client.connect()
    onTestFinished(() => client.end())
    await client.query('begin')
    await client.query('lock table identity_sessions in access exclusive mode')

    expect(await check(server.url, '--timeout', '2')).toMatchObject([
      {
        result: 'error',
        found: expect.stringContaining('read timeout') as string,
        change: expect.stringContaining('pg_stat_activity') as string,
      },
    ])
  })

  test('PgBouncer rejects a parameter of the URL', async ({ server, check }) => {
    const pgbouncer = await startPgBouncer(server.port)
    onTestFinished(() => pgbouncer.close())
    const url = urlFor(pgbouncer, { search: '?statement_timeout=1000' })

    expect(await check(url)).toMatchObject([
      {
        result: 'error',
        found: expect.stringContaining('unsupported startup parameter') as string,
        change: expect.stringContaining('alter role') as string,
      },
    ])
  })

  test('the clock of the server differs', async ({ server, check }) => {
    const findings = await check(urlFor(server, { username: 'late' }))

    expect(resultsOf(findings)).toContainEqual(
      expect.stringMatching(/^warning: The clock of PostgreSQL is 3\d\d\d seconds ahead of this/),
    )
  })

  test('the server responds slowly', async ({ server, check }) => {
    const findings = await check(urlFor(server, { host: await startSlowProxy(server.port) }))

    expect(resultsOf(findings)).toEqual([
      expect.stringMatching(
        /^warning: .* needed \d{3,} ms for a connection and \d{3} ms for a query/,
      ),
    ])
  })

  test('the server accepts connections slowly', async ({ server, check }) => {
    const findings = await check(urlFor(server, { host: await startSlowProxy(server.port, 1) }))

    expect(resultsOf(findings)).toEqual([
      expect.stringContaining(KEEPS),
      expect.stringMatching(
        /^warning: .* needed \d{3,} ms for a connection and \d+ ms for a query/,
      ),
    ])
  })

  test('the connection to another computer is not encrypted', async ({ server, check }) => {
    // The resolver of the system understands this form of 127.0.0.1, but the check does not.
    const findings = await check(urlFor(server, { host: `2130706433:${server.port}` }))

    expect(resultsOf(findings)).toEqual([
      expect.stringContaining(KEEPS),
      expect.stringMatching(/^warning: The connection to the PostgreSQL .* is not encrypted\.$/),
    ])
  })

  test('pg is not installed', async ({ server, doctor }) => {
    const { findings } = await doctor({}, '--only', 'store', '--store', server.url)

    expect(findings).toMatchObject([
      { result: 'error', change: expect.stringMatching(/^Run "npm install pg"/) as string },
    ])
  })
})

/**
 * A proxy that delays packets to a server.
 *
 * @param packets - The number of packets that it delays.
 * @returns Its host.
 */
async function startSlowProxy(port: number, packets = Infinity): Promise<string> {
  const proxy = createServer((socket) => {
    const target = connect(port, '127.0.0.1')
    let left = packets
    socket.on('data', (chunk) => {
      left -= 1
      setTimeout(() => target.write(chunk), left < 0 ? 0 : 600)
    })
    target.pipe(socket)
    socket.on('error', () => target.destroy())
    socket.on('close', () => target.destroy())
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void proxy.close())
  return `127.0.0.1:${(proxy.address() as AddressInfo).port}`
}

describe('DATABASE_URL', () => {
  test('is checked like --store if it contains the table', async ({ server, check, doctor }) => {
    await check(server.url)
    const { findings } = await doctor({ DATABASE_URL: server.url }, '--only', 'store')

    expect(resultsOf(findings)).toEqual([expect.stringContaining(KEEPS)])
  })

  test.for([
    ['is of another kind', 'mysql://app@localhost/shop', /do not contain a store/],
    ['does not contain sessions', '/empty', /DATABASE_URL does not contain the table/],
  ] as const)('is skipped if it %s', async ([, url, found], { server, check, doctor }) => {
    await check(server.url)
    const given = url.startsWith('/') ? urlFor(server, { pathname: url }) : url
    const { findings } = await doctor({ DATABASE_URL: given }, '--only', 'store')

    expect(findings).toMatchObject([
      { result: 'skipped', found: expect.stringMatching(found) as string },
    ])
  })

  test('is only a warning if the connection fails, because the sessions may be in cookies', async ({
    server,
    check,
    doctor,
  }) => {
    await check(server.url)
    const url = urlFor(server, { pathname: '/shop' })
    const { code, findings } = await doctor({ DATABASE_URL: url }, '--only', 'store')

    expect([code, findings]).toMatchObject([0, [{ result: 'warning' }]])
  })

  test('is skipped if the app does not have pg', async ({ server, doctor }) => {
    const { code, findings } = await doctor({ DATABASE_URL: server.url }, '--only', 'store')

    expect([code, findings]).toMatchObject([0, [{ result: 'skipped' }]])
  })

  test('is not used next to REDIS_URL', async ({ server, doctor }) => {
    const redis = `redis://localhost:${await unusedPort()}`
    const variables = { DATABASE_URL: server.url, REDIS_URL: redis }
    const { findings } = await doctor(variables, '--only', 'store')

    expect(resultsOf(findings)).toEqual([expect.stringContaining('The Redis at')])
  })
})

const CERTIFICATE = createServerCertificate()

const tls = test
  // oxlint-disable-next-line no-empty-pattern -- as above
  .extend('files', { scope: 'file' }, ({}, { onCleanup }) => {
    const folder = mkdtempSync(join(tmpdir(), 'identity-web-tls-'))
    onCleanup(() => rmSync(folder, { recursive: true, force: true }))
    const write = (name: string, text: string): string => {
      const path = join(folder, name)
      writeFileSync(path, text, { mode: 0o600 })
      const owner = postgresUser()
      if (owner !== undefined) chownSync(path, owner.uid, owner.gid)
      return path
    }
    const owner = postgresUser()
    if (owner !== undefined) chownSync(folder, owner.uid, owner.gid)
    return {
      certificate: write('certificate.pem', CERTIFICATE.cert),
      key: write('key.pem', CERTIFICATE.key),
      authority: write('authority.pem', CERTIFICATE.ca),
    }
  })
  .extend('secure', { scope: 'file' }, async ({ files }, { onCleanup }) => {
    const server = await startPostgresServer({
      ssl: 'on',
      ssl_cert_file: files.certificate,
      ssl_key_file: files.key,
    })
    onCleanup(() => server.close())
    await prepare(server)
    return server
  })

describe('a server with TLS', () => {
  tls('whose certificate the app trusts', async ({ secure, files, check }) => {
    const search = `?sslmode=verify-full&sslrootcert=${files.authority}`
    const findings = await check(urlFor(secure, { host: `localhost:${secure.port}`, search }))

    expect(resultsOf(findings)).toEqual([expect.stringContaining(KEEPS)])
  })

  tls('whose certificate the app does not trust', async ({ secure, check }) => {
    expect(await check(urlFor(secure, { search: '?sslmode=verify-full' }))).toMatchObject([
      {
        result: 'error',
        found: expect.stringMatching(/certificate/) as string,
        change: expect.stringContaining('sslrootcert') as string,
      },
    ])
  })

  tls('whose certificate the app does not check', async ({ secure, check }) => {
    const host = `2130706433:${secure.port}`
    const findings = await check(urlFor(secure, { host, search: '?sslmode=no-verify' }))

    expect(resultsOf(findings)).toEqual([
      expect.stringContaining(KEEPS),
      expect.stringMatching(/^warning: The certificate of the PostgreSQL .* is not verified/),
    ])
  })
})

describe('a pool of the application', () => {
  test.for([
    ['works', 'identity_sessions', /^ok: session\.store keeps values/],
    ['does not find its table', 'nowhere', /^error: session\.store failed: .*createTable\(pool\)/],
  ] as const)('%s', async ([, table, found], { server, write, folder, doctor }) => {
    symlinkSync(NODE_MODULES, join(folder, 'node_modules'))
    write(
      'config.mjs',
      `import { postgresStore } from 'identity-web/postgres'
import { Pool } from 'pg'
const pool = new Pool({ connectionString: '${server.url}', connectionTimeoutMillis: 500, query_timeout: 500, allowExitOnIdle: true })
export const options = { session: { store: postgresStore(pool, { table: '${table}' }) } }`,
    )
    const { findings } = await doctor({}, '--config', 'config.mjs', '--only', 'store')

    expect(resultsOf(findings)).toEqual([expect.stringMatching(found)])
  })
})

test('a password in the query of the URL is redacted, also if PostgreSQL sends it back', async ({
  server,
  check,
}) => {
  const search = `?password=${PASSWORD}`
  const findings = await check(urlFor(server, { pathname: `/${PASSWORD}`, search }))

  expect(resultsOf(findings)).toEqual([
    expect.stringContaining('database "[hidden]" does not exist'),
  ])
})

test('the outputs of all these runs do not contain a password', () => {
  expect(allOutputs.length).toBeGreaterThan(FAULTS.length)
  expect(allOutputs.filter((output) => output.includes(PASSWORD))).toEqual([])
  expect(allOutputs.filter((output) => /pa#ss|pa\/ss|:123/.test(output))).toEqual([])
})
