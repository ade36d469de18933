import { auth } from '../auth'

// The picture in the header. Without a consent or a picture, the header shows the initials.
export const GET = auth.loginRequired({ scopes: ['User.Read'] }, async (_context, { fetch }) => {
  const { status, body } = await fetch('/me/photo/$value')
  // The type is fixed, so that no response can be a page with a script.
  return new Response(body, { status, headers: { 'content-type': 'image/jpeg' } })
})
