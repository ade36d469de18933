import { auth } from '../../auth.server'
import { readProfile } from '../../graph.server'

// Without consent, the user is asked for it, and then returns to this page.
export const load = auth.loginRequired(async (event) => {
  const { accessToken } = await auth.getTokenForUser(event, ['User.Read'])
  return { profile: await readProfile(accessToken) }
})
