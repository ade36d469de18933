// The entry point `identity-web/browser`. It runs in browsers, and does not import code of the server.
export type {
  BrowserSession,
  BrowserLoginOptions,
  Expiring,
  ExpiringOptions,
  Session,
  SessionClientOptions,
  SessionState,
} from './types.ts'
export { createSession } from './create-session.ts'
export { LoginRequired, SessionError, type SessionErrorCode } from './errors.ts'
export type { Register, RegisteredView } from './register.ts'
