import { auth } from '../../auth.server'

// Reads the current claims of the user from the provider.
export const load = auth.loginRequired(async (_event, context) => ({
  claims: await context.userInfo(),
}))
