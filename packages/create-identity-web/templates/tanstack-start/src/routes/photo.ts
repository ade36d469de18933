import { createFileRoute } from '@tanstack/react-router'
import { auth } from '../auth.server'

// The picture in the header. Without a consent or a picture, the header shows the initials.
const GET = auth.loginRequired({ scopes: ['User.Read'] }, async (_args, context) => {
  const { status, body } = await context.fetch('/me/photo/$value')
  // The type is fixed, so that no response can be a page with a script.
  return new Response(body, { status, headers: { 'content-type': 'image/jpeg' } })
})

export const Route = createFileRoute('/photo')({ server: { handlers: { GET } } })
