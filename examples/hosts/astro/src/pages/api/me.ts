import { auth } from '../../auth'

export const GET = auth.loginRequired((_context, { user }) => Response.json(user))
