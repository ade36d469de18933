import { NextResponse, type NextFetchEvent, type NextRequest } from 'next/server.js'
import { auth } from './auth.ts'

export function proxy(request: NextRequest, event: NextFetchEvent): Response | Promise<Response> {
  return request.nextUrl.pathname === '/bare-proxy'
    ? NextResponse.next()
    : auth.proxy(request, event)
}

// The other pages do not have a proxy.
export const config = { matcher: ['/bare-proxy', '/proxy', '/guarded-proxy'] }
