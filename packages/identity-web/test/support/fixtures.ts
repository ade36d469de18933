import type { Express } from 'express'
import type { AccessTokenRequest } from 'identity-web-dev'
import type { ApiAuth, ApiAuthOptions, AuthOptions, Claims } from 'identity-web/express'
import { test as base } from '../../../dev-provider/test/support/fixtures.ts'
import { openWorkshop } from '../client/credential/openssl.ts'
import { Browser } from './browser.ts'
import { CountingStore } from './counting-store.ts'
import { startProtectedApi, type ProtectedApi } from './protected-api.ts'
import { startSite, type Site } from './site.ts'

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
  /** A folder in which the `openssl` command makes keys and certificates. It is deleted after the file. */
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('workshop', { scope: 'file' }, ({}, { onCleanup }) => {
    const workshop = openWorkshop()
    onCleanup(() => workshop.close())
    return workshop
  })
  /** Returns a function for the requests of a grant type that the provider has received. */
  .extend(
    'grantRequests',
    ({ provider }) =>
      (type: string) =>
      () =>
        provider.requests.filter(({ grantType }) => grantType === type),
  )
  /** Returns a function that creates access tokens with these properties and further ones. */
  .extend(
    'tokensWith',
    ({ provider }) =>
      (properties: AccessTokenRequest) =>
      (further: AccessTokenRequest = {}) =>
        provider.accessToken({ ...properties, ...further }),
  )
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
  /** A browser in which the user Alex is signed in at `site`. */
  .extend('signedIn', ({ site }) => site.signIn())
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
