import { isGuid } from '../../authority/index.ts'
import { IdentityError, isIdentityError } from '../../errors.ts'
import type { TokenContext } from './context.ts'

/** Whoever has claims: the context of any guard, of a web app or of a web API. @public */
export interface ClaimsContext {
  /** Those of an ID token or of an access token. */
  readonly claims: Readonly<Record<string, unknown>>
}

/** The context of a guard; with `fetch`, where the guard has scopes. @public */
export type GroupsContext = ClaimsContext & Partial<Pick<TokenContext<unknown>, 'fetch'>>

/**
 * Where {@link getGroups} asks.
 *
 * @example The US Government cloud
 * ```ts
 * const groups = await getGroups(context, { graph: 'https://graph.microsoft.us' })
 * ```
 * @public
 */
export interface GroupsOptions {
  /** Microsoft Graph of the cloud. @defaultValue `'https://graph.microsoft.com'` */
  readonly graph?: string | undefined
}

const MICROSOFT_GRAPH = 'https://graph.microsoft.com'
const MAX_PAGES = 100

/**
 * Tells whether the user has an app role, or one of several.
 *
 * Role names count as they are written in the app registration (App roles), with their case.
 *
 * @param context - What the guard gave to the handler.
 * @param roles - The values of the roles, any of which is enough.
 * @returns `false` for a user without roles, and when no role is asked for.
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
  const given = toStrings(claims['roles'])
  return roles.some((role) => given.includes(role))
}

/**
 * Tells whether the user belongs to a group, by the `groups` of the ID token.
 *
 * A user of very many groups has none in the token: that is an error here and not a `false`, since it would shut out
 * those who may enter. {@link getGroups} knows the groups of everybody.
 *
 * @param context - What the guard gave to the handler.
 * @param id - The group's object id; its case doesn't matter.
 * @returns `false` also where the registration emits no groups.
 * @throws {@link IdentityError} `configuration` when the token leaves the groups out because they are too many.
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
    throw new IdentityError(
      'configuration',
      'The user has more groups than a token can hold, so that hasGroup() cannot tell. Use getGroups(context), which asks Microsoft Graph, or app roles with hasRole().',
    )
  }
  const wanted = id.toLowerCase()
  return toStrings(claims['groups']).some((group) => group.toLowerCase() === wanted)
}

/**
 * Tells whether the user has more groups than a token can hold (200 at Entra ID), so that it names none.
 *
 * @param claims - The claims of the ID token.
 * @returns `true` where {@link getGroups} has to ask Microsoft Graph.
 *
 * @example
 * ```ts
 * const groups = hasGroupsOverage(context.claims) ? await getGroups(context) : context.claims.groups
 * ```
 * @public
 */
export function hasGroupsOverage(claims: ClaimsContext['claims']): boolean {
  const names: unknown = claims['_claim_names']
  if (typeof names === 'object' && names !== null && Object.hasOwn(names, 'groups')) return true
  return claims['hasgroups'] === true || claims['hasgroups'] === 'true'
}

/**
 * Gets the ids of all groups of the user: those in the token, or, where they are too many for it, those that Microsoft
 * Graph names, groups within groups included.
 *
 * The address that such a token gives for its groups is never called: it is that of an API which is gone.
 *
 * @param context - Of a guard with `scopes: ['User.Read']`, so that Microsoft Graph can be asked.
 * @param options - Where Microsoft Graph is, in other clouds than the public one.
 * @returns The object ids, in no order; none where the registration emits no groups.
 * @throws {@link IdentityError} `configuration` when Microsoft Graph is needed and the guard has no scopes;
 *   `provider_error` when it refuses; `provider_unavailable` when it cannot answer now; `invalid_response` when its
 *   answer makes no sense.
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
  if (!hasGroupsOverage(claims)) return toStrings(claims['groups'])
  if (fetch === undefined) {
    throw new IdentityError(
      'configuration',
      "The user has more groups than a token can hold, and without an access token Microsoft Graph cannot be asked for them. Add scopes: ['User.Read'] to the route (GroupMember.Read.All where names are needed too).",
    )
  }
  const groups = new Set<string>()
  const first = memberObjectsUrl(claims, options.graph ?? MICROSOFT_GRAPH)
  let url: URL | undefined = first
  for (let page = 0; url !== undefined; page++) {
    if (page === MAX_PAGES) throw senseless(`has more than ${MAX_PAGES} pages`)
    const answer = await fetchPage(fetch, url, url === first)
    for (const id of idsOf(answer)) groups.add(id)
    url = nextUrl(answer, first)
  }
  return [...groups]
}

function memberObjectsUrl({ oid }: ClaimsContext['claims'], graph: string): URL {
  if (!isGuid(oid)) {
    throw new IdentityError(
      'configuration',
      'Groups are looked up by the claim oid, which the ID token lacks. At Entra ID it comes with the scope profile.',
    )
  }
  if (!URL.canParse(graph)) {
    throw new IdentityError(
      'configuration',
      'getGroups() was given a graph that is no URL. Leave it out, or write for example https://graph.microsoft.us.',
    )
  }
  return new URL(`v1.0/users/${oid}/getMemberObjects`, graph.endsWith('/') ? graph : `${graph}/`)
}

type Page = Readonly<Record<string, unknown>>

async function fetchPage(fetch: TokenContext['fetch'], url: URL, isFirst: boolean): Promise<Page> {
  const headers = { accept: 'application/json' }
  const first = {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: '{"securityEnabledOnly":false}',
  }
  let answer: Response
  let body: unknown
  try {
    answer = await fetch(url, isFirst ? first : { headers })
    body = await answer.json().catch(() => undefined)
  } catch (cause) {
    if (isIdentityError(cause)) throw cause
    throw new IdentityError(
      'provider_unavailable',
      "Microsoft Graph could not be reached for the user's groups.",
      { cause, retryAfter: 5 },
    )
  }
  if (!answer.ok) throw refusal(answer, body)
  if (isPage(body)) return body
  throw senseless('is no JSON object')
}

// Graph's message may quote what was sent; its code says enough.
function refusal({ status, headers }: Response, body: unknown): IdentityError {
  const inner = isPage(body) ? body['error'] : undefined
  const given = isPage(inner) ? inner['code'] : undefined
  const error = typeof given === 'string' && /^[\w.-]{1,60}$/.test(given) ? given : undefined
  const message = `Microsoft Graph refused to list the user's groups: ${status}${error === undefined ? '' : ` ${error}`}.`
  if (status !== 429 && status < 500) return new IdentityError('provider_error', message, { error })
  const seconds = /^\d{1,4}$/.exec(headers.get('retry-after') ?? '')?.[0] ?? '5'
  return new IdentityError('provider_unavailable', message, { error, retryAfter: Number(seconds) })
}

function idsOf({ value }: Page): string[] {
  if (!Array.isArray(value)) throw senseless('has no list')
  return toStrings(value)
}

// The access token goes with it: to Microsoft Graph and nowhere else.
function nextUrl(page: Page, { origin }: URL): URL | undefined {
  const link = page['@odata.nextLink']
  if (link === undefined || link === null) return undefined
  if (typeof link === 'string' && URL.canParse(link)) {
    const url = new URL(link)
    if (url.origin === origin) return url
  }
  throw senseless('goes on at another address')
}

function senseless(what: string): IdentityError {
  return new IdentityError(
    'invalid_response',
    `Microsoft Graph's list of the user's groups ${what}.`,
  )
}

function toStrings(claim: unknown): string[] {
  return Array.isArray(claim) ? claim.filter((item) => typeof item === 'string') : []
}

function isPage(value: unknown): value is Page {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
