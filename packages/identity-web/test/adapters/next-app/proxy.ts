import { NextResponse, type NextFetchEvent, type NextRequest } from 'next/server.js'
import { auth, warnings } from './auth.ts'
import { readClock } from './clock.ts'
import { siteOf } from './contract.ts'

const own = auth.createProxy({ loginRequired: ['/guarded'] }, (request, user) => {
  if (request.nextUrl.pathname !== '/seen-by-proxy') return undefined
  return Response.json({ user: user?.name, cookies: request.headers.get('cookie'), warnings })
})

export async function proxy(request: NextRequest, event: NextFetchEvent): Promise<Response> {
  readClock(request)
  const site = siteOf(request)
  if (site !== undefined) return site.proxy(request, event)
  return process.env.WITHOUT_PROXY ? NextResponse.next() : own(request, event)
}

export const config = { matcher: ['/', '/((?!_next/static|_next/image|favicon.ico).*)'] }
