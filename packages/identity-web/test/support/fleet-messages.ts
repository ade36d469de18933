import type { AuthOptions } from 'identity-web/express'

/** The store of a process: the kind of its client, and its URL. */
export interface StoreAddress {
  readonly kind: 'node-redis' | 'ioredis' | 'keyv-postgres'
  readonly url: string
}

/** The settings of a process, as JSON. */
export interface FleetSettings {
  /** Options that can be JSON. The process adds the others. */
  readonly auth: AuthOptions
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
