/** Where the routes of sign-in live. */
export interface Paths {
  readonly callback: string
  readonly login: string
  readonly logout: string
}

/** The routes that follow from a redirect URI: login and logout live beside the callback. */
export function toPaths(redirectUri: string | undefined): Paths {
  const callback = redirectUri === undefined ? '/redirect' : new URL(redirectUri).pathname
  const folder = callback.slice(0, callback.lastIndexOf('/') + 1)
  return { callback, login: `${folder}login`, logout: `${folder}logout` }
}
