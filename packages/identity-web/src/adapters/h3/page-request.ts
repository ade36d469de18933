// Guards a page of Nuxt by `definePageMeta`.
import type { H3Event } from 'h3'
import { AccessDenied, IdentityError } from '../../errors.ts'
import type { RouteGuard } from '../../http-context.ts'
import { loginGuard, oncePer, type AuthBase } from '../../classes/index.ts'
import { isAllowedBy } from '../../verdict.ts'
import type { LoginRequirement } from '../../web/index.ts'
import { assertNotCached, isCached, PAGE } from './event.ts'
import { PageHttpContext } from './http-context.ts'
import type { PageIdentity } from './page-user.ts'

/**
 * A page's requirement, `definePageMeta({ loginRequired })`. `true` requires a signed-in user. It does not have the option
 * `challenge`, because a page can only redirect.
 * @public
 */
export type PageRequirement = boolean | Omit<LoginRequirement, 'challenge'>

/**
 * A guard's decision about a page. It is plain data, because the page's code is another bundle and does not know the error
 * classes.
 */
export type PageAccess =
  | { readonly kind: 'allowed' }
  | { readonly kind: 'login'; readonly url: string }
  | PageFailure

/** The error page's status, and a message that users may read. */
export interface PageFailure {
  readonly kind: 'failed'
  readonly status: number
  readonly message?: string
}

/** The parts of an `Auth` for the pages. */
interface PageAuth<User> {
  readonly auth: AuthBase<User>
  readonly toPageUser: (user: User) => unknown
}

const ALLOWED: PageAccess = { kind: 'allowed' }
const SIGNED_IN: LoginRequirement = {}

/** The session of a request for the render of its page. */
class PageRequest<User = unknown> {
  readonly #services: PageServices<User>

  /** The event of the browser's request. */
  readonly event: H3Event

  constructor(event: H3Event, services: PageServices<User>) {
    this.event = event
    this.#services = services
  }

  /**
   * Returns the identity for `useIdentity()`. A page that is rendered in advance, or stored for all users, does not have a
   * user.
   * @param event - The event of the render. For a cached page, it is not the event of the request.
   */
  async identity(
    event: H3Event,
    isPrerendered: boolean,
  ): Promise<PageIdentity<unknown> | PageFailure> {
    const { auth, toPageUser } = this.#services
    const { login: loginPath, logout: logoutPath } = auth.paths
    if (isPrerendered || isCached(event)) return { user: undefined, loginPath, logoutPath }
    try {
      const user = (await auth.getUser(event)) as User | undefined
      return { user: user === undefined ? undefined : toPageUser(user), loginPath, logoutPath }
    } catch (error) {
      return toFailure(error)
    }
  }

  /** Runs a page's guard. */
  async access(event: H3Event, requirement: PageRequirement): Promise<PageAccess> {
    assertNotCached(event)
    const guard = this.#services.guardOf(requirement === true ? SIGNED_IN : (requirement as object))
    try {
      const outcome = await isAllowedBy(guard, new PageHttpContext(event), () => undefined)
      if (outcome === true) return ALLOWED
      const url = outcome.headers.get('location')
      return url === null ? { kind: 'failed', status: outcome.status } : { kind: 'login', url }
    } catch (error) {
      return toFailure(error)
    }
  }
}

/** The services that all page requests of an `Auth` share. */
export interface PageServices<User> extends PageAuth<User> {
  /** Returns the guard for a requirement. The same requirement is checked only once. */
  readonly guardOf: (requirement: object) => RouteGuard<unknown>
}

export function createPageServices<User>(page: PageAuth<User>): PageServices<User> {
  return { ...page, guardOf: oncePer((requirement) => loginGuard(page.auth, [requirement]).guard) }
}

/** Gives the render of a page access to the session. */
export function addPageRequest<User>(event: H3Event, services: PageServices<User>): void {
  ;(event.context as { [PAGE]?: PageRequest<User> })[PAGE] ??= new PageRequest(event, services)
}

/**
 * Returns the status and a message for the error page. Only a denial's message is used, because the application wrote it for
 * its users, while other messages can contain details.
 */
function toFailure(error: unknown): PageFailure {
  if (!IdentityError.is(error)) throw error
  const { status, message } = error
  return { kind: 'failed', status, ...(AccessDenied.is(error) && { message }) }
}
