import type { ApiAuthOptions, AuthOptions, McpAuthOptions } from 'identity-web/express'

/** When the other package does what it does. */
export type Moment = 'before the import' | 'after the import' | 'while it serves'

/** What the process is told, as JSON. */
export interface Settings {
  /** The name of a variation. */
  readonly variation: string
  readonly moment: Moment
  readonly auth: AuthOptions
  readonly api: ApiAuthOptions
  readonly mcp: McpAuthOptions
}

/** What the process reports. */
export type Report =
  | { readonly origins: Readonly<Record<string, string>> }
  /** The package itself or a framework cannot be loaded. */
  | { readonly failed: string }

/**
 * The hosts whose sessions are in a deny-list, for which their guards wait. The other guards decide at once, as by default.
 * The tests sign in at these hosts, and can end a session there.
 */
export const WITH_DENY_LIST: ReadonlySet<string> = new Set([
  'Express 4',
  'Hono on node-server 1',
  'NestJS on Fastify',
  'AWS Lambda',
])
