// The files that the module generates in the application. They connect the application with the library, because only code
// of the application can import Nuxt, h3 and `server/utils/auth.ts`.

/** The paths of the files to import. */
interface Imports {
  /** The file that exports `auth`, without its extension. */
  readonly auth: string
}

const quoted = (path: string): string => JSON.stringify(path.replaceAll('\\', '/'))

/** The page plugin, and `useIdentity`. */
export function appTemplate({ app, auth }: Imports & { readonly app: string }): string {
  return `import {
  addRouteMiddleware,
  createError,
  defineNuxtPlugin,
  navigateTo,
  useNuxtApp,
  useRequestEvent,
  useRouter,
  useState,
} from 'nuxt/app'
import type { PageIdentity, PageUserOf } from 'identity-web/h3'
import { startInBrowser, startOnServer } from ${quoted(app)}
import type { auth } from ${quoted(auth)}

type Identity = PageIdentity<PageUserOf<typeof auth>>

/** Returns the signed-in user of the page, and the paths of sign-in and sign-out. */
export const useIdentity = (): Identity => useNuxtApp().$identity as Identity

export default defineNuxtPlugin({
  name: 'identity-web',
  async setup(nuxtApp): Promise<{ provide: { identity: Identity } }> {
    const plugin: any = {
      nuxtApp,
      nuxt: { addRouteMiddleware, createError, navigateTo, useRouter: () => nuxtApp.$router ?? useRouter() },
    }
    const state = useState<any>('identity-web')
    state.value = import.meta.server
      ? await startOnServer(plugin, useRequestEvent() as any, Boolean(import.meta.prerender))
      : startInBrowser(plugin, state.value)
    return { provide: { identity: state.value } }
  },
})
`
}

/**
 * The server's first handler, in JavaScript, because a build writes it to `node_modules/.cache`, where Nitro does not compile
 * TypeScript.
 */
export function middlewareTemplate({ auth }: Imports): string {
  return `import { defineEventHandler } from 'h3'
import { auth } from ${quoted(auth)}

export default defineEventHandler((event) => auth.handle(event))
`
}

/** A server plugin: an `IdentityError` that an API route does not catch gets the response that a guard would send. */
export function errorsTemplate({ auth }: Imports): string {
  return `import { sendWebResponse } from 'h3'
import { auth } from ${quoted(auth)}

export default ({ h3App }) => {
  const { handler } = h3App
  h3App.handler = async (event) => {
    try {
      return await handler(event)
    } catch (error) {
      if (event.node.res.headersSent) throw error
      // It throws every other error again.
      return sendWebResponse(event, await auth.toResponse(event, error))
    }
  }
}
`
}

/** The name of the template with Nuxt's `$fetch` that `fetchTemplate` wraps. */
export const FETCH_OF_NUXT = 'identity-web/fetch-of-nuxt.mjs'

/** Replaces the Nuxt template `fetch.mjs`, from which page code imports `$fetch`. */
export function fetchTemplate({ app }: { readonly app: string }): string {
  return `import '#build/${FETCH_OF_NUXT}'
import { guardFetch } from ${quoted(app)}

if (import.meta.client) globalThis.$fetch = guardFetch(globalThis.$fetch)
export const $fetch = globalThis.$fetch
`
}

/** The types of `definePageMeta`. */
export const typesTemplate = `import type { PageRequirement } from 'identity-web/h3'

declare module '#app' {
  interface PageMeta {
    /** Requires a signed-in user, or the users and scopes of a requirement. */
    loginRequired?: PageRequirement
  }
}

export {}
`
