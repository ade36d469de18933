import { createServer } from 'node:http'
import express from 'express'
import {
  startEasyAuth,
  type DevProvider,
  type EasyAuth,
  type EasyAuthOptions,
} from 'identity-web-dev'
import { easyAuth } from 'identity-web/easy-auth'
import { Auth, type AuthOptions, type Claims } from 'identity-web/express'
import { vi } from 'vitest'
import type { Browser } from './browser.ts'
import { test as base } from './fixtures.ts'
import { declarePages } from './pages.ts'
import { close, listen, type Site } from './site.ts'

/** A site behind the platform. `origin` is that of the platform, which browsers open. */
export interface PlatformSite<User = Claims> extends Omit<
  Site<User>,
  'signIn' | 'startSignIn' | 'close'
> {
  readonly platform: EasyAuth
  /** The origin of the application itself, without the platform. */
  readonly direct: string
}

type PlatformOptions = Omit<EasyAuthOptions, 'target' | 'provider'> & {
  /** Whether the application can read the client secret of the platform. @defaultValue `true` */
  readonly hasSecret?: boolean
}

/** Starts a platform without an application, and sets its variables. Everything is closed after the test. */
export type OpenPlatform = (
  options?: PlatformOptions & { readonly target?: () => string },
) => Promise<EasyAuth>

/** Starts a site behind a platform. Everything is closed after the test. */
export type OpenPlatformSite = <User = Claims>(
  options?: AuthOptions<User>,
  platform?: PlatformOptions,
) => Promise<PlatformSite<User>>

/** Vitest's `test` with sites behind the platform's sign-in. */
export const test = base
  .extend('openPlatform', ({ provider, clock }, { onCleanup }): OpenPlatform => {
    const started: EasyAuth[] = []
    onCleanup(async () => void (await Promise.all(started.map((platform) => platform.close()))))
    return async ({ target = () => 'http://localhost:1', hasSecret = true, ...options } = {}) => {
      const platform = await startEasyAuth({
        unauthenticated: 'AllowAnonymous',
        now: clock.now,
        ...options,
        provider,
        target,
      })
      started.push(platform)
      for (const [name, value] of Object.entries(platform.variables)) vi.stubEnv(name, value)
      if (!hasSecret) vi.stubEnv('MICROSOFT_PROVIDER_AUTHENTICATION_SECRET', undefined)
      return platform
    }
  })
  .extend('openPlatformSite', ({ openPlatform, clock }, { onCleanup }): OpenPlatformSite => {
    const servers: ReturnType<typeof createServer>[] = []
    onCleanup(async () => void (await Promise.all(servers.map(close))))
    return async <User>(options: AuthOptions<User> = {}, platformOptions: PlatformOptions = {}) => {
      const app = express()
      const server = createServer(app)
      servers.push(server)
      const direct = await listen(server)
      const platform = await openPlatform({ ...platformOptions, target: () => direct })
      const logs: string[] = []
      const auth = new Auth<User>(app, {
        signIn: easyAuth(),
        now: clock.now,
        logger: false,
        onEvent: ({ message, ...details }) => logs.push(`${message} ${JSON.stringify(details)}`),
        ...options,
      })
      declarePages(app, auth)
      return { origin: platform.origin, platform, direct, auth, app, logs }
    }
  })
  /** Starts a site behind a platform, and opens a page as a user who signs in. */
  .extend(
    'openWithUser',
    ({ openPlatformSite, provider, browser }) =>
      async <User = Claims>(
        path: string,
        options?: AuthOptions<User>,
        platform?: PlatformOptions,
      ) => {
        const site = await openPlatformSite(options, platform)
        await signInAtPlatform(site, provider, browser, { path })
        return site
      },
  )

/** Signs a user in through the platform. Returns the URL at which the user arrives. */
export async function signInAtPlatform(
  site: { readonly origin: string },
  provider: DevProvider,
  browser: Browser,
  { path = '/', as = 'alex' }: { readonly path?: string; readonly as?: string } = {},
): Promise<string> {
  const guarded = await browser.navigate(site.origin + path)
  const login = new URL(guarded.location ?? '', site.origin).href
  const started = await browser.navigate(login)
  if (started.location === undefined) throw new Error(`${login}: ${started.status} ${started.text}`)
  const { url } = await provider.signIn(started.location, { as })
  const finished = await browser.navigate(url.href, {
    headers: { 'sec-fetch-site': 'cross-site' },
  })
  if (finished.location === undefined) throw new Error(`${finished.status} ${finished.text}`)
  return new URL(finished.location, site.origin).href
}

export { describe, expect } from 'vitest'
