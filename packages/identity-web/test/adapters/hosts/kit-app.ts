import type { Handle, RequestEvent } from '@sveltejs/kit'
import { ApiAuth, Auth } from 'identity-web/sveltekit'
import type { CreateApp } from '../contract/bench.ts'
import { createKitServer, type KitApp } from '../sveltekit/server.ts'
import { eventPages, eventRoutes } from './event-pages.ts'
import { addForwards } from './forwards.ts'

/** The pages of the contract as endpoints of SvelteKit's own server. */
export const createKitApp: CreateApp = (optionsFor, { prefixes, ownRoutes }) => {
  const apps = prefixes.map((prefix) => {
    const options = optionsFor(prefix)
    const auth = new Auth(options.auth)
    addForwards(auth, options)
    const api = new ApiAuth(options.api)
    const pages = { ...(ownRoutes && eventRoutes(auth, prefix)), ...eventPages(auth, api) }
    return { prefix, auth, api, pages }
  })
  const handle: Handle = async ({ event, resolve }) => {
    const path = new URL(event.request.url).pathname
    const app = apps.find(({ prefix }) => path.startsWith(`${prefix}/`))
    if (app === undefined) return resolve(event)
    const response = await app.auth.handle({
      event,
      resolve: (inner) => app.api.handle({ event: inner, resolve }),
    })
    return withOwn(response)
  }
  const endpoints: KitApp['endpoints'] = Object.fromEntries(
    apps.flatMap(({ prefix, pages }) =>
      Object.entries(pages).map(([path, page]) => [prefix + path, withErrors(page)] as const),
    ),
  )
  const server = createKitServer({ handle, endpoints })
  return async (request) => (await server)(request)
}

function withOwn(response: Response): Response {
  const own = new Response(response.body, response)
  own.headers.append('set-cookie', 'own=1')
  own.headers.set('x-own', '1')
  return own
}

/** The errors of endpoints are the application's to answer. */
function withErrors(
  page: (event: RequestEvent) => Response | Promise<Response>,
): (event: RequestEvent) => Promise<Response> {
  return async (event) => {
    try {
      return await page(event)
    } catch (error) {
      if (!(error instanceof Error)) throw error
      return new Response(error.message, { status: 418 })
    }
  }
}
