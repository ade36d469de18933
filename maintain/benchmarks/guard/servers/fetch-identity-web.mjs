import { Auth } from '../../../../packages/identity-web/dist/adapters/fetch/index.js'
import { fetchPageOf } from '../pages.mjs'
import { serveFetch } from '../serve-fetch.mjs'
import { authOptions } from '../settings.mjs'
import { startStore } from '../store.mjs'

serveFetch(async ({ keptIn, ...setup }) => {
  const store = await startStore(keptIn)
  const auth = new Auth(authOptions(setup, { store }))
  const page = auth.loginRequired((request, { user }) => fetchPageOf(request)(user.name))
  return { fetch: (request) => auth.respond(request, () => page(request)) }
})
