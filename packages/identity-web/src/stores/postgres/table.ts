// The SQL of the table, and errors about it.
import { configurationError } from '../../errors.ts'

/**
 * A PostgreSQL client: a `Pool` of `pg`, a `PGlite`, a `Pool` of `@neondatabase/serverless`, or any other object with
 * this method.
 *
 * @public
 */
export interface PostgresClient {
  /**
   * Runs a statement.
   *
   * @param text - The statement, with `$1`, `$2` and so on for the values.
   * @param values - The values.
   * @returns The rows, as objects with the column names as keys.
   */
  query(
    text: string,
    values?: unknown[],
  ): PromiseLike<{
    /** The rows. */
    readonly rows: readonly unknown[]
  }>
}

const DEFAULT_TABLE = 'identity_sessions'
/** PostgreSQL cuts longer names, and the name of the index is longer than that of its table. */
const NAME = '[A-Za-z_][A-Za-z0-9_]{0,47}'
const TABLE = new RegExp(`^(?:(${NAME})\\.)?(${NAME})$`)

/** The names of the table and its index, as statements contain them. */
export interface TableNames {
  /** The table with its schema, in quotes: `"auth"."identity_sessions"`. */
  readonly table: string
  /** The index's name without its schema, because the index is in the table's schema. */
  readonly index: string
  /** The schema as a prefix, in quotes: `"auth".`, or `''`. */
  readonly schema: string
}

/**
 * Returns a table's quoted names. A name in quotes is case-sensitive, and can be a word of SQL.
 *
 * @throws IdentityError `configuration` if it is not a name of letters, digits and `_`.
 */
export function tableNames(table: string = DEFAULT_TABLE): TableNames {
  const [, inSchema, name] = TABLE.exec(table) ?? []
  if (name === undefined) {
    throw configurationError(
      `The table ${JSON.stringify(table)} is not a valid name. Use letters, digits and _, at most 48 of them, and a schema if you need one, for example postgresStore(pool, { table: 'auth.identity_sessions' }).`,
    )
  }
  const schema = inSchema === undefined ? '' : `"${inSchema}".`
  return { table: `${schema}"${name}"`, index: `"${name}_remove_at"`, schema }
}

/** Returns the statements that create the table and its index. */
function statementsOf({ table, index }: TableNames): readonly string[] {
  // Only `remove_at` is in an index. `touch` usually changes other columns, and a page has space for their new version, so
  // PostgreSQL does not write to an index (a HOT update).
  return [
    `create table if not exists ${table} (
  key text collate "C" primary key,
  value text,
  expires_at timestamptz,
  remove_at timestamptz not null,
  owner text,
  lease_until timestamptz
) with (fillfactor = 80)`,
    `create index if not exists ${index} on ${table} (remove_at)`,
  ]
}

/**
 * Returns the SQL that creates the table for `postgresStore`, for a tool that migrates your database. It does not
 * change a table that already exists.
 *
 * @param table - The table's name, with or without a schema, which must exist. The default is `identity_sessions`.
 * @returns Two statements, each with a semicolon at its end.
 * @throws IdentityError `configuration` if the name contains other characters than letters, digits and `_`.
 *
 * @example
 * ```ts
 * import { postgresTable } from 'identity-web/postgres'
 *
 * console.log(postgresTable('auth.identity_sessions'))
 * ```
 * @public
 */
export function postgresTable(table?: string): string {
  return statementsOf(tableNames(table))
    .map((statement) => `${statement};\n`)
    .join('')
}

/** Another process has created the same table, its type or its index in the meantime. */
const CREATED_MEANWHILE = ['23505', '42P07', '42710']

/**
 * Creates the table for `postgresStore`, unless it exists. Several processes can call this function at the same time.
 * The database user needs the right to create tables, but only if the table does not exist.
 *
 * @param client - The PostgreSQL client.
 * @param table - The table's name, with or without a schema, which must exist. The default is `identity_sessions`.
 * @throws IdentityError `configuration` if the name contains other characters than letters, digits and `_`.
 * @throws The client's error if PostgreSQL cannot create the table.
 *
 * @example
 * ```ts
 * import { createTable, postgresStore } from 'identity-web/postgres'
 *
 * await createTable(pool)
 * const store = postgresStore(pool)
 * ```
 * @public
 */
export async function createTable(client: PostgresClient, table?: string): Promise<void> {
  const names = tableNames(table)
  // `create index` locks the table, also if the index exists, so a start must not run it while other servers write.
  const { rows } = await client.query('select to_regclass($1) is not null as exists', [
    names.schema + names.index,
  ])
  if ((rows[0] as { readonly exists?: unknown } | undefined)?.exists === true) return
  for (const statement of statementsOf(names)) {
    try {
      await client.query(statement)
    } catch (error) {
      if (!CREATED_MEANWHILE.includes(codeOf(error))) throw error
    }
  }
}

/** Returns the code of a PostgreSQL error, such as `42P01`, or `''` for other errors. */
export function codeOf(error: unknown): string {
  const { code } = Object(error) as { readonly code?: unknown }
  return typeof code === 'string' ? code : ''
}
