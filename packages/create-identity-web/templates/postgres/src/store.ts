import { createTable, postgresStore } from 'identity-web/postgres'
import { Pool } from 'pg'

const url = process.env['DATABASE_URL']
const pool = url
  ? new Pool({
      connectionString: url,
      max: 5,
      // The sum of these limits must not exceed `session.storeTimeoutSeconds`, by default one second.
      connectionTimeoutMillis: 500,
      query_timeout: 500,
      // The connections do not keep the process running after the server has closed.
      allowExitOnIdle: true,
    })
  : undefined
// #region runtime
if (pool === undefined) useCookies()
else await open(pool)
// #endregion runtime
// #region build
// A build does not need the database.
if (process.env['NEXT_PHASE'] !== 'phase-production-build') {
  if (pool === undefined) useCookies()
  else await open(pool)
}
// #endregion build
// #region background
// Nuxt does not support `await` here, so the first request does not wait.
if (pool === undefined) useCookies()
else void open(pool)
// #endregion background

/** Sessions are in PostgreSQL, or in cookies if it is `undefined`. */
export const store = pool && postgresStore(pool)

// #region node
/** Closes the connections. */
export async function closeStore(): Promise<void> {
  await pool?.end()
}

// #endregion node
/** Creates the table, unless it exists. The application also starts during an outage. Signed-in users then get 503. */
async function open(database: Pool): Promise<void> {
  try {
    await createTable(database)
    console.log('Sessions are in PostgreSQL.')
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException
    console.error(
      `PostgreSQL, which keeps the sessions, failed: ${message || code}. The application tries again.`,
    )
    setTimeout(() => void open(database), 5000).unref()
  }
}

/** In production, a missing variable is an error, because servers would not share their sessions. */
function useCookies(): void {
  const environment = process.env['NODE_ENV']
  const isDevelopment = environment
    ? ['development', 'test'].includes(environment)
    : /^http:\/\/localhost[:/]/.test(process.env['IDENTITY_REDIRECT_URI'] ?? '')
  if (!isDevelopment)
    throw new Error('Set DATABASE_URL, for example to postgres://user:password@localhost:5432/shop')
  console.log('Sessions are in cookies, because DATABASE_URL is not set.')
}
