/** Returns the part of the user that the browser may see. */
export function sessionView(user: { name?: string }) {
  return { name: user.name ?? 'you' }
}

// injectSession() then knows the type of the user.
declare module 'identity-web/browser' {
  interface Register {
    sessionView: typeof sessionView
  }
}
