import type { Application } from '../graph/application.js'
import { pathOf, readApplication } from '../graph/applications.js'
import type { GraphClient, RequestSettings } from '../graph/graph-client.js'
import { GraphError } from '../graph/graph-error.js'
import { EMPTY, makePlan, type Body, type Plan, type PlanContext } from './plan.js'
import type { Wish } from './wish.js'

/** An app registration after the requests of a plan. */
export interface AppliedWish {
  readonly plan: Plan
  readonly app: Application
}

/** Creates an app registration. @param onCreated - Gets the registration as soon as it exists, before it is complete. */
export async function createFromWish(
  graph: GraphClient,
  wish: Wish,
  {
    permissions,
    ifUnclear,
    onCreated,
  }: Pick<PlanContext, 'permissions'> &
    Pick<RequestSettings, 'ifUnclear'> & {
      readonly onCreated?: (app: Application) => Promise<void>
    },
): Promise<AppliedWish> {
  const { version, main = {} } = makePlan(EMPTY, wish, { appId: '', permissions })
  // An Application ID URI can contain the client ID, which is not known yet.
  const { identifierUris: _uris, ...body } = main
  const created = (await graph.send('POST', '/applications', {
    body: { ...body, ...mergeApi(version, main) },
    ...(ifUnclear !== undefined && { ifUnclear }),
  })) as unknown as Application
  await onCreated?.(created)
  // Graph reads the new object from a server that may not have it yet.
  const app = await graph.get<Application>(pathOf(created.appId), { isNew: true })
  // Before the plan, because the next run does not create it if Graph rejects a part of the plan.
  await createPrincipal(graph, app.appId)
  const plan = makePlan(app, wish, { appId: app.appId, permissions })
  await sendPlan(graph, app.appId, plan)
  const whole = makePlan(EMPTY, wish, { appId: app.appId, permissions })
  return { plan: whole, app: await readApplication(graph, app.appId) }
}

/** Changes an app registration. @param hasPrincipal - `true` if the app registration has a service principal. */
export async function changeToWish(
  graph: GraphClient,
  app: Application,
  { plan, hasPrincipal }: { readonly plan: Plan; readonly hasPrincipal: boolean },
): Promise<AppliedWish> {
  if (!hasPrincipal) await createPrincipal(graph, app.appId)
  await sendPlan(graph, app.appId, plan)
  return { plan, app: plan.changes.length === 0 ? app : await readApplication(graph, app.appId) }
}

async function sendPlan(
  graph: GraphClient,
  appId: string,
  { version, main, clients }: Plan,
): Promise<void> {
  for (const body of [version, main, clients]) {
    if (body !== undefined) await graph.send('PATCH', pathOf(appId), { body, isNew: true })
  }
}

/**
 * Returns whether an app registration has a service principal, without which it does not get tokens in its tenant. A run that was
 * interrupted can leave an app without it.
 */
export async function findPrincipal(graph: GraphClient, appId: string): Promise<boolean> {
  try {
    await graph.get(`/servicePrincipals(appId='${appId}')?$select=id`)
    return true
  } catch (error) {
    if (error instanceof GraphError && error.status === 404) return false
    throw error
  }
}

async function createPrincipal(graph: GraphClient, appId: string): Promise<void> {
  await graph.send('POST', '/servicePrincipals', { body: { appId }, isNew: true })
}

function mergeApi(version: Body | undefined, main: Body): Body {
  if (version === undefined) return {}
  return { api: { ...(main.api as object | undefined), ...(version.api as object) } }
}
