/** Where the routes of sign-in live. */
export interface Paths {
  readonly callback: string
  readonly login: string
  readonly logout: string
  /** What the provider loads in a hidden frame when the user signs out elsewhere. */
  readonly frontChannelLogout: string
  /** Where the provider's server tells that a user signed out. */
  readonly backChannelLogout: string
}

/** The routes that follow from a redirect URI: login and logout live beside the callback. */
export function toPaths(redirectUri: string | undefined): Paths {
  const callback = redirectUri === undefined ? '/redirect' : new URL(redirectUri).pathname
  const folder = callback.slice(0, callback.lastIndexOf('/') + 1)
  return {
    callback,
    login: `${folder}login`,
    logout: `${folder}logout`,
    frontChannelLogout: `${folder}front-channel-logout`,
    backChannelLogout: `${folder}back-channel-logout`,
  }
}

/** The path of a URL without an origin. */
export function pathOf(url: string): string {
  const query = url.indexOf('?')
  return query === -1 ? url : url.slice(0, query)
}
