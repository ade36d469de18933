import { auth } from './auth.ts'

export const proxy = auth.proxy

// All but static files.
export const config = { matcher: ['/((?!_next/static|_next/image|favicon.ico).*)'] }
