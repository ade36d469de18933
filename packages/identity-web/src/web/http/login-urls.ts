// URLs that start a sign-in, and their return paths.
import type { Encryption } from '../../encryption/index.ts'
import { ownUrl, type Site } from '../../seams/site.ts'
import type { SignInParameters } from '../../options/sign-in-parameters.ts'
import type { SignInStart } from '../runtime/transaction.ts'
import type { ForwardTable } from './forward-table.ts'
import { toReturnPath } from '../../seams/return-to.ts'
import { json } from './responses.ts'

/**
 * The query parameter of a login URL for a visitor who may have a session. A guard that can only redirect, and cannot
 * set cookies, adds it.
 */
export const CONTINUE = 'continue'

/** Creates and reads the URLs that start a sign-in, and checks the paths to which users return. */
export interface LoginUrls {
  /**
   * Returns the URL at which a browser starts a sign-in, for scripts and for links on error pages.
   *
   * All values except the return path are encrypted. Otherwise, a link on another site could request other scopes.
   */
  toUrl(start: SignInStart): Promise<string>
  /** Reads the sign-in from a URL of the login route. */
  read(url: string): Promise<SignInStart>
  /**
   * Returns a path that is safe to redirect to: the home page for another origin, for the routes of this library, and for
   * forwarded paths.
   */
  returnPath(value: unknown): string
  /** Sets the forwarded paths of the application. */
  useForwards(table: Pick<ForwardTable, 'find'>): void
}

/** Responds to a script or a prefetch with the URL of a sign-in, because it must not start the sign-in itself. */
export async function loginUrlJson(
  { loginUrls }: { readonly loginUrls: LoginUrls },
  start: SignInStart,
): Promise<Response> {
  return json(401, { error: 'login_required', loginUrl: await loginUrls.toUrl(start) })
}

/** @param requests - The encryption of the sign-in that a URL contains. */
export function createLoginUrls(site: Site, requests: Encryption): LoginUrls {
  const { paths } = site
  // Without a redirect URI, the origin is not known and not needed: only paths are read.
  const base = site.origin ?? 'http://localhost'
  const ownPaths = Object.values(paths) as string[]
  let forwards: Pick<ForwardTable, 'find'> | undefined

  function returnPath(value: unknown): string {
    const path = toReturnPath(value, base)
    if (path === undefined) return site.location.homePath
    const { pathname } = new URL(path, base)
    // The logout route, for example, would end the new session at once.
    const isOwn = ownPaths.includes(pathname) && pathname !== '/'
    // A link of another site to the login route could send a request to the API. After the page that continues with
    // `SameSite=Strict` cookies, the browser says that the request is from this origin.
    return isOwn || forwards?.find(pathname) !== undefined ? site.location.homePath : path
  }

  return {
    returnPath,

    useForwards(table) {
      forwards = table
    },

    async toUrl({ returnTo, ...request }) {
      if (site.signIn.kind === 'platform') {
        const parameters = toPlatformParameters(request.parameters)
        return site.signIn.platform.loginUrl({ returnTo, parameters })
      }
      const url = new URL(paths.login, base)
      url.searchParams.set('return_to', returnTo)
      if (Object.values(request).some((value) => value !== undefined)) {
        url.searchParams.set('request', await requests.encrypt(request))
      }
      return ownUrl(site, url.pathname + url.search)
    },

    async read(url) {
      const { searchParams } = new URL(url)
      const sealed = searchParams.get('request')
      const request = sealed === null ? undefined : await requests.decrypt(sealed)
      return {
        ...(request as Partial<SignInStart> | undefined),
        returnTo: returnPath(searchParams.get('return_to')),
      }
    },
  }
}

/**
 * Returns the parameters that a platform passes on to the provider. Scopes and claims are not among them, because the
 * platform requests its own.
 */
function toPlatformParameters(given: SignInParameters = {}): Readonly<Record<string, string>> {
  const { prompt, loginHint, domainHint, maxAgeSeconds } = given
  // The user authenticates again, so the authentication is recent enough for every maximum.
  const page = prompt ?? (maxAgeSeconds === undefined ? undefined : 'login')
  return {
    ...(page !== undefined && { prompt: page }),
    ...(loginHint !== undefined && { login_hint: loginHint }),
    ...(domainHint !== undefined && { domain_hint: domainHint }),
  }
}
