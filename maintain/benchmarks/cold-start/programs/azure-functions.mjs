import { Auth } from 'identity-web/azure-functions'
import { fetchFrom } from './documents.mjs'

/** A guarded function. It gets a `Request`, which has the members of `HttpRequest` that the library reads. */
export function createApp({ options, documents }) {
  const auth = new Auth({ ...options, fetch: fetchFrom(documents) })
  const page = auth.loginRequired((_request, { user }) => ({ jsonBody: { name: user.name } }))
  return async (request) => {
    const { status = 200, body } = await page(request)
    return new Response(body, { status })
  }
}
