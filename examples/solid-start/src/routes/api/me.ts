import type { APIEvent } from '@solidjs/start/server'
import { auth } from '../../auth'

const me = auth.loginRequired((_request, { user }) => Response.json({ name: user.name }))

export const GET = ({ request }: APIEvent) => me(request)
