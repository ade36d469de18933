import { toLambdaHandler } from 'identity-web/aws-lambda'
import { Auth } from 'identity-web/fetch'
import { fetchFrom } from './documents.mjs'

/** A guarded function behind a function URL. */
export function createApp({ options, documents }) {
  const auth = new Auth({ ...options, fetch: fetchFrom(documents) })
  const page = auth.loginRequired((_request, { user }) => Response.json({ name: user.name }))
  const handler = toLambdaHandler((request) => auth.respond(request, () => page(request)))
  return async (request) => {
    const { statusCode, body } = await handler(eventOf(request))
    return new Response(body, { status: statusCode })
  }
}

function eventOf({ url, method, headers }) {
  const { pathname, search, host } = new URL(url)
  const { cookie, ...others } = Object.fromEntries(headers)
  return {
    version: '2.0',
    rawPath: pathname,
    rawQueryString: search.slice(1),
    ...(cookie !== undefined && { cookies: cookie.split('; ') }),
    headers: others,
    isBase64Encoded: false,
    requestContext: { domainName: host, http: { method } },
  }
}
