// Groups that the ID token does not contain.
import type { ResourceScopes } from '../../client/index.ts'
import { IdentityError } from '../../errors.ts'
import type { HttpContext } from '../../http-context.ts'
import { own } from '../../own.ts'
import type { RequestSession, Session } from '../../session/index.ts'
import {
  GRAPH_SCOPE,
  checkMemberGroups,
  tooManyGroups,
  type GraphFetch,
} from '../../client/group-lookup.ts'
import type { NamesRule } from '../../options/requirements.ts'
import { recordStepUp } from '../sign-in/step-up.ts'
import { bringUpToDate } from './authenticate.ts'
import { callDownstream } from './downstream.ts'
import { canStore } from './read-only.ts'
import { storeChange } from './session-tokens.ts'
import type { GuardServices } from './services.ts'

/** A request of a user whose ID token cannot contain their groups. */
interface GroupsRequest {
  readonly http: HttpContext
  readonly current: RequestSession
}

/** The groups of the user among the groups of all routes, and the session that contains the result. */
interface LookedUp {
  readonly found: readonly string[]
  readonly changed: RequestSession
}

const GRAPH: ResourceScopes = { resource: '', names: [GRAPH_SCOPE], scopes: [GRAPH_SCOPE] }

// For requests that cannot store a session. The cookie strategy returns the same object for the same cookie.
const notStored = new WeakMap<Session, NonNullable<Session['memberships']>>()

/**
 * Returns the groups of the user, from the session or from Microsoft Graph. The result stays in the session until its ID
 * token is refreshed.
 *
 * @throws IdentityError `provider_unavailable` if the groups cannot be looked up. `interaction_required` if the user must
 *   consent first.
 */
export async function lookUpGroups(
  services: GuardServices,
  { http, current }: GroupsRequest,
  { names }: NamesRule,
): Promise<LookedUp> {
  const known = own(current.session, 'memberships') ?? notStored.get(current.session)
  if (known !== undefined && names.every((name) => own(known, name) !== undefined)) {
    return { found: names.filter((name) => own(known, name) === true), changed: current }
  }
  const { authority } = services.provider.client.issuing
  if (authority.kind !== 'entra') throw tooManyGroups('ID token', 'loginRequired')
  // Other processes may have named other groups, so those of the session are looked up again too.
  const asked = [...new Set([...Object.keys(known ?? {}), ...services.provider.namedGroups])]
  const graph = createGraphFetch(services, { http, current })
  const found = new Set(await checkMemberGroups(graph.fetch, asked))
  const memberships = Object.fromEntries(asked.map((name) => [name, found.has(name)]))
  const { cookieHeader, session } = graph.current()
  const changed = { cookieHeader, session: { ...session, memberships } }
  if (canStore(services.sessions, http)) {
    await storeChange(services, http, { current: changed, tokens: undefined })
  } else {
    notStored.set(current.session, memberships)
  }
  return { found: names.filter((name) => found.has(name)), changed }
}

/**
 * Creates the function that sends requests to Microsoft Graph with the user's token. The function gets the token only
 * once.
 */
function createGraphFetch(
  services: GuardServices,
  { http, current }: GroupsRequest,
): { readonly fetch: GraphFetch; current(): RequestSession } {
  let latest = current
  let call: GraphFetch | undefined

  async function start(): Promise<GraphFetch> {
    const result = await bringUpToDate(services, { http, current, requested: GRAPH })
    latest = result.current
    const { interactionRequired, token } = result
    if (token === undefined) {
      throw recordStepUp(
        interactionRequired ?? new IdentityError('interaction_required', 'No token was issued.'),
        GRAPH,
      )
    }
    const calls = { services, http, current: latest, requested: GRAPH, token }
    return (path, init) => callDownstream(calls, path, init)
  }

  return {
    current: () => latest,
    async fetch(path, init) {
      call ??= await start()
      return call(path, init)
    },
  }
}
