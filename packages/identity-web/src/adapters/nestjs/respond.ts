import {
  ForbiddenException,
  HttpException,
  Injectable,
  StreamableFile,
  UnauthorizedException,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common'
import { catchError, type Observable } from 'rxjs'
import { isIdentityError } from '../../errors.ts'
import type { Calls, Host } from '../base/auth.ts'
import { recover } from '../base/guards.ts'
import { runRoute } from '../node.ts'
import {
  connectionOf,
  findConnection,
  toNodeRequest,
  type PlatformRequest,
  type PlatformResponse,
} from './connection.ts'

export type NestCalls = Calls<
  [req: PlatformRequest, res: PlatformResponse],
  [req: PlatformRequest],
  void
>

export const HOST: Host<NestCalls> = {
  arity: { route: 2, request: 1 },
  respond: async ([req, res], route) => {
    await sendResponse(req, res, await runRoute(toNodeRequest(req), route))
  },
  toHttpContext: ([req]) => connectionOf(req).http,
}

/** Sends a response through the platform, so that its hooks see it. */
async function sendResponse(
  request: PlatformRequest,
  target: PlatformResponse,
  response: Response,
): Promise<void> {
  const { adapter } = connectionOf(request)
  setPlatformHeaders(request, target, response)
  const type = response.headers.get('content-type')
  if (type !== null) adapter.setHeader(target, 'content-type', type)
  const body = response.body === null ? undefined : await response.text()
  adapter.reply(target, body, response.status)
}

/**
 * Makes an exception of a guard's response. Exception filters send it, and filters of the application see it.
 *
 * The headers are set already, so a filter with its own body keeps the redirect or the challenge.
 */
export async function toException(
  request: PlatformRequest,
  target: PlatformResponse,
  response: Response,
): Promise<HttpException> {
  setPlatformHeaders(request, target, response)
  const body = await toBody(response)
  if (response.status === 401) return new UnauthorizedException(body)
  if (response.status === 403) return new ForbiddenException(body)
  return new HttpException(body, response.status)
}

/** Returns a body that Nest sends unchanged: JSON or a page. */
async function toBody(response: Response): Promise<object> {
  const type = response.headers.get('content-type')
  // Browsers do not show the body of a redirect.
  if (type === null) return { statusCode: response.status, message: 'See the Location header.' }
  if (type.startsWith('application/json')) return (await response.json()) as object
  return new StreamableFile(new Uint8Array(await response.arrayBuffer()), { type })
}

function setPlatformHeaders(
  request: PlatformRequest,
  target: PlatformResponse,
  { headers }: Response,
): void {
  const { adapter, http } = connectionOf(request)
  for (const [name, value] of headers) {
    if (name === 'set-cookie' || name === 'content-type') continue
    const before = name === 'vary' ? (adapter.getHeader(target, name) as Header) : undefined
    adapter.setHeader(target, name, [before ?? [], value].flat().join(', '))
  }
  const cookies = headers.getSetCookie()
  if (cookies.length > 0) http.setCookies(cookies)
}

type Header = string | string[] | undefined

/**
 * Lets the guard respond if a handler fails because its user must act, for example by a redirect to the provider.
 *
 * It is an interceptor, because an exception filter of the application for all errors would respond with status 500.
 */
export class StepUpInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const handled = next.handle()
    if (context.getType() !== 'http') return handled
    const host = context.switchToHttp()
    const request = host.getRequest<PlatformRequest>()
    const { authenticatedBy: guard, http } = findConnection(request) ?? {}
    if (guard === undefined || http === undefined) return handled
    return handled.pipe(
      catchError(async (error: unknown) => {
        const isForUser = isIdentityError(error) && error.code === 'interaction_required'
        const response = isForUser && !http.isResponseSent && (await recover(guard, http, error))
        if (!response) throw error
        throw await toException(request, host.getResponse<PlatformResponse>(), response)
      }),
    )
  }
}

Injectable()(StepUpInterceptor)
