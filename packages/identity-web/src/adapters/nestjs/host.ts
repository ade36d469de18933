// Turns responses of guards into exceptions of Nest.
import {
  ForbiddenException,
  HttpException,
  StreamableFile,
  UnauthorizedException,
} from '@nestjs/common'
import type { Calls, Host, ReplyHost } from '../../classes/index.ts'
import { runRoute } from '../node.ts'
import { toList } from '../node/write-response.ts'
import { connectionOf, toNodeRequest, type PlatformArguments } from './request-state.ts'

/** The arguments and results with which the framework calls the adapter. */
export interface NestJs extends Calls<PlatformArguments, [req: PlatformArguments[0]], void> {}

export const HOST: Host<NestJs> & ReplyHost<NestJs> = {
  arity: { route: 2, request: 1 },
  respond: async (args, route) => sendResponse(args, await runRoute(toNodeRequest(args[0]), route)),
  toHttpContext: ([req]) => connectionOf(req).http,
  send: (args, response) => sendResponse(args, response),
  isSent: ([req]) => connectionOf(req).http.isResponseSent,
}

/** Sends a response through the platform, so that its hooks see it. */
async function sendResponse(args: PlatformArguments, response: Response): Promise<void> {
  const [req, res] = args
  const { adapter } = connectionOf(req)
  setPlatformHeaders(args, response)
  const type = response.headers.get('content-type')
  if (type !== null) adapter.setHeader(res, 'content-type', type)
  const body = response.body === null ? undefined : await response.text()
  adapter.reply(res, body, response.status)
}

/**
 * Rejects a request with a guard's response.
 *
 * It sets the headers before it throws, so the redirect or the challenge remains if a filter sends another body.
 * @throws HttpException with the response. Exception filters send it, so the application's filters see it.
 */
export async function rejectWith(args: PlatformArguments, response: Response): Promise<never> {
  throw await toException(args, response)
}

/** Sets the headers of a guard's response, and returns the exception that contains the rest of it. */
export async function toException(
  args: PlatformArguments,
  response: Response,
): Promise<HttpException> {
  setPlatformHeaders(args, response)
  return createException(response.status, await toBody(response))
}

/** Creates the exception that applications expect for a status. */
export function createException(status: number, body: object): HttpException {
  if (status === 401) return new UnauthorizedException(body)
  if (status === 403) return new ForbiddenException(body)
  return new HttpException(body, status)
}

/** Returns a body that Nest sends unchanged: JSON or a page. */
async function toBody(response: Response): Promise<object> {
  const type = response.headers.get('content-type')
  // Browsers do not show the body of a redirect.
  if (type === null) return { statusCode: response.status, message: 'See the Location header.' }
  if (type.startsWith('application/json')) return (await response.json()) as object
  return new StreamableFile(new Uint8Array(await response.arrayBuffer()), { type })
}

function setPlatformHeaders([req, res]: PlatformArguments, { headers }: Response): void {
  const { adapter, http } = connectionOf(req)
  for (const [name, value] of headers) {
    if (name === 'set-cookie' || name === 'content-type') continue
    const before =
      name === 'vary' ? toList(adapter.getHeader(res, name) as string | string[] | undefined) : []
    adapter.setHeader(res, name, [...before, value].join(', '))
  }
  const cookies = headers.getSetCookie()
  if (cookies.length > 0) http.setCookies(cookies)
}
