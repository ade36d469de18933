// Its types are another package.
declare module 'connect-pg-simple' {
  import type { Store } from 'express-session'
  import type { Pool } from 'pg'

  export interface PgStore extends Store {
    close(): Promise<void>
  }

  /** @param session - The module `express-session`. */
  export default function connectPgSimple(
    session: unknown,
  ): new (options: { readonly pool: Pool; readonly tableName: string }) => PgStore
}
