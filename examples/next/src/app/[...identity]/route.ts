import { auth } from '../../auth.ts'

// The redirect URI is /redirect: the routes of sign-in are beside it, at the root.
export const { GET, POST } = auth.handlers
