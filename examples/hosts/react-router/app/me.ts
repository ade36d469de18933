import { auth } from './auth.server'

export const loader = auth.loginRequired((_args, { user }) => Response.json(user))
