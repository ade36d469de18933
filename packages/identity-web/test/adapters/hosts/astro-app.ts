import { ApiAuth, Auth, type AstroContext } from 'identity-web/astro'
import type * as SvelteKit from 'identity-web/sveltekit'
import type { CreateApp } from '../contract/bench.ts'
import { eventPages, eventRoutes } from './event-pages.ts'
import { addForwards } from './forwards.ts'

/** The pages of the contract as endpoints of Astro. */
export const createAstroApp: CreateApp = (optionsFor, { prefixes, ownRoutes }) => {
  const apps = prefixes.map((prefix) => {
    const options = optionsFor(prefix)
    const auth = new Auth(options.auth)
    addForwards(auth, options)
    const api = new ApiAuth(options.api)
    // Both frameworks pass one object with the request.
    const same = [auth, api] as unknown as [SvelteKit.Auth, SvelteKit.ApiAuth]
    const pages = { ...(ownRoutes && eventRoutes(same[0], prefix)), ...eventPages(...same) }
    return { prefix, auth, api, pages }
  })
  return async (request) => {
    const context = astroContext(request)
    const { pathname } = context.url
    const app = apps.find(({ prefix }) => pathname.startsWith(`${prefix}/`))
    if (app === undefined) return new Response('Not found', { status: 404 })
    const page = app.pages[pathname.slice(app.prefix.length)]
    try {
      const response = await app.auth.onRequest(context, () =>
        app.api.onRequest(context, async () =>
          page === undefined
            ? new Response('Not found', { status: 404 })
            : page(context as unknown as Parameters<typeof page>[0]),
        ),
      )
      return withOwn(response)
    } catch (error) {
      return withOwn(new Response((error as Error).message, { status: 418 }))
    }
  }
}

/** The members of Astro's context that the library reads. */
export function astroContext(request: Request, isPrerendered = false): AstroContext {
  return { request, url: new URL(request.url), locals: {}, params: {}, isPrerendered }
}

function withOwn(response: Response): Response {
  const own = new Response(response.body, response)
  own.headers.append('set-cookie', 'own=1')
  own.headers.set('x-own', '1')
  return own
}
