import type { ApiAuthOptions, AuthOptions } from 'identity-web/express'

/** The store of a process: the kind of its client, and its URL. */
export interface StoreAddress {
  readonly kind: 'node-redis' | 'ioredis' | 'postgres' | 'keyv-postgres'
  readonly url: string
  /** Set if `url` is the URL of a Redis Sentinel. */
  readonly sentinel?: SentinelSettings
}

/** How clients find the master of a Redis Sentinel. */
export interface SentinelSettings {
  /** The name of the master. */
  readonly name: string
  /** The addresses to which the clients connect, by the addresses that the sentinel names. */
  readonly nodes: Readonly<Record<string, { readonly host: string; readonly port: number }>>
}

/** The settings of a process, as JSON. */
export interface FleetSettings {
  /** Options that can be JSON. The process adds the others. */
  readonly auth: AuthOptions
  /** Options of the `ApiAuth` of `/api`. */
  readonly api?: ApiAuthOptions | undefined
  /** The store of the tokens that the `ApiAuth` of all processes share. */
  readonly tokenCache?: StoreAddress | undefined
  readonly store?: StoreAddress | undefined
  readonly denyList?: StoreAddress | undefined
  /** Seconds that are added to its clock. */
  readonly clock: number
}

/** The memory of a process after a garbage collection, in bytes. */
export interface ProcessMemory {
  readonly rss: number
  readonly heapUsed: number
}

/** A message to a process. Its report has the same ID. */
export interface FleetCommand {
  readonly id: number
  /** Sets its clock. */
  readonly clock?: number
  /** Requests its memory use. */
  readonly memory?: true
}

/** A message of a process. */
export type FleetReport =
  | { readonly port: number }
  | { readonly log: string }
  | { readonly fault: string }
  | { readonly id: number; readonly memory?: ProcessMemory }
