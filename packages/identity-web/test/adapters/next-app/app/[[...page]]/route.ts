import type { NextRequest } from 'next/server.js'
import { siteOf } from '../../contract.ts'

export const GET = async (request: NextRequest): Promise<Response> =>
  siteOf(request)?.answer(request) ?? new Response('Not found', { status: 404 })

export const POST = GET
