import { auth } from '../../auth'

// The routes of the sign-in: /redirect, /logout and others.
export const { GET, POST } = auth.handlers
