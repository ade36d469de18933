import { auth } from '../../auth.ts'

// A route handler without the request would be rendered at the build.
export const revalidate = 60

export const GET = auth.loginRequired(() => Response.json('in'))
