import { Auth } from 'identity-web/fetch'
import { fetchFrom } from './documents.mjs'

export function createApp({ options, documents }) {
  const auth = new Auth({ ...options, fetch: fetchFrom(documents) })
  const page = auth.loginRequired((_request, { user }) => Response.json({ name: user.name }))
  return (request) => auth.respond(request, () => page(request))
}
