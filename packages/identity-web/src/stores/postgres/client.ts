// Runs statements with any client of PostgreSQL.
import { configurationError, type IdentityError } from '../../errors.ts'
import { codeOf, type PostgresClient } from './table.ts'

/** Runs a statement and returns its rows. */
export type Run = (text: string, values?: unknown[]) => Promise<readonly Row[]>

/** A row, by column name. */
export type Row = Readonly<Record<string, unknown>>

interface Features {
  readonly query?: unknown
  readonly on?: (event: 'error', listener: () => void) => unknown
}

/** With a stricter isolation level than the default, PostgreSQL asks one of two writers to try again. */
const TRY_AGAIN = '40001'
const MAX_TRIES = 3

/**
 * Returns the function that runs statements.
 *
 * @param table - The quoted name of the table, for errors.
 * @throws IdentityError `configuration` if the value is not a client.
 */
export function connect(client: PostgresClient, table: string): Run {
  // The type excludes null, but callers without types may pass anything.
  const { query, on } = Object(client) as Features
  if (typeof query !== 'function') throw notAClient()
  // A pool emits an error if PostgreSQL closes a connection that waits for its next query. Without a listener, the event ends
  // the process.
  if (typeof on === 'function') on.call(client, 'error', () => undefined)

  async function send(text: string, values: unknown[], tries: number): Promise<unknown> {
    try {
      return await client.query(text, values)
    } catch (error) {
      if (codeOf(error) === TRY_AGAIN && tries < MAX_TRIES) return send(text, values, tries + 1)
      throw withAdvice(error, table)
    }
  }

  return async (text, values = []) => {
    const { rows } = Object(await send(text, values, 1)) as { readonly rows?: unknown }
    // Without rows, every session would seem to be missing, and all users would be signed out.
    if (!Array.isArray(rows)) throw notAClient()
    return rows as readonly Row[]
  }
}

const otherColumns = (table: string): string =>
  `The table ${table} has other columns. Drop it and create it with createTable(pool), or set another table: postgresStore(pool, { table })`

/** The remedies, by PostgreSQL's error code. */
const ADVICE: Readonly<Record<string, (table: string) => string>> = {
  '42P01': (table) =>
    `Create the table ${table} with createTable(pool) or with the SQL of postgresTable(), in the database of this pool`,
  '42703': otherColumns,
  // A column has another type.
  '42883': otherColumns,
  '42804': otherColumns,
  '42501': (table) =>
    `Grant the user of this pool its rights: grant select, insert, update, delete on ${table} to the_user`,
  '25006': () =>
    'The server is read-only, for example because it is a replica or its disk is full. Connect the pool to the primary',
}

function withAdvice(error: unknown, table: string): unknown {
  const advice = ADVICE[codeOf(error)]
  if (advice === undefined || !(error instanceof Error)) return error
  return new Error(`${error.message}. ${advice(table)}`, { cause: error })
}

/** Returns the error for a value that is not a client, or whose results cannot be read. */
export function notAClient(): IdentityError {
  return configurationError(
    'postgresStore() requires a client whose query(text, values) returns a promise of { rows }, and each row is an object. Use for example postgresStore(new Pool({ connectionString })) of pg. With neon(), set fullResults: true.',
  )
}
