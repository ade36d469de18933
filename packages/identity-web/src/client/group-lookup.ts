// Asks Microsoft Graph for groups that are not in the token.
import { own } from '../own.ts'
import { retryAfterSeconds } from '../authority/index.ts'
import { IdentityError } from '../errors.ts'

// An Entra ID token contains up to 200 groups. For users with more, Microsoft Graph tells which of some groups they
// belong to.

/** The Microsoft Graph scope that the look-up needs. */
export const GRAPH_SCOPE = 'User.Read'

/**
 * Returns whether the user has more groups than a token can contain (200 at Entra ID), so that the token does not
 * contain groups. It does not throw.
 *
 * @param claims - The ID token's claims.
 * @returns `true` if {@link getGroups} must ask Microsoft Graph.
 *
 * @example
 * ```ts
 * const groups = hasGroupsOverage(context.claims) ? await getGroups(context) : context.claims.groups
 * ```
 * @public
 */
export function hasGroupsOverage(claims: Readonly<Record<string, unknown>>): boolean {
  const names = own(claims, '_claim_names')
  if (typeof names === 'object' && names !== null && Object.hasOwn(names, 'groups')) return true
  const hasGroups = own(claims, 'hasgroups')
  return hasGroups === true || hasGroups === 'true'
}

/**
 * Returns the error for a user whose groups cannot be looked up.
 *
 * @param token - The kind of token that does not contain the groups.
 * @param guard - The route's guard.
 */
export function tooManyGroups(token: string, guard: string): IdentityError {
  return new IdentityError(
    'provider_unavailable',
    `The user has more groups than the ${token} can contain, and only Entra ID has an API that returns the other groups.`,
    { hint: `Use app roles instead of groups: ${guard}({ roles: [...] }).` },
  )
}

/** Sends a request to a Microsoft Graph path, with an access token for it. */
export type GraphFetch = (path: string, init: RequestInit) => Promise<Response>

/** The maximum number of groups in one request. */
const MAX_GROUPS = 20

/**
 * Returns the groups that the user belongs to, directly or through other groups, out of a list of groups.
 *
 * @param groups - Object IDs in lower case.
 * @throws IdentityError `provider_unavailable` if the groups cannot be looked up, and the access token's errors that
 *   the user or the developer must solve.
 * @see {@link https://learn.microsoft.com/graph/api/directoryobject-checkmembergroups}
 */
export async function checkMemberGroups(
  fetch: GraphFetch,
  groups: readonly string[],
): Promise<readonly string[]> {
  const found: string[] = []
  for (let at = 0; at < groups.length; at += MAX_GROUPS) {
    const groupIds = groups.slice(at, at + MAX_GROUPS)
    const matches = await requestMatches(fetch, groupIds)
    found.push(...groupIds.filter((id) => matches.has(id)))
  }
  return found
}

async function requestMatches(
  fetch: GraphFetch,
  groupIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const request = {
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/json' },
    body: JSON.stringify({ groupIds }),
  }
  const { response, body } = await askGraph(
    () => fetch('/me/checkMemberGroups', request),
    'look up',
    ({ code }) => PASSED_ON.has(code),
  )
  const value = (body as { readonly value?: unknown } | null | undefined)?.value
  if (response.ok && Array.isArray(value)) {
    return new Set(value.filter((id) => typeof id === 'string').map((id) => id.toLowerCase()))
  }
  throw new IdentityError(
    'provider_unavailable',
    `Microsoft Graph did not look up the user's groups: ${response.status}${response.ok ? ' without a list' : ''}.`,
    {
      retryAfterSeconds: retryAfterSeconds(response.headers),
      hint:
        response.status === 403
          ? `Grant the delegated permission ${GRAPH_SCOPE} of Microsoft Graph to the app registration.`
          : undefined,
    },
  )
}

/**
 * Sends a request to Microsoft Graph, and reads the response, whose body is `undefined` if it is not JSON.
 *
 * @param purpose - The request's purpose for messages, such as `list`.
 * @param passesOn - Returns whether an access token's error is passed on.
 * @throws IdentityError `provider_unavailable` without a response, and the errors that are passed on.
 */
export async function askGraph(
  send: () => Promise<Response>,
  purpose: string,
  passesOn: (error: IdentityError) => boolean,
): Promise<{ readonly response: Response; readonly body: unknown }> {
  try {
    const response = await send()
    return { response, body: await response.json().catch(() => undefined) }
  } catch (cause) {
    if (IdentityError.is(cause) && passesOn(cause)) throw cause
    throw new IdentityError(
      'provider_unavailable',
      `Microsoft Graph could not be reached to ${purpose} the user's groups.`,
      { cause, retryAfterSeconds: 5 },
    )
  }
}

// The user or the developer must solve these, but the access token's other errors are treated like Microsoft Graph's.
const PASSED_ON: ReadonlySet<string> = new Set([
  'interaction_required',
  'login_required',
  'refresh_required',
  'configuration',
])
