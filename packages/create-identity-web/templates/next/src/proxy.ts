import { auth } from './auth'

// Refreshes sessions before a page renders.
export const proxy = auth.proxy

// All paths except static files. The first entry is the home page, which the second one misses if you set `basePath`.
export const config = { matcher: ['/', '/((?!_next/static|_next/image|favicon.svg).*)'] }
