// Sets `locals.identity` in SvelteKit and Astro.
import type { AdaptedOptions } from '../../host-traits.ts'
import type { HttpContext } from '../../http-context.ts'
import { webOf, type AuthBase } from '../../classes/index.ts'
import type { Claims, LoginContext } from '../../web/index.ts'

// The parts that SvelteKit and Astro have in common. Both have one hook for all requests, which sets `locals`.

/**
 * The property that the `Auth` hook adds to the `locals` of a request. Let `App.Locals` extend this type.
 * @typeParam User - The type that `onLogin` returns, or the ID token's claims.
 * @example interface Locals extends IdentityLocals {}
 * @public
 */
export interface IdentityLocals<User = Claims> {
  /** The signed-in user and the claims, or `undefined` if the visitor is not signed in. */
  identity: LoginContext<User> | undefined
}

/**
 * Sets `locals.identity` of a request.
 * @returns The response for a user whom `onRefresh` rejected.
 */
export async function setIdentity(
  auth: AuthBase<any>,
  http: HttpContext,
  locals: object,
): Promise<Response | undefined> {
  const { context, denial } = await webOf(auth).identify(http)
  ;(locals as IdentityLocals<unknown>).identity = context
  return denial
}

/**
 * Removes the slash at the end of the `basePath`, because frameworks write their base path with or without one, and `/` for the
 * root.
 */
export function removeTrailingSlash(options: AdaptedOptions): void {
  options.basePath = options.basePath?.replace(/\/$/, '')
}
