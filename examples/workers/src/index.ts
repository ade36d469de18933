import { durableObjectStore, type SessionObjectNamespace } from 'identity-web/durable-object'
import { Auth, type Handler } from 'identity-web/fetch'
import { accountPage, apiPage, homePage } from '../../serverless-pages.ts'

// Cloudflare creates the object from this class. wrangler.jsonc names it.
export { IdentitySessions } from 'identity-web/durable-object'

interface Bindings {
  readonly SESSIONS: SessionObjectNamespace
  /** The path below which the site is served. */
  readonly BASE_PATH?: string
}

let site: ((request: Request) => Promise<Response>) | undefined

export default {
  fetch(request: Request, env: Bindings): Promise<Response> {
    return (site ??= createSite(env))(request)
  },
}

/** Workers pass their bindings with each request, so the first request creates the site. */
function createSite(env: Bindings): (request: Request) => Promise<Response> {
  const basePath = env.BASE_PATH?.replace(/\/$/, '') ?? ''
  // The bindings IDENTITY_AUTHORITY, IDENTITY_CLIENT_ID, IDENTITY_CLIENT_SECRET, IDENTITY_REDIRECT_URI and
  // IDENTITY_SESSION_SECRET are the other settings. The sign-in requests no scopes. The page /call_api requests the consent
  // when it is needed.
  const auth = new Auth(
    { scopes: [], basePath, session: { store: durableObjectStore(env.SESSIONS) } },
    env,
  )

  const pages: Readonly<Record<string, Handler>> = {
    '/': async () => html(homePage()),
    '/account': auth.loginRequired(async (request, { user }) => {
      const form = request.method === 'POST' ? await request.formData() : undefined
      const note = form?.get('note')
      return html(
        accountPage(user.name, auth.paths.logout, typeof note === 'string' ? note : undefined),
      )
    }),
    '/call_api': auth.loginRequired({ scopes: ['User.Read'] }, async (_request, context) => {
      const response = await context.fetch('/me')
      return html(apiPage(context.user.name, auth.paths.logout, await response.json()))
    }),
    '/api/me': auth.loginRequired((_request, { user }) => Response.json(user)),
  }

  return (request) =>
    auth.respond(request, () => {
      const page = pages[new URL(request.url).pathname.slice(basePath.length)]
      return page?.(request) ?? new Response('Not found', { status: 404 })
    })
}

function html(text: string): Response {
  return new Response(text, { headers: { 'content-type': 'text/html; charset=utf-8' } })
}
