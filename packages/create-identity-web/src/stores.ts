/** A store of the sessions, and what its projects need. */
export interface Store {
  readonly title: string
  /** The variable with its URL. An application in development keeps sessions in cookies without it. */
  readonly variable: string
  /** A URL with the password in placeholders. */
  readonly example: string
  readonly dependencies: Readonly<Record<string, string>>
  readonly devDependencies: Readonly<Record<string, string>>
  /** The sentences of the README that say how to prepare the server. */
  readonly setUp: string
  /** The guide of identity-web about this store. */
  readonly guide: string
}

/** A value of `--store`. */
export type StoreName = 'cookies' | 'redis' | 'postgres'

/** The places of sessions, in the order of the question. Cookies need nothing else. */
export const STORES: Readonly<Record<StoreName, Store | undefined>> = {
  cookies: undefined,
  redis: {
    title: 'Redis',
    variable: 'REDIS_URL',
    example: 'redis://localhost:6379',
    dependencies: { redis: '^6.3.1' },
    devDependencies: {},
    setUp:
      'Set `appendonly yes` in the configuration of Redis. Otherwise, all users sign in again after a restart of Redis.',
    guide: 'Session stores',
  },
  postgres: {
    title: 'PostgreSQL',
    variable: 'DATABASE_URL',
    example: 'postgres://<user>:<password>@localhost:5432/<database>',
    dependencies: { pg: '^8.23.1' },
    devDependencies: { '@types/pg': '^8.23.1' },
    setUp:
      'The database must exist. The application creates the table `identity_sessions` at its start, unless it exists.',
    guide: 'PostgreSQL',
  },
}
