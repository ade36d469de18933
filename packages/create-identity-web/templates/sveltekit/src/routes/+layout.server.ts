import { auth } from '../auth.server'
import { initialsOf, nameOf } from '../claims'
import type { LayoutServerLoad } from './$types'

// The browser gets all data of load functions, so this one returns only the data that the header shows.
export const load: LayoutServerLoad = ({ locals: { identity } }) => ({
  user: identity && { name: nameOf(identity.claims), initials: initialsOf(identity.claims) },
  logoutPath: auth.paths.logout,
})
