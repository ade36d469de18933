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
import { IdentityError, AccessDenied } from '../../errors.ts'
import { recover, type Calls, type Host } from '../../members/index.ts'
import { runRoute, toList } from '../node.ts'
import {
  connectionOf,
  findConnection,
  toNodeRequest,
  type PlatformArguments,
} from './connection.ts'

export type NestCalls = Calls<PlatformArguments, [req: PlatformArguments[0]], void>

export const HOST: Host<NestCalls> = {
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
 * Rejects a request with the response of a guard.
 *
 * It sets the headers before it throws. So a filter that sends another body keeps the redirect or the challenge.
 * @throws HttpException with the response. Exception filters send it, and filters of the application see it.
 */
export async function rejectWith(args: PlatformArguments, response: Response): Promise<never> {
  setPlatformHeaders(args, response)
  const body = await toBody(response)
  if (response.status === 401) throw new UnauthorizedException(body)
  if (response.status === 403) throw new ForbiddenException(body)
  throw new HttpException(body, response.status)
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

/**
 * Lets the guard respond if a handler fails because its user must act or is not allowed, for example by a redirect to the
 * provider.
 *
 * It is an interceptor, because otherwise an exception filter of the application could respond with status 500.
 */
export class StepUpInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const handled = next.handle()
    if (context.getType() !== 'http') return handled
    const args = context.getArgs<PlatformArguments>()
    const { authenticatedBy: guard, http } = findConnection(args[0]) ?? {}
    if (guard === undefined || http === undefined) return handled
    return handled.pipe(
      catchError(async (error: unknown) => {
        const isForUser =
          IdentityError.is(error) &&
          (error.code === 'interaction_required' || AccessDenied.is(error))
        const response = isForUser && !http.isResponseSent && (await recover(guard, http, error))
        if (!response) throw error
        return rejectWith(args, response)
      }),
    )
  }
}

Injectable()(StepUpInterceptor)
