// The services of guards.
import type { NamedApisSource, TokenSource } from '../../client/index.ts'
import type { HttpContext } from '../../http-context.ts'
import type { RequestSession } from '../../session/index.ts'
import type { HttpServices } from '../http/services.ts'
import type { Revalidation } from '../users/revalidation.ts'

/** The services of guards, and of everything else that authenticates a request. */
export interface GuardServices extends HttpServices {
  /** The check of users. Not set if the application does not have `onRefresh`. */
  readonly revalidation: Revalidation | undefined
  /** The source of `context.api`. */
  readonly namedApis: NamedApisSource<HttpContext>
  /** Returns the tokens of a session's user, for the SDKs that a handler uses. */
  tokenSource(http: HttpContext, current: RequestSession): Promise<TokenSource>
}
