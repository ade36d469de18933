import { createRequire } from 'node:module'
import type { Socket } from 'node:net'
import { join } from 'node:path'
import type { TLSSocket } from 'node:tls'
import type { PostgresClient } from 'identity-web/postgres'
import { CheckError } from '../explain-error.js'

/** The members of a `Client` of `pg` that the checks use. */
interface Client extends PostgresClient {
  connect(): Promise<void>
  on(event: 'error', listener: () => void): void
  readonly connection: { readonly stream: Socket | TLSSocket }
}

/** A connection to PostgreSQL. */
export interface PostgresConnection {
  readonly client: PostgresClient
  /** The time in milliseconds that it took to connect. */
  readonly connectMs: number
  /** Whether the connection uses TLS, and whether the certificate of the server is verified. */
  readonly tls: 'none' | 'not verified' | 'verified'
  close(): void
}

/**
 * Connects to PostgreSQL with the package `pg` of the application, so that the connection has the same rules for URLs and
 * certificates as that of the application.
 *
 * @param folder - The folder of the application.
 * @throws CheckError if `pg` is not installed there.
 */
export async function openPostgres(
  url: string,
  { folder, timeoutMs }: { readonly folder: string; readonly timeoutMs: number },
): Promise<PostgresConnection> {
  const { Client } = loadPg(folder)
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: timeoutMs,
    query_timeout: timeoutMs,
  })
  const { stream } = client.connection
  // `end()` would wait for a server that does not respond anymore.
  const close = (): void => void client.connection.stream.destroy()
  // Without a listener, an error after the connection would end the command.
  client.on('error', () => undefined)
  stream.on('error', () => undefined)
  const startedAt = performance.now()
  try {
    await client.connect()
  } catch (error) {
    close()
    throw error
  }
  const { encrypted = false, authorized } = client.connection.stream as Partial<TLSSocket>
  const verified = authorized === true ? 'verified' : 'not verified'
  return {
    client,
    connectMs: performance.now() - startedAt,
    tls: encrypted ? verified : 'none',
    close,
  }
}

function loadPg(folder: string): { readonly Client: new (options: object) => Client } {
  try {
    return createRequire(join(folder, 'package.json'))('pg') as ReturnType<typeof loadPg>
  } catch (cause) {
    if ((cause as { readonly code?: unknown }).code !== 'MODULE_NOT_FOUND') throw cause
    throw new CheckError(
      'The package pg is not installed in this folder, so the PostgreSQL of the sessions cannot be checked.',
      'Run "npm install pg" in the folder of your app, and run doctor in this folder.',
      { cause },
    )
  }
}
