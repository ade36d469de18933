import {
  ForbiddenException,
  HttpException,
  StreamableFile,
  UnauthorizedException,
} from '@nestjs/common'
import { runRoute } from '../node.ts'
import {
  connectionOf,
  toNodeRequest,
  type PlatformRequest,
  type PlatformResponse,
} from './connection.ts'

/** Answers by a route of the core, through the platform, so that its hooks see the response. */
export async function answer(
  request: PlatformRequest,
  response: PlatformResponse,
  route: (request: Request) => Promise<Response>,
): Promise<void> {
  const answered = await runRoute(toNodeRequest(request), route)
  const { adapter } = connectionOf(request)
  putHeaders(request, response, answered)
  const type = answered.headers.get('content-type')
  if (type !== null) adapter.setHeader(response, 'content-type', type)
  const body = answered.body === null ? undefined : await answered.text()
  adapter.reply(response, body, answered.status)
}

/**
 * Makes an exception of what a guard answers: Nest's filters send it, and those of the application may see it.
 *
 * All but status and body is on the response already, so a filter that writes a body of its own loses neither the way
 * to the provider nor the challenge.
 */
export async function toException(
  request: PlatformRequest,
  response: PlatformResponse,
  answered: Response,
): Promise<HttpException> {
  putHeaders(request, response, answered)
  const body = await toBody(answered)
  switch (answered.status) {
    case 401:
      return new UnauthorizedException(body)
    case 403:
      return new ForbiddenException(body)
    default:
      return new HttpException(body, answered.status)
  }
}

/** A body that Nest sends as it is: JSON, or a page. */
async function toBody(answered: Response): Promise<object> {
  const type = answered.headers.get('content-type')
  // Nobody sees the body of a redirect.
  if (type === null) return { statusCode: answered.status, message: 'See the Location header.' }
  if (type.startsWith('application/json')) return (await answered.json()) as object
  return new StreamableFile(new Uint8Array(await answered.arrayBuffer()), { type })
}

function putHeaders(
  request: PlatformRequest,
  response: PlatformResponse,
  { headers }: Response,
): void {
  const { adapter, http } = connectionOf(request)
  for (const [name, value] of headers) {
    if (name === 'set-cookie' || name === 'content-type') continue
    const before = (name === 'vary' ? adapter.getHeader(response, name) : undefined) as Header
    adapter.setHeader(response, name, [before ?? [], value].flat().join(', '))
  }
  const cookies = headers.getSetCookie()
  if (cookies.length > 0) http.setCookies(cookies)
}

type Header = string | string[] | undefined
