import type { AuthOptions } from 'identity-web/express'

/** Where a process finds a store: the kind of its client, and an address. */
export interface StoreAddress {
  readonly kind: 'node-redis' | 'ioredis' | 'keyv-postgres'
  readonly url: string
}

/** What a process of a fleet is started with, as JSON. */
export interface FleetSettings {
  /** What doesn't travel as JSON, a process has of its own. */
  readonly auth: AuthOptions
  readonly store?: StoreAddress | undefined
  readonly denyList?: StoreAddress | undefined
  /** Seconds by which its clock is wrong. */
  readonly clock: number
}

/** What a process uses, after its garbage was collected. In bytes. */
export interface ProcessMemory {
  readonly rss: number
  readonly heapUsed: number
}

/** What a process is told; it answers with the same id. */
export interface FleetCommand {
  readonly id: number
  /** Sets its clock. */
  readonly clock?: number
  /** Asks what it uses. */
  readonly memory?: true
}

/** What a process tells. */
export type FleetReport =
  | { readonly port: number }
  | { readonly log: string }
  | { readonly fault: string }
  | { readonly id: number; readonly memory?: ProcessMemory }
