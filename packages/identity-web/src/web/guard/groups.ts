// `hasRole`, `hasGroup` and `getGroups`.
import { isObject, own } from '../../own.ts'
import { isGuid, retryAfterSeconds } from '../../authority/index.ts'
import { configurationError, IdentityError } from '../../errors.ts'
import { hasGroupsOverage, askGraph } from '../../client/group-lookup.ts'
import { fetchWithoutToken, type TokenContext } from './context.ts'

/** A context with claims, as every guard of `Auth` and `ApiAuth` passes it to its handler. @public */
export interface ClaimsContext {
  /** The claims from an ID token or an access token. */
  readonly claims: Readonly<Record<string, unknown>>
}

/** A guard's context, which has `fetch` if the guard has scopes. @public */
export type GroupsContext = ClaimsContext & Partial<Pick<TokenContext<unknown>, 'fetch'>>

/**
 * The options of {@link getGroups}.
 *
 * @example The cloud of the US Department of Defense
 * ```ts
 * const groups = await getGroups(context, { graph: 'https://dod-graph.microsoft.us' })
 * ```
 * @public
 */
export interface GroupsOptions {
  /**
   * The URL of Microsoft Graph, if it is not in your authority's cloud. If your application also calls Microsoft Graph
   * in other places, set the option `apis` instead.
   *
   * @defaultValue the Microsoft Graph in the authority's cloud, or in the option `apis`
   * @example await getGroups(context, { graph: 'https://dod-graph.microsoft.us' })
   */
  readonly graph?: string | undefined
}

const MAX_PAGES = 100

/**
 * Checks whether the user has at least one of the given app roles.
 *
 * It does not throw.
 *
 * @param context - The handler's context.
 * @param roles - The values of the app roles, as in the app registration. They are case-sensitive.
 * @returns `false` if the user does not have any of the roles, or if you pass no role.
 *
 * @example Editors and administrators
 * ```ts
 * app.delete(
 *   '/posts/:id',
 *   auth.loginRequired((req, res, context) => {
 *     if (!hasRole(context, 'Posts.Edit', 'Admin')) return void res.sendStatus(403)
 *     remove(req.params.id)
 *     res.sendStatus(204)
 *   }),
 * )
 * ```
 * @see {@link https://learn.microsoft.com/entra/identity-platform/howto-add-app-roles-in-apps}
 * @public
 */
export function hasRole({ claims }: ClaimsContext, ...roles: readonly string[]): boolean {
  const given = toStrings(own(claims, 'roles'))
  return roles.some((role) => given.includes(role))
}

/**
 * Checks whether the user belongs to a group, by the claim `groups` of the ID token.
 *
 * If the user has too many groups for a token, this function throws. It does not return `false`, because `false` could
 * lock out users who are in the group. Use {@link getGroups} for such users.
 *
 * @param context - The handler's context.
 * @param id - The group's object ID, which is not case-sensitive.
 * @returns `true` if the user belongs to the group. It is also `false` if the app registration does not add the claim
 *   `groups`.
 * @throws IdentityError `configuration` if the user has too many groups for the token.
 *
 * @example
 * ```ts
 * if (hasGroup(context, '5f1a3b2c-0000-4000-8000-0000000000aa')) showStaffPages()
 * ```
 * @see {@link https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference#groups-overage-claim}
 * @public
 */
export function hasGroup({ claims }: ClaimsContext, id: string): boolean {
  if (hasGroupsOverage(claims)) {
    throw configurationError(
      'The user has more groups than a token can contain, so hasGroup() cannot know all groups of the user. Use getGroups(context), because it asks Microsoft Graph. You can also replace groups with app roles, and use hasRole().',
    )
  }
  const groupId = id.toLowerCase()
  return toStrings(own(claims, 'groups')).some((group) => group.toLowerCase() === groupId)
}

/**
 * Returns the IDs of all groups that the user belongs to.
 *
 * The IDs come from the token, unless the user has too many groups for it. In that case, they come from Microsoft
 * Graph, which also returns groups that contain one of the user's groups. The token can contain a URL for groups, but
 * this function does not call it, because the API no longer exists.
 *
 * @param context - The context of a handler whose guard has `scopes: ['User.Read']`, so that Microsoft Graph can be
 *   called.
 * @param options - The URL of Microsoft Graph, if it is not in the authority's cloud.
 * @returns The object IDs, in any order, or an empty list if the app registration does not add the claim `groups`.
 * @throws IdentityError `configuration` if Microsoft Graph is needed and the guard has no scopes. `provider_error` if
 *   Microsoft Graph rejects the request. `provider_unavailable` if it does not respond. `invalid_response` if its
 *   response is not valid.
 *
 * @example
 * ```ts
 * app.get(
 *   '/staff',
 *   auth.loginRequired({ scopes: ['User.Read'] }, async (req, res, context) => {
 *     const groups = await getGroups(context)
 *     res.json({ staff: groups.includes('5f1a3b2c-0000-4000-8000-0000000000aa') })
 *   }),
 * )
 * ```
 * @see {@link https://learn.microsoft.com/graph/api/directoryobject-getmemberobjects}
 * @public
 */
export async function getGroups(
  context: GroupsContext,
  options: GroupsOptions = {},
): Promise<readonly string[]> {
  const { claims, fetch } = context
  if (!hasGroupsOverage(claims)) return toStrings(own(claims, 'groups'))
  if (fetch === undefined || fetch === fetchWithoutToken) {
    throw configurationError(
      "The user has more groups than a token can contain, and getGroups() needs an access token to ask Microsoft Graph. Add scopes: ['User.Read'] to the route. To get the names of the groups, also add GroupMember.Read.All.",
    )
  }
  const groups = new Set<string>()
  let url: URL | string | undefined = memberObjectsUrl(claims, options.graph)
  for (let page = 0; url !== undefined; page++) {
    if (page === MAX_PAGES) throw invalidList(`has more than ${MAX_PAGES} pages`)
    const received = await fetchPage(fetch, url, page === 0)
    for (const id of idsOf(received.page)) groups.add(id)
    url = nextUrl(received.page, received.origin)
  }
  return [...groups]
}

/** Returns the URL of the list, or its path in the Microsoft Graph that `context.fetch` knows. */
function memberObjectsUrl(
  { oid }: ClaimsContext['claims'],
  graph: string | undefined,
): URL | string {
  if (!isGuid(oid)) {
    throw configurationError(
      'getGroups() needs the claim oid, but the ID token does not have it. At Entra ID, request the scope profile.',
    )
  }
  const path = `users/${oid}/getMemberObjects`
  if (graph === undefined) return `/${path}`
  if (!URL.canParse(graph)) {
    throw configurationError(
      'getGroups(context, { graph }) must be a URL, for example https://graph.microsoft.us. If you omit the option graph, identity-web calls Microsoft Graph of your cloud.',
    )
  }
  return new URL(`v1.0/${path}`, graph.endsWith('/') ? graph : `${graph}/`)
}

type Page = Readonly<Record<string, unknown>>

/** A page, and the origin of its URL. The origin is `undefined` if the response does not have a URL. */
interface ReceivedPage {
  readonly page: Page
  readonly origin: string | undefined
}

async function fetchPage(
  fetch: TokenContext['fetch'],
  url: URL | string,
  isFirst: boolean,
): Promise<ReceivedPage> {
  const headers = { accept: 'application/json' }
  const first = {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: '{"securityEnabledOnly":false}',
  }
  const send = (): Promise<Response> => fetch(url, isFirst ? first : { headers })
  const { response, body } = await askGraph(send, 'list', () => true)
  if (!response.ok) throw graphError(response, body)
  if (isObject(body)) {
    return {
      page: body,
      origin: URL.canParse(response.url) ? new URL(response.url).origin : undefined,
    }
  }
  throw invalidList('is not a JSON object')
}

// The message of Microsoft Graph may contain parts of the request, so only its code is used.
function graphError({ status, headers }: Response, body: unknown): IdentityError {
  const inner = isObject(body) ? body['error'] : undefined
  const given = isObject(inner) ? inner['code'] : undefined
  const oauthError = typeof given === 'string' && /^[\w.-]{1,60}$/.test(given) ? given : undefined
  const message = `Microsoft Graph did not list the user's groups: ${status}${oauthError === undefined ? '' : ` ${oauthError}`}.`
  if (status !== 429 && status < 500)
    return new IdentityError('provider_error', message, { oauthError, hint: GRAPH_HINT })
  return new IdentityError('provider_unavailable', message, {
    oauthError,
    retryAfterSeconds: retryAfterSeconds(headers),
  })
}

const GRAPH_HINT =
  "Check that the scopes of the route belong to Microsoft Graph, for example scopes: ['User.Read']."

function idsOf({ value }: Page): string[] {
  if (!Array.isArray(value)) throw invalidList('does not contain a list')
  return toStrings(value)
}

// The access token is sent with this request, so the URL must be that of Microsoft Graph. `context.fetch` rejects another
// origin too, but it cannot say that the response is wrong.
function nextUrl(page: Page, origin: string | undefined): URL | undefined {
  const link = page['@odata.nextLink']
  if (link === undefined || link === null) return undefined
  if (typeof link === 'string' && URL.canParse(link)) {
    const url = new URL(link)
    if (url.origin === (origin ?? url.origin)) return url
  }
  throw invalidList('contains a link to its next page at another origin')
}

function invalidList(what: string): IdentityError {
  return new IdentityError(
    'invalid_response',
    `Microsoft Graph's response for the user's groups ${what}.`,
  )
}

function toStrings(claim: unknown): string[] {
  return Array.isArray(claim) ? claim.filter((item) => typeof item === 'string') : []
}
