import type { Claims } from 'identity-web/fetch'
import { nameOf } from './claims'

/** Returns the data about the user that the browser may see. */
export function sessionView(user: Claims) {
  return { name: nameOf(user), isAdmin: user.roles?.includes('Admin') ?? false }
}

// injectSession() and signedIn() then know the type of the user.
declare module 'identity-web/browser' {
  interface Register {
    sessionView: typeof sessionView
  }
}
