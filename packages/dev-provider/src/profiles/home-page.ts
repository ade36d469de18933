import type { IssuerProfile } from './issuer-profile.js'

/** Returns the URL of the provider's home page, which lists the authorities, apps and accounts. */
export function homePageOf({ endpoints }: Pick<IssuerProfile, 'endpoints'>): string {
  return `${new URL(endpoints.token).origin}/`
}
