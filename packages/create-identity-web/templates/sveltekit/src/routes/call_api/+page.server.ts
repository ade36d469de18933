import { auth } from '../../auth.server'

// Users consent to the scopes when they open the page for the first time.
export const load = auth.loginRequired({ scopes: ['User.Read'] }, async (_event, context) => {
  const response = await context.fetch('/me')
  return { profile: (await response.json()) as object }
})
