import { auth } from './auth.server'

// The picture in the header. Without a consent or a picture, the header shows the initials.
export const loader = auth.loginRequired({ scopes: ['User.Read'] }, async (_args, context) => {
  const photo = await context.fetch('/me/photo/$value')
  return new Response(await photo.blob(), { status: photo.status })
})
