import { fetchPageOf } from '../pages.mjs'
import { CACHE_CONTROL, createProbe } from '../probe.mjs'
import { serveFetch } from '../serve-fetch.mjs'

serveFetch((setup) => {
  const { userOf, start } = createProbe(setup)
  const guard = (handler) => (request) => {
    const user = userOf(request.headers.get('cookie'))
    if (user === undefined)
      return new Response(null, { status: 401, headers: { 'Set-Cookie': start() } })
    const response = handler(request, user)
    response.headers.set('Cache-Control', CACHE_CONTROL)
    return response
  }
  return { fetch: guard((request, user) => fetchPageOf(request)(user.name)) }
})
