// Time limits of the client, against late writes.
import type { PostgresClient } from './table.ts'

/** A client's time limits, in milliseconds, or `undefined` for a limit that is not set. */
interface TimeLimits {
  readonly connect: number | undefined
  readonly query: number | undefined
}

/** The properties by which a `Pool` and a `Client` of `pg` are recognized. Classes are not compared. */
interface Features {
  /** Only a pool counts its connections. */
  readonly totalCount?: unknown
  readonly options?: {
    readonly connectionTimeoutMillis?: unknown
    readonly query_timeout?: unknown
  }
  readonly connectionParameters?: { readonly query_timeout?: unknown }
}

/** Reads the time limits of a `pg` client, and returns `undefined` for other clients. */
function limitsOf(client: PostgresClient): TimeLimits | undefined {
  const { totalCount, options, connectionParameters } = client as Features
  if (totalCount !== undefined && options !== undefined) {
    return {
      connect: limit(options.connectionTimeoutMillis),
      query: limit(options.query_timeout),
    }
  }
  // The limit of a client includes the time in which a query waits for its connection.
  return connectionParameters && { connect: 0, query: limit(connectionParameters.query_timeout) }
}

/** `pg` waits forever for 0, and accepts strings of digits. */
function limit(value: unknown): number | undefined {
  return Number(value) > 0 ? Number(value) : undefined
}

/**
 * Returns the time in milliseconds after which the client has given up a call. The client waits for a connection first,
 * and then for the response. `undefined` if it never gives up, or if its limits cannot be read.
 */
function totalOf({ connect, query }: Partial<TimeLimits> = {}): number | undefined {
  return connect === undefined || query === undefined ? undefined : connect + query
}

/** The times after which PostgreSQL must not store a value anymore. */
interface Deadlines {
  /** Returns a call's deadline in PostgreSQL's time, in seconds, or `null` if it is not known. */
  of(startedAt: number): number | null
  /** @param now - The time of PostgreSQL during a call, in seconds. `undefined` if the call was too late. */
  learn(startedAt: number, now: unknown): void
}

/** The time in milliseconds for which the difference between two clocks is used. */
const CLOCK_IS_KNOWN = 60_000

/**
 * The network can deliver a statement after the client has given it up, when another server has already stored a newer value. So
 * PostgreSQL compares its clock with a deadline. The client learns the difference between the clocks from each call.
 */
export function createDeadlines(client: PostgresClient): Deadlines {
  const total = totalOf(limitsOf(client))
  let clock: { readonly ahead: number; readonly learnedAt: number } | undefined
  return {
    of(startedAt) {
      if (total === undefined || clock === undefined) return null
      if (startedAt - clock.learnedAt > CLOCK_IS_KNOWN) return null
      return (startedAt + clock.ahead + total) / 1000
    },

    learn(startedAt, now) {
      // A call that was too late may mean that a clock has changed. The next call then succeeds.
      clock =
        now === undefined
          ? undefined
          : { ahead: Number(now) * 1000 - startedAt, learnedAt: startedAt }
    },
  }
}

/**
 * Returns the problem with a client's time limits. A call that the library does not wait for anymore must not run,
 * because a late `set` could overwrite another server's value.
 *
 * @param seconds - The time for which the library waits.
 */
export function timeLimitProblem(client: PostgresClient, seconds: number): string | undefined {
  const limits = limitsOf(client)
  const total = totalOf(limits)
  const most = Math.floor(seconds * 1000)
  if (limits === undefined || (total !== undefined && total <= most)) return undefined
  const { connect, query } = limits
  const isPool = connect !== 0
  const each = isPool ? Math.floor(most / 2) : most
  const [found, change] = isPool
    ? [
        `connectionTimeoutMillis ${said(connect)} and query_timeout ${said(query)}`,
        `both, so that their sum is at most ${most}: new Pool({ connectionTimeoutMillis: ${each}, query_timeout: ${each} })`,
      ]
    : [
        `query_timeout ${said(query)}`,
        `it to at most ${most}: new Client({ query_timeout: ${each} })`,
      ]
  return `The client of postgresStore() has ${found}. A request waits ${seconds} s for the store, and a call that runs later could overwrite newer values. Set ${change}.`
}

function said(milliseconds: number | undefined): string {
  return milliseconds === undefined ? '(not set)' : String(milliseconds)
}
