import { auth } from '../../../auth.ts'

// The redirect URI is /auth/redirect, so all routes of sign-in are in this folder.
export const { GET, POST } = auth.handlers
