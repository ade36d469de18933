import type { ResourceScopes } from '../../client/index.ts'
import { IdentityError } from '../../errors.ts'
import type { HttpContext } from '../../http-context.ts'
import type { Session } from '../../session/index.ts'
import type { WebRuntime } from '../runtime/runtime.ts'
import { readHolder } from './acquire.ts'
import type { Admission } from './admission.ts'

// What a request may do that can't set a cookie, such as a render of Next.js, with a session that lives in cookies.

/** Seconds for what was still good when the request came in: a render takes its time. */
const TOLERANCE = 60

const HINT =
  'Refresh sessions before a render begins (in Next.js by auth.proxy in proxy.ts, or middleware.ts before version 16), or keep them in a store: Auth({ session: { store } }).'

/** Whether what a refresh brings would be kept. */
export function canKeep<User>({ sessions }: WebRuntime<User>, http: HttpContext): boolean {
  return sessions.exclusively !== undefined || http.isReadOnly !== true
}

/** Reads a session as it is, and takes a token that is still good. What is due is for the user to bring. */
export async function admitAsIs<User>(
  runtime: WebRuntime<User>,
  cookieHeader: string,
  session: Session,
  wanted?: ResourceScopes,
): Promise<Admission> {
  const { renewAt = Infinity } = session
  if (runtime.now() >= renewAt + TOLERANCE) {
    return { session, obstacle: notNow(runtime, 'login_required', 'A session is due for renewal') }
  }
  if (wanted === undefined) return { session }
  const holder = await readHolder(runtime, cookieHeader, session)
  const { userTokens } = runtime.clientOf(session.userFlow)
  const token = userTokens.valid(holder, wanted)
  if (token !== undefined) return { session, token }
  const granted = userTokens.latest(holder).tokens.access.flatMap(({ scopes }) => scopes)
  const obstacle = notNow(runtime, 'interaction_required', 'A session has no such token')
  return { session, obstacle, granted }
}

/** The error of a refresh that can't be, which the user takes the place of. */
export function notNow<User>(
  { options }: WebRuntime<User>,
  code: 'login_required' | 'interaction_required',
  what: string,
  claims?: string,
): IdentityError {
  const error = new IdentityError(
    code,
    `${what}, and no cookie can be set here that would keep what a refresh brings.`,
    { hint: HINT, claims },
  )
  options.logger.info?.(error.message, { code, hint: HINT })
  return error
}
