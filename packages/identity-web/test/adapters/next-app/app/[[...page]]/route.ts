import type { NextRequest } from 'next/server.js'
import { siteOf } from '../../contract.ts'

export const GET = (request: NextRequest): Promise<Response> => answer(request)
export const HEAD = (request: NextRequest): Promise<Response> => answer(request)
export const PUT = (request: NextRequest): Promise<Response> => answer(request)
export const DELETE = (request: NextRequest): Promise<Response> => answer(request)
export const POST = (request: NextRequest): Promise<Response> => answer(request)
export const OPTIONS = (request: NextRequest): Promise<Response> => answer(request)

async function answer(request: NextRequest): Promise<Response> {
  return siteOf(request)?.answer(request) ?? new Response('Not found', { status: 404 })
}
