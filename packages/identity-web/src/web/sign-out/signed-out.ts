import { IdentityError } from '../../errors.ts'
import { answerError } from '../http/answer-error.ts'
import { redirect } from '../http/answers.ts'
import type { WebRuntime } from '../runtime/runtime.ts'

/** Tells our `state` from one of the application's own, without opening it. */
const STATE_PREFIX = 'signed-out.'

/** The path at which sign-outs land, where it is one of this application and its routes are ours. */
export function landingPath<User>({ options, origin }: WebRuntime<User>): string | undefined {
  const { postLogoutRedirectUri, routes } = options
  if (origin === undefined || postLogoutRedirectUri === undefined || routes === false) {
    return undefined
  }
  const url = new URL(postLogoutRedirectUri)
  return url.origin === origin ? url.pathname : undefined
}

/** What a sign-out gives to the provider to bring back; `undefined` where nobody would look at it. */
export async function signOutState<User>(
  runtime: WebRuntime<User>,
  landing: string,
): Promise<string | undefined> {
  const isLookedAt =
    landing === runtime.options.postLogoutRedirectUri && landingPath(runtime) !== undefined
  return isLookedAt ? STATE_PREFIX + (await runtime.signOuts.seal({ landing })) : undefined
}

/** Whether a URL is that of a user who comes back from a sign-out at the provider. */
export function isSignedOutUrl(url: string): boolean {
  // Nearly every URL is told by its text alone.
  return url.includes(`state=${STATE_PREFIX}`) && ownState(url) !== undefined
}

/** Ours among the values of `state`: the landing address may have one of its own. */
function ownState(url: string): string | undefined {
  const values = new URLSearchParams(url.slice(url.indexOf('?'))).getAll('state')
  return values.find((value) => value.startsWith(STATE_PREFIX))?.slice(STATE_PREFIX.length)
}

/**
 * Where a sign-out at the provider lands. Its `state` is checked and taken away: the page that the user wanted is shown
 * under its own address, and a sign-out that did not begin here is told so.
 *
 * @see {@link https://openid.net/specs/openid-connect-rpinitiated-1_0.html#RedirectionAfterLogout}
 */
export async function completeLogout<User>(
  runtime: WebRuntime<User>,
  request: Request,
): Promise<Response> {
  const state = ownState(request.url) ?? ''
  const begun = (await runtime.signOuts.open(state)) as { readonly landing: string } | undefined
  if (begun !== undefined) return redirect(begun.landing)
  const error = new IdentityError(
    'invalid_request',
    'The state of the sign-out was not made here for this provider and client.',
  )
  return answerError(runtime, error, { returnTo: '/' })
}
