import type { Claims } from 'identity-web/express'

/** What the scripts in the browser may know about the user. Everything else stays on the server. */
export function sessionView(user: Claims): { readonly name: string } {
  const { name, preferred_username: username } = user
  return { name: name ?? username ?? 'Somebody' }
}
