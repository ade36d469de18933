import { Auth } from 'identity-web/next'
import { now } from './clock.ts'
import { sharedStore } from './shared-store.ts'

/** The warnings about the configuration. */
export const warnings: string[] = []

/** The application's own; its other options come from the environment. */
export const auth = new Auth({
  now,
  timeoutSeconds: 30,
  logger: {},
  onEvent: ({ type, message }) => type === 'configuration.warning' && warnings.push(message),
  session: {
    cookie: { name: 'identity' },
    ...(process.env.SESSIONS_IN_MEMORY && { store: sharedStore('own') }),
  },
})
