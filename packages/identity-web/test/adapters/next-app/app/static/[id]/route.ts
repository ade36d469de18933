import { auth } from '../../../auth.ts'

// Next.js does not know the IDs when it builds, so it renders each path at its first request and stores the response.
export const dynamic = 'force-static'
export const generateStaticParams = (): { id: string }[] => []

export const GET = auth.loginRequired((_request, { user }) => Response.json({ user: user.name }))
