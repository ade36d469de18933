import type { Express } from 'express'
import { startDevProvider, type Behaviour, type DevProviderOptions } from 'identity-web-dev'
import type { ApiAuth, ApiAuthOptions, AuthOptions, Claims } from 'identity-web/express'
import { test as base } from 'vitest'
import { openWorkshop } from '../client/credential/openssl.ts'
import { Browser } from './browser.ts'
import { CountingStore } from './counting-store.ts'
import { startProtectedApi, type ProtectedApi } from './protected-api.ts'
import { createClock, startSite, type Site } from './site.ts'

/** Options of a site's `Auth`, or a function that returns them for the origin of the site. */
export type SiteOptions<User = Claims> = AuthOptions<User> | ((origin: string) => AuthOptions<User>)

/** Options of an API's `ApiAuth`, or a function that returns them for the origin of the API. */
export type ApiOptions = ApiAuthOptions | ((origin: string) => ApiAuthOptions)

/** Starts a site that is closed after the test. The site uses the test's provider and clock. */
export type OpenSite = <User = Claims>(options?: SiteOptions<User>) => Promise<Site<User>>

/** Declares the routes of an API. */
export type ApiRoutes = (app: Express, api: ApiAuth) => void

/** Starts an API that is closed after the test. The API uses the test's provider and clock. */
export type OpenApi = (options?: ApiOptions, routes?: ApiRoutes) => Promise<ProtectedApi>

/** Declares the only route of the fixture `api`: `/` requires a token with the scope Todos.Read and sends `"in"`. */
const todosRoute: ApiRoutes = (app, api) => {
  app.get(
    '/',
    api.authorizationRequired({ scopes: ['Todos.Read'] }, (_req, res) => void res.json('in')),
  )
}

/** Vitest's `test` with the fixtures that README.md in this folder explains. */
export const test = base
  /** Options of the development provider of this file, for example other applications or users. */
  .extend('providerOptions', { scope: 'file' }, async (): Promise<DevProviderOptions> => ({}))
  /** The running provider of this file and its time. Tests use `provider`. */
  .extend('fileProvider', { scope: 'file' }, async ({ providerOptions }, { onCleanup }) => {
    const time = { now: Date.now }
    const provider = await startDevProvider({ now: () => time.now(), ...providerOptions })
    onCleanup(() => provider.close())
    return { provider, time }
  })
  /** A folder in which the `openssl` command makes keys and certificates. It is deleted after the file. */
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('workshop', { scope: 'file' }, ({}, { onCleanup }) => {
    const workshop = openWorkshop()
    onCleanup(() => workshop.close())
    return workshop
  })
  /** The clock of the provider, of sites and of APIs. It shows the real time until a test advances it. */
  .extend('clock', () => createClock())
  /** Switches of the provider that are set before each test. */
  .extend('behaviour', (): Partial<Behaviour> => ({}))
  /** The development provider of this file, in its initial state. */
  .extend('provider', ({ fileProvider: { provider, time }, clock, behaviour }) => {
    time.now = clock.now
    provider.reset()
    provider.behave(behaviour)
    return provider
  })
  /** Starts another site. */
  .extend('openSite', ({ provider, clock }, { onCleanup }): OpenSite => {
    const sites: { close(): Promise<void> }[] = []
    onCleanup(async () => void (await Promise.all(sites.map((site) => site.close()))))
    return async <User>(options: SiteOptions<User> = {}) => {
      const site = await startSite<User>(provider, (origin) => ({
        now: clock.now,
        ...(typeof options === 'function' ? options(origin) : options),
      }))
      sites.push(site)
      return site
    }
  })
  /** Options of the `Auth` of `site`. */
  .extend('siteOptions', (): SiteOptions => ({}))
  /** An Express site with an `Auth` and the pages of pages.ts. */
  .extend('site', ({ openSite, siteOptions }) => openSite(siteOptions))
  /** Starts another API. */
  .extend('openApi', ({ provider, clock }): OpenApi => {
    return (options = {}, routes = todosRoute) =>
      startProtectedApi(
        provider,
        (origin) => ({
          now: clock.now,
          ...(typeof options === 'function' ? options(origin) : options),
        }),
        routes,
      )
  })
  /** Options of the `ApiAuth` of `api`. */
  .extend('apiOptions', (): ApiOptions => ({}))
  /** An Express API with an `ApiAuth`. */
  .extend('api', ({ openApi, apiOptions }) => openApi(apiOptions))
  /** A browser without cookies. */
  .extend('browser', () => new Browser())
  /** An empty session store in memory, which counts its calls. */
  .extend('store', () => new CountingStore())

export { describe, expect, vi } from 'vitest'
