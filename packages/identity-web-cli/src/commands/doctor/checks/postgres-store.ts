import { postgresStore, postgresTable, type PostgresClient } from 'identity-web/postgres'
import type { Evidence } from '../evidence.js'
import { CheckError, explainError } from '../explain-error.js'
import { openPostgres, type PostgresConnection } from '../network/postgres.js'
import { error, skipped, warning, type Finding } from '../report/finding.js'
import { checkLocks, checkObject } from './store-object.js'

const URL_FORMAT = 'postgres://<user>:<password>@<host>:5432/<database>'

/**
 * Checks the PostgreSQL of the sessions.
 *
 * @param given - Its URL, whose password never becomes a part of a finding.
 * @param isOfSessions - `false` if the URL may be that of a database without sessions.
 */
export async function checkPostgres(
  given: string,
  { isOfSessions, evidence }: { readonly isOfSessions: boolean; readonly evidence: Evidence },
): Promise<Finding | readonly Finding[]> {
  const url = parseUrl(given)
  if (url === undefined)
    return error(
      'The URL of the PostgreSQL is not valid.',
      `Percent-encode the user name and the password, for example # as %23 and / as %2F: ${URL_FORMAT}.`,
    )
  const name = `The PostgreSQL at ${url.host || (url.searchParams.get('host') ?? 'localhost')}`
  const { folder, choices } = evidence
  let connection: PostgresConnection | undefined
  try {
    // Two of these times must pass before the time of the check ends.
    connection = await openPostgres(given, { folder, timeoutMs: choices.timeoutSeconds * 400 })
    const table = parseTable(choices.table)
    const facts = await readFacts(connection.client, table)
    if (facts.table === null && !isOfSessions)
      return skipped(
        `The database of DATABASE_URL does not contain the table ${table.name}. If it is for the sessions, pass its URL as --store.`,
      )
    const fault = await findFault({ name, client: connection.client, table, facts })
    if (fault !== undefined) return fault
    const slow = checkSpeed(name, connection.connectMs, facts.queryMs)
    // The other checks send about twenty queries.
    if (facts.queryMs > LIMIT) return slow
    const store = postgresStore(connection.client, { table: choices.table })
    const kept = await checkObject(store, { name, changeFor }, evidence)
    return [
      kept.result === 'ok' ? await checkLocks(store, name) : kept,
      ...checkTls(name, connection.tls, url),
      ...checkClock(facts.aheadMs / 1000),
      ...slow,
    ]
  } catch (cause) {
    if (cause instanceof CheckError)
      return isOfSessions ? error(cause.message, cause.change) : skipped(cause.message)
    const found = `${name} cannot be used: ${explainError(cause, '').found}`
    return isOfSessions ? error(found, changeFor(cause)) : warning(found, changeFor(cause))
  } finally {
    connection?.close()
  }
}

/** @returns `undefined` if a part of the password may be in the host, the port or the path, which findings contain. */
function parseUrl(given: string): URL | undefined {
  const url = URL.canParse(given) ? new URL(given) : undefined
  return url === undefined || url.hash !== '' || /@/.test(url.pathname + url.search)
    ? undefined
    : url
}

/** The table as the library creates it. */
interface Table {
  /** The name in quotes, with its schema. */
  readonly name: string
  /** The type of each column. */
  readonly columns: ReadonlyMap<string, string>
}

function parseTable(given: string | undefined): Table {
  const sql = postgresTable(given)
  const [, name = ''] = /^create table if not exists (\S+) \(/.exec(sql) ?? []
  const columns = [...sql.matchAll(/^ {2}(\w+) (\w+)/gm)].map(
    ([, column = '', type = '']) => [column, type] as const,
  )
  return { name, columns: new Map(columns) }
}

interface Facts {
  /** The object ID of the table, or `null` if it does not exist. */
  readonly table: number | null
  readonly user: string
  readonly database: string
  readonly isReadOnly: boolean
  /** By how many milliseconds the clock of PostgreSQL is ahead. */
  readonly aheadMs: number
  /** The time of a query in milliseconds. */
  readonly queryMs: number
}

async function readFacts(client: PostgresClient, { name }: Table): Promise<Facts> {
  const startedAt = Date.now()
  const [row] = await rowsOf<Omit<Facts, 'aheadMs' | 'queryMs'> & { readonly now: number }>(
    client,
    `select to_regclass($1)::oid as "table", current_user as "user", current_database() as database,
  current_setting('transaction_read_only') = 'on' as "isReadOnly",
  extract(epoch from clock_timestamp())::float8 * 1000 as now`,
    [name],
  )
  if (row === undefined) throw new Error('the server returned no row')
  const queryMs = Date.now() - startedAt
  return { ...row, queryMs, aheadMs: row.now - (startedAt + queryMs / 2) }
}

interface Place {
  readonly name: string
  readonly client: PostgresClient
  readonly table: Table
  readonly facts: Facts
}

const RECREATE =
  'Drop the table, and create it again with createTable(pool). All users then sign in again.'

/** Finds what the administrator of the database must change before the store can work. */
async function findFault({ name, client, table, facts }: Place): Promise<Finding | undefined> {
  if (facts.isReadOnly)
    return error(`${name} is read-only, for example because it is a replica.`, READ_ONLY)
  if (facts.table === null)
    return error(
      `The database ${facts.database} does not contain the table ${table.name}.`,
      'Call createTable(pool) when your app starts, or run the SQL of postgresTable() in this database. If the table has another name, add --table.',
    )
  const columns = await rowsOf<{ readonly column: string; readonly type: string }>(
    client,
    `select attname as column, replace(format_type(atttypid, null), 'timestamp with time zone', 'timestamptz') as type
from pg_attribute where attrelid = $1 and attnum > 0 and not attisdropped`,
    [facts.table],
  )
  const types = new Map(columns.map(({ column, type }) => [column, type]))
  const wrong = [...table.columns].filter(([column, type]) => types.get(column) !== type)
  if (wrong.length > 0) {
    const list = wrong.map(([column, type]) => `${column} ${type}`).join(', ')
    return error(
      `The table ${table.name} is that of another version or another program. It lacks ${list}.`,
      RECREATE,
    )
  }
  const missing = await rowsOf<{ readonly name: string }>(
    client,
    `select name from unnest(array['select', 'insert', 'update', 'delete']) as name
where not has_table_privilege($1::oid, name)`,
    [facts.table],
  )
  if (missing.length === 0) return undefined
  const rights = missing.map((right) => right.name).join(', ')
  return error(
    `The user ${facts.user} does not have these rights on the table ${table.name}: ${rights}.`,
    `Run this SQL as the owner of the table: grant ${rights} on ${table.name} to "${facts.user.replaceAll('"', '""')}";`,
  )
}

async function rowsOf<Row>(
  client: PostgresClient,
  text: string,
  values: unknown[],
): Promise<readonly Row[]> {
  return (await client.query(text, values)).rows as readonly Row[]
}

function checkTls(name: string, tls: PostgresConnection['tls'], { hostname }: URL): Finding[] {
  // Without a host, the connection is a socket of this computer.
  if (tls === 'verified' || /^(|localhost|127\.[\d.]+|\[::1\])$/.test(hostname)) return []
  return tls === 'none'
    ? [
        warning(
          `The connection to ${name.replace('The', 'the')} is not encrypted.`,
          'Add ?sslmode=verify-full to the URL. If the certificate authority is not a public one, also add &sslrootcert=<file>.',
        ),
      ]
    : [
        warning(
          `The certificate of ${name.replace('The', 'the')} is not verified, so another server could take its place.`,
          'Set sslmode=verify-full in the URL. If the certificate authority is not a public one, also add &sslrootcert=<file>.',
        ),
      ]
}

/** The difference in seconds up to which a clock is accurate, as in the check `clock`. */
const ACCURATE = 10

function checkClock(ahead: number): Finding[] {
  const seconds = Math.round(Math.abs(ahead))
  if (seconds <= ACCURATE) return []
  return [
    warning(
      `The clock of PostgreSQL is ${seconds} seconds ${ahead > 0 ? 'ahead of' : 'behind'} this computer.`,
      'Turn on the synchronization of both clocks (NTP).',
    ),
  ]
}

/** The time limit of the guide in milliseconds, both for a connection and for a query. */
const LIMIT = 500

function checkSpeed(name: string, connectMs: number, queryMs: number): Finding[] {
  if (connectMs <= LIMIT && queryMs <= LIMIT) return []
  return [
    warning(
      `${name} needed ${Math.round(connectMs)} ms for a connection and ${Math.round(queryMs)} ms for a query. With the limits of docs/postgres.md, which are ${LIMIT} ms each, users would get 503.`,
      'Run PostgreSQL closer to the app, or raise connectionTimeoutMillis, query_timeout and session.storeTimeoutSeconds.',
    ),
  ]
}

const READ_ONLY =
  'Set the URL of the primary server. If it is the primary, check that its disk is not full.'

/** The remedies by the message of PostgreSQL, PgBouncer, `pg` or Node.js. The first one applies. */
const REMEDIES: readonly (readonly [pattern: RegExp, change: string])[] = [
  [
    /pg_hba\.conf/,
    'Allow this computer in pg_hba.conf or in the network rules of your database host. If the server requires TLS, add ?sslmode=verify-full to the URL.',
  ],
  [
    /password|SASL|SCRAM|role ".*" does not exist|no such user/i,
    `Correct the user name and the password in the URL, percent-encoded: ${URL_FORMAT}.`,
  ],
  [
    /database ".*" does not exist|no such database/,
    'Create the database, or correct its name at the end of the URL.',
  ],
  [
    /startup parameter/,
    "PgBouncer does not accept this parameter. Remove it from the URL, and set it for the user instead, for example: alter role shop set statement_timeout = '1s';",
  ],
  [/ON CONFLICT/, RECREATE],
  [
    /read timeout/,
    'Another transaction locks the table, or PostgreSQL has too much to do. Look at pg_stat_activity for statements that wait.',
  ],
  [/does not support SSL/, 'Remove sslmode from the URL, or turn on TLS on the server.'],
  [
    /certificate|altnames/i,
    'Use a host name of the certificate, and add &sslrootcert=<file> to the URL, with the certificate authority of your database host.',
  ],
  [
    /too many|remaining connection slots/,
    'Make max of the pools smaller, or raise max_connections of PostgreSQL.',
  ],
  [
    /permission denied for schema (\S+)/,
    'Run this SQL as the owner of the schema: grant usage on schema $1 to the user in the URL.',
  ],
]

function changeFor(cause: unknown): string {
  const message = explainError(cause, '').found
  const found = REMEDIES.find(([pattern]) => pattern.test(message))
  if (found === undefined)
    return 'Start PostgreSQL, and check the host and the port in DATABASE_URL or --store, and the firewall.'
  const [pattern, change] = found
  return change.replace('$1', pattern.exec(message)?.[1] ?? '')
}
