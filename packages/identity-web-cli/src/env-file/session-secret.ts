import { randomBytes } from 'node:crypto'

/** The variable with the session secret. */
export const SESSION_SECRET = 'IDENTITY_SESSION_SECRET'

/** Returns a new session secret of 256 random bits. */
export function createSessionSecret(): string {
  return randomBytes(32).toString('base64')
}
