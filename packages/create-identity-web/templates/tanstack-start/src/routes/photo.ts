import { createFileRoute } from '@tanstack/react-router'
import { auth } from '../auth.server'

// The picture in the header. Without a consent or a picture, the header shows the initials.
const GET = auth.loginRequired({ scopes: ['User.Read'] }, async (_args, context) => {
  const photo = await context.fetch('/me/photo/$value')
  return new Response(await photo.blob(), { status: photo.status })
})

export const Route = createFileRoute('/photo')({ server: { handlers: { GET } } })
