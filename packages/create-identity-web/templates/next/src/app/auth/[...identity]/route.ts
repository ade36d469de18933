import { auth } from '../../../auth'

// The routes of the sign-in: /auth/redirect, /auth/logout and others.
export const { GET, POST } = auth.handlers
