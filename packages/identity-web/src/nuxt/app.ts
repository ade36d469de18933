// The page plugin: the user and guards in pages, browser and server.
import type { PageAccess, PageFailure, PageRequirement } from '../adapters/h3/page-request.ts'
import type { PageIdentity } from '../adapters/h3/page-user.ts'

// The part that runs in pages, in the browser and in renders on the server. The plugin that `module.ts` generates imports
// this file by its path and passes the functions of Nuxt, because only code of an application can import them. So this file
// imports only types.

/** A route of the router. */
interface Page {
  readonly path: string
  readonly fullPath: string
  readonly meta: { readonly loginRequired?: PageRequirement }
}

/** The Nuxt functions. */
export interface NuxtFunctions {
  addRouteMiddleware(
    name: string,
    middleware: (to: Page) => unknown,
    options: { global: true },
  ): void
  createError(error: {
    statusCode: number
    statusMessage: string
    message: string
    fatal: boolean
  }): Error
  navigateTo(url: string, options: { external: true }): unknown
  useRouter(): {
    readonly currentRoute: { readonly value: Page }
    resolve(path: string): { readonly href: string }
  }
}

/** The Nuxt application. */
export interface NuxtApp {
  readonly isHydrating?: boolean
  readonly payload: { readonly serverRendered?: boolean; readonly error?: unknown }
  runWithContext<T>(act: () => T): T | Promise<T>
}

/** A request's session, which `auth.handle` has put into the event's context. */
interface Session {
  identity(event: object, isPrerendered: boolean): Promise<PageIdentity<unknown> | PageFailure>
  access(event: object, requirement: PageRequirement): Promise<PageAccess>
}

type Fetch = (request: unknown, options?: object) => Promise<unknown>

/** A request's event. */
interface RenderEvent {
  readonly context: object
  $fetch: Fetch
}

/** The values that the plugin passes. */
export interface Plugin {
  readonly nuxtApp: NuxtApp
  readonly nuxt: NuxtFunctions
}

const PAGE = Symbol.for('identity-web page')
const VISITOR: PageIdentity<unknown> = { user: undefined, loginPath: '', logoutPath: '' }

/** Guards a render's pages, and returns the identity for `useIdentity()`. */
export async function startOnServer(
  plugin: Plugin,
  event: RenderEvent,
  isPrerendered: boolean,
): Promise<PageIdentity<unknown>> {
  const { nuxt, nuxtApp } = plugin
  const session = (event.context as { readonly [PAGE]?: Session })[PAGE]
  // The error page belongs to a page that was guarded already.
  const isErrorPage = nuxtApp.payload.error !== undefined && nuxtApp.payload.error !== null
  if (!isErrorPage) {
    nuxt.addRouteMiddleware(
      'identity-web',
      (to) => guardOnServer(plugin, { session, event, isPrerendered }, to),
      { global: true },
    )
  }
  if (session === undefined) return VISITOR
  const fetchOfEvent = event.$fetch
  event.$fetch = (request, options) =>
    fetchOfEvent(request, options).catch(async (error: unknown) => {
      const url = loginUrlOf(error)
      if (url !== undefined && isGuarded(nuxt)) await leave(plugin, url)
      throw error
    })
  const identity = await session.identity(event, isPrerendered)
  if (!('kind' in identity)) return identity
  if (isErrorPage) return VISITOR
  throw toError(nuxt, identity)
}

interface Render {
  readonly session: Session | undefined
  readonly event: object
  readonly isPrerendered: boolean
}

async function guardOnServer(
  { nuxt, nuxtApp }: Plugin,
  { session, event, isPrerendered }: Render,
  { path, meta: { loginRequired } }: Page,
): Promise<unknown> {
  if (loginRequired === undefined || loginRequired === false) return undefined
  if (isPrerendered) {
    throw new Error(
      `The page ${path} has loginRequired, so it cannot be rendered in advance. Remove prerender from its routeRules, or remove loginRequired.`,
    )
  }
  if (session === undefined) {
    throw new Error(
      `The page ${path} has loginRequired, but auth.handle did not run for this request, so the page is not rendered. Check that the module identity-web/nuxt is in nuxt.config.ts, because it adds auth.handle as the first handler of the server.`,
    )
  }
  const access = await session.access(event, loginRequired)
  return nuxtApp.runWithContext(() => {
    if (access.kind === 'allowed') return undefined
    if (access.kind === 'login') return nuxt.navigateTo(access.url, { external: true })
    throw toError(nuxt, access)
  })
}

const STATUS_MESSAGES: Readonly<Record<number, string>> = {
  401: 'Unauthorized',
  403: 'Forbidden',
  503: 'Service Unavailable',
}

/** Returns the error for `error.vue`. Nuxt logs a fatal error with its stack, but hides its message. */
function toError(nuxt: NuxtFunctions, { status, message }: PageFailure): Error {
  const statusMessage = STATUS_MESSAGES[status] ?? 'Server Error'
  return nuxt.createError({
    statusCode: status,
    statusMessage,
    message: message ?? statusMessage,
    fatal: status >= 500,
  })
}

/** Guards client-side navigations. */
export function startInBrowser(
  plugin: Plugin,
  identity: PageIdentity<unknown> = VISITOR,
): PageIdentity<unknown> {
  plugin.nuxt.addRouteMiddleware('identity-web', (to) => guardInBrowser(plugin, identity, to), {
    global: true,
  })
  pluginOfBrowser = plugin
  return identity
}

/** The page's plugin, which is set only in the browser, because a server would mix up its requests. */
let pluginOfBrowser: Plugin | undefined

/**
 * Wraps the browser's `$fetch`. If a call from a guarded page requires a sign-in, the wrapper opens the sign-in.
 * Because Nuxt gives `$fetch` to pages before it starts plugins, the wrapper looks for the plugin at each call.
 */
export function guardFetch(fetchOfNuxt: Fetch): Fetch {
  const guarded: Fetch = (request, options) =>
    fetchOfNuxt(request, options).catch((error: unknown) => {
      const plugin = pluginOfBrowser
      const url = loginUrlOf(error)
      if (plugin === undefined || url === undefined) throw error
      if (!isGuarded(plugin.nuxt) || hasJustLeft(request)) throw error
      void leave(plugin, withReturnPath(url, location.pathname + location.search))
      // The page stays as it is until the browser shows the next one.
      return new Promise(() => undefined)
    })
  return Object.assign(guarded, fetchOfNuxt)
}

function guardInBrowser(
  { nuxt, nuxtApp }: Plugin,
  identity: PageIdentity<unknown>,
  { path, fullPath, meta: { loginRequired } }: Page,
): unknown {
  if (loginRequired === undefined || loginRequired === false) return undefined
  if (nuxtApp.isHydrating === true) {
    // The server has run the guard.
    if (nuxtApp.payload.serverRendered === true) return undefined
    throw new Error(
      `The page ${path} has loginRequired, so the server must render it. Remove ssr: false, or remove loginRequired.`,
    )
  }
  // The server decides about roles, scopes and other requirements, and whether the session has ended.
  const isKnown = loginRequired === true && identity.user !== undefined
  if (isKnown) return undefined
  return nuxt.navigateTo(nuxt.useRouter().resolve(fullPath).href, { external: true })
}

/** Returns the URL of the sign-in that an API route requires. */
function loginUrlOf(error: unknown): string | undefined {
  const { statusCode, data } = Object(error) as {
    readonly statusCode?: unknown
    readonly data?: { readonly loginUrl?: unknown }
  }
  const loginUrl = data?.loginUrl
  return statusCode === 401 && typeof loginUrl === 'string' ? loginUrl : undefined
}

/** Returns whether the current page has a guard. A page without one handles a 401 response itself. */
function isGuarded({ useRouter }: NuxtFunctions): boolean {
  const { loginRequired } = useRouter().currentRoute.value.meta
  return loginRequired !== undefined && loginRequired !== false
}

async function leave({ nuxt, nuxtApp }: Plugin, url: string): Promise<void> {
  await nuxtApp.runWithContext(() => nuxt.navigateTo(url, { external: true }))
}

/**
 * Returns the login URL with the current page as the return path, because the server may not know a single-page
 * application's current page.
 */
function withReturnPath(loginUrl: string, path: string): string {
  const url = new URL(loginUrl, location.href)
  url.searchParams.set('return_to', path)
  return url.href
}

/**
 * The time in milliseconds after which the same API route may start a sign-in again, because a sign-in that does not
 * help would otherwise start again and again.
 */
const AGAIN_AFTER_MS = 60_000

/**
 * Returns whether the same API route has just sent the browser to the provider, and remembers the route for the next
 * call.
 */
function hasJustLeft(request: unknown): boolean {
  const key = `identity-web ${String(request)}`
  try {
    const last = Number(sessionStorage.getItem(key) ?? 0)
    sessionStorage.setItem(key, String(Date.now()))
    return Date.now() < last + AGAIN_AFTER_MS
  } catch {
    // The browser does not allow the storage.
    return false
  }
}
