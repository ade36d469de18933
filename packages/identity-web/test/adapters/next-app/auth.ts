import { Auth } from 'identity-web/next'
import { now } from './clock.ts'

/** The application's own; its other options come from the environment. */
export const auth = new Auth({ now, timeout: 2, logger: {} })
