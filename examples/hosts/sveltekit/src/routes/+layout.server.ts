import { auth } from '../auth.server'
import type { LayoutServerLoad } from './$types'

// Every visitor may see the header.
export const load: LayoutServerLoad = ({ locals }) => ({
  name: locals.identity?.user.name,
  loginPath: auth.paths.login,
  logoutPath: auth.paths.logout,
})
