import { auth } from '../../auth.server'

// If a user has not consented to the scopes, the guard asks for the consent.
export const load = auth.loginRequired({ scopes: ['User.Read'] }, async (_event, context) => {
  const response = await context.fetch('/me')
  return { profile: (await response.json()) as object }
})
