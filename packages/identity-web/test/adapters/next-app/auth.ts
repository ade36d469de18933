import { AccessDenied, Auth, type Claims } from 'identity-web/next'
import { now } from './clock.ts'
import { sharedStore } from './shared-store.ts'

/** The warnings about the configuration. */
export const warnings: string[] = []

/** The file with the name of the user, or `closed`. */
const { ACCOUNT_FILE } = process.env

function onRefresh(user: Claims): Claims {
  const name = process.getBuiltinModule('node:fs').readFileSync(ACCOUNT_FILE ?? '', 'utf8')
  if (name === 'closed') throw new AccessDenied({ message: 'Your account was closed.' })
  return { ...user, name }
}

/** The application's own; its other options come from the environment. */
export const auth = new Auth({
  now,
  timeoutSeconds: 30,
  logger: {},
  onEvent: ({ type, message }) => type === 'configuration.warning' && warnings.push(message),
  ...(ACCOUNT_FILE && { onRefresh, revalidateUserSeconds: 600 }),
  session: {
    cookie: { name: 'identity' },
    ...(process.env.SESSIONS_IN_MEMORY && { store: sharedStore('own') }),
  },
})
