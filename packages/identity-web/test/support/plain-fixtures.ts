import type { AuthOptions } from 'identity-web/express'
import { SESSION_SECRET, type Site } from './site.ts'
import { test as base } from './fixtures.ts'
import { startPlainProvider } from './plain-provider.ts'

/** Starts a site that signs users in at the provider of the fixture `plain`. */
export type OpenPlainSite = (options?: AuthOptions) => Promise<Site>

/** The secret of the client `web`. Its prefix makes leaks easy to find. */
export const PLAIN_SECRET = 'MARKED-s3cret_of~the.client'

/** Vitest's `test` with a small OpenID provider whose behavior a test can change. */
export const test = base
  .extend('plain', async ({ clock }, { onCleanup }) => {
    const plain = await startPlainProvider(clock.now)
    onCleanup(() => plain.close())
    return plain
  })
  .extend('plainOptions', ({ plain }) => (origin: string): AuthOptions => ({
    authority: undefined,
    oidcAuthority: plain.issuer,
    clientId: 'web',
    clientCredential: PLAIN_SECRET,
    redirectUri: `${origin}/redirect`,
    session: { secret: SESSION_SECRET },
  }))
  .extend(
    'openPlainSite',
    ({ openSite, plainOptions }): OpenPlainSite =>
      (options = {}) =>
        openSite((origin) => ({ ...plainOptions(origin), ...options })),
  )

export { describe, expect } from 'vitest'
