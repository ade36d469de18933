import { auth } from '../../auth.ts'

export const dynamic = 'force-static'

export const GET = auth.loginRequired((_request, { user }) => Response.json({ user: user.name }))
