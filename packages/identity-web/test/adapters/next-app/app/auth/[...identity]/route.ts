import type { NextRequest } from 'next/server.js'
import { auth } from '../../../auth.ts'
import { siteOf } from '../../../contract.ts'

export const GET = (request: NextRequest): Promise<Response> =>
  siteOf(request)?.answer(request) ?? auth.handlers.GET(request)

export const POST = (request: NextRequest): Promise<Response> =>
  siteOf(request)?.answer(request) ?? auth.handlers.POST(request)
