import { auth } from '../../../auth.server'

export const GET = auth.loginRequired((_event, { user }) => Response.json(user))
