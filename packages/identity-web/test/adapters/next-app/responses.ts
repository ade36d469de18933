// What pages of the contract do in the same way at all hosts whose handlers return a `Response`.
import { IdentityError } from 'identity-web'
import type { AuthorizationContext } from 'identity-web/fetch'

/** The user of a visitor who is not signed in. */
export const STRANGER = { iss: 'nobody', sub: 'nobody' }

/** `Response.json()` returns the native class, which a framework does not accept beside a package that replaces the global. */
export function json(data: unknown): Response {
  return new Response(JSON.stringify(data), { headers: { 'content-type': 'application/json' } })
}

/** Responds with the code of an error of the library, and throws every other error. */
export function toCode(error: unknown): Response {
  if (IdentityError.is(error)) return json({ code: error.code })
  throw error
}

/** Responds with a cookie `one` and a cookie `two`. */
export function setTwoCookies(): Response {
  const headers = new Headers([
    ['set-cookie', 'one=1'],
    ['set-cookie', 'two=2'],
  ])
  return new Response(null, { headers })
}

/** Sends `one`, and `two` a little later. */
export function stream(): ReadableStream {
  const { readable, writable } = new TextEncoderStream()
  const writer = writable.getWriter()
  void writer.write('one')
  setTimeout(() => void writer.write('two').then(() => writer.close()), 5)
  return readable
}

/** Responds with the user or the application that calls an API. */
export function showCaller({ user, app }: AuthorizationContext): Response {
  return json(user === undefined ? { app: app.clientId } : { user: user.oid })
}

/** Gets a token for Graph on behalf of the user. */
export async function callGraph(context: AuthorizationContext): Promise<Response> {
  await context.getTokenOnBehalfOf('https://graph.microsoft.com/User.Read')
  return new Response('got')
}
