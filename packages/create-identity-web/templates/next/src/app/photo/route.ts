import { auth } from '../../auth'

// The picture in the header. Without a consent or a picture, the header shows the initials.
export const GET = auth.loginRequired({ scopes: ['User.Read'] }, async (_request, context) => {
  const { status, body, headers } = await context.fetch('/me/photo/$value')
  const type = headers.get('content-type') ?? ''
  return new Response(body, { status, headers: { 'content-type': type } })
})
