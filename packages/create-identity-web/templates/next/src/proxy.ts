import { auth } from './auth'

// Refreshes sessions before a page renders.
export const proxy = auth.proxy

// All paths except static files.
export const config = { matcher: ['/((?!_next/static|_next/image|favicon.ico).*)'] }
