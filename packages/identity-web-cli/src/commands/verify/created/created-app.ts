import { UsageError } from '../../../command/usage-error.js'
import { addSecret, removeSecret } from '../../../credentials/secrets.js'
import type { Application } from '../../../graph/application.js'
import { equals, pathOf } from '../../../graph/applications.js'
import type { GraphClient } from '../../../graph/graph-client.js'
import { GraphError } from '../../../graph/graph-error.js'

/** An app registration that this command made. */
export interface CreatedApp {
  /** The object ID. */
  readonly id: string
  readonly appId: string
  /** Identifies the tenant, as a hash. */
  readonly tenant: string
  readonly tag: string
  /** The ID of the secret, which is not the secret. `undefined` until the registration is complete. */
  readonly keyId?: string | undefined
  readonly redirectUri: string
  /** `true` if Graph accepted the front-channel logout URL. */
  readonly hasLogoutUrl: boolean
}

/** The values by which a later run finds an app registration if the response to its request does not arrive. */
export interface Intent extends Pick<CreatedApp, 'tenant' | 'tag'> {
  readonly name: string
  /** The time of the request. */
  readonly at: string
}

/** A request to Microsoft Graph, as the person sees it before it is sent. `{appId}` stands for the new client ID. */
export interface GraphCall {
  readonly method: string
  readonly path: string
  readonly body?: unknown
  readonly purpose: string
}

const SECRET_DAYS = 1
const APP = "/applications(appId='{appId}')"

/** Returns the tag of the app registrations of a run. Only an object with this tag is deleted. */
function tagOf(run: string): string {
  return `identity-web-verify:${run}`
}

const nameOf = (run: string): string => `identity-web verify ${run.slice(0, 8)}`

/** Returns the requests that create the app registration of a run, in their order. */
export function plannedCalls(run: string, redirectUri: URL): readonly GraphCall[] {
  const { origin, href } = redirectUri
  const uris = [...new Set([href, `${origin}/`])]
  return [
    {
      method: 'POST',
      path: '/applications',
      purpose: 'creates the app registration, a web app and an API in one',
      body: {
        displayName: nameOf(run),
        signInAudience: 'AzureADMyOrg',
        tags: [tagOf(run)],
        web: { redirectUris: uris },
        api: {
          requestedAccessTokenVersion: 2,
          oauth2PermissionScopes: SCOPES.map(({ value, id, text }) => ({
            id,
            value,
            type: 'User',
            isEnabled: true,
            adminConsentDisplayName: text,
            adminConsentDescription: text,
            userConsentDisplayName: text,
            userConsentDescription: text,
          })),
        },
        optionalClaims: {
          idToken: [{ name: 'login_hint' }, { name: 'sid' }],
          accessToken: [{ name: 'idtyp' }],
        },
      },
    },
    {
      method: 'POST',
      path: '/servicePrincipals',
      purpose: 'lets the app get tokens in this tenant',
      body: { appId: '{appId}' },
    },
    {
      method: 'PATCH',
      path: APP,
      purpose: 'names the API',
      body: { identifierUris: ['api://{appId}'] },
    },
    {
      method: 'PATCH',
      path: APP,
      purpose: 'registers the front-channel logout URL',
      body: { web: { logoutUrl: `${origin}/front-channel-logout` } },
    },
    {
      method: 'POST',
      path: `${APP}/addPassword`,
      purpose: `makes a client secret for ${SECRET_DAYS} day, which stays in memory`,
    },
  ]
}

/** The scopes of the API. They allow nothing, because only this command accepts them. */
export const SCOPES = [
  { value: 'Verify.Read', id: 'b0a3a1a5-8c0e-4f57-9f0c-6d0a53b1f001', text: 'Test sign-in' },
  { value: 'Verify.More', id: 'b0a3a1a5-8c0e-4f57-9f0c-6d0a53b1f002', text: 'Test consent' },
] as const

/** The registration and its secret. */
export interface WithSecret {
  readonly app: CreatedApp
  readonly secret: string
}

/** Stores what a run that is interrupted must delete. */
export interface Keeper {
  /** Stores an app registration before its request, or `undefined` if Graph rejected the request. */
  intend(intent: Intent | undefined): Promise<void>
  /** Stores the registration as soon as it exists. */
  keep(app: CreatedApp): Promise<void>
}

/** Creates the app registration. */
export async function createApp(
  graph: GraphClient,
  {
    run,
    tenant,
    redirectUri,
  }: { readonly run: string; readonly tenant: string; readonly redirectUri: URL },
  { intend, keep }: Keeper,
): Promise<WithSecret> {
  const [create, ...others] = plannedCalls(run, redirectUri)
  const { href } = redirectUri
  const tag = tagOf(run)
  await intend({ tenant, tag, name: nameOf(run), at: new Date().toISOString() })
  const { id, appId } = await sendFirst(graph, create?.body, intend)
  let app: CreatedApp = { id, appId, tenant, tag, redirectUri: href, hasLogoutUrl: false }
  await keep(app)
  await graph.get(pathOf(appId), { isNew: true })
  for (const { method, path, body } of others.slice(0, -1)) {
    const isLogoutUrl = JSON.stringify(body).includes('logoutUrl')
    const request = { body: insert(body, appId), isNew: true }
    try {
      await graph.send(method, path.replace('{appId}', appId), request)
      if (isLogoutUrl) app = { ...app, hasLogoutUrl: true }
    } catch (error) {
      // Entra ID may accept only https here. The check then says that it was skipped.
      if (!isLogoutUrl || !(error instanceof GraphError) || error.status !== 400) throw error
    }
  }
  return addNewSecret(graph, app, keep)
}

async function sendFirst(
  graph: GraphClient,
  body: unknown,
  intend: Keeper['intend'],
): Promise<Application> {
  const ifUnclear =
    'Microsoft Graph may have created the app registration. Run verify --create again, or run verify --cleanup to delete the registration.'
  try {
    return (await graph.send('POST', '/applications', {
      body,
      ifUnclear,
    })) as unknown as Application
  } catch (error) {
    // After other errors, the registration may exist.
    if (error instanceof GraphError && error.status < 500) await intend(undefined)
    throw error
  }
}

/** Makes a new secret, and removes the secret of the run that was interrupted. */
export async function addNewSecret(
  graph: GraphClient,
  app: CreatedApp,
  keep: (app: CreatedApp) => Promise<void>,
): Promise<WithSecret> {
  await readOwn(graph, app, app.keyId === undefined)
  const { secret, keyId } = await addSecret(graph, app.appId, SECRET_DAYS)
  const next = { ...app, keyId }
  await keep(next)
  if (app.keyId !== undefined) await removeSecret(graph, app.appId, app.keyId)
  return { app: next, secret }
}

/** Deletes the app registration. @returns `false` if it did not exist anymore. */
export async function deleteApp(graph: GraphClient, app: AppKeys): Promise<boolean> {
  try {
    const { id } = await readOwn(graph, app, false)
    await graph.send('DELETE', `/applications/${id}`)
    return true
  } catch (error) {
    if (error instanceof GraphError && error.status === 404) return false
    throw error
  }
}

/**
 * Finds the app registrations of a request without a response by their tag, and deletes them.
 *
 * @param except - The object ID of a registration that stays.
 * @returns `false` if Graph does not list one.
 */
export async function deleteIntended(
  graph: GraphClient,
  { name, tag }: Intent,
  except?: string,
): Promise<boolean> {
  const filter = encodeURIComponent(equals('displayName', name))
  const found = await graph.list<Application>(`/applications?$filter=${filter}`)
  const own = found.filter(({ id, tags }) => id !== except && tags?.includes(tag) === true)
  for (const { id, appId } of own) await deleteApp(graph, { id, appId, tag })
  return own.length > 0
}

/** The values that must be those of the run before a registration is changed or deleted. */
type AppKeys = Pick<CreatedApp, 'id' | 'appId' | 'tag'>

/**
 * Reads an app registration, and compares it with the one that this command made.
 *
 * @throws UsageError if it is another one.
 */
async function readOwn(
  graph: GraphClient,
  { id, appId, tag }: AppKeys,
  isNew: boolean,
): Promise<Application> {
  const found = await graph.get<Application>(`/applications/${encodeURIComponent(id)}`, {
    isNew,
  })
  const isOwn = found.id === id && found.appId === appId && found.tags?.includes(tag) === true
  if (isOwn && /^identity-web-verify:[\da-f-]{36}$/.test(tag)) return found
  throw new UsageError(
    `The app registration "${found.displayName}" does not have the ID and the tag of this run, so the command does not change or delete it. Look at it in the Microsoft Entra admin center, and delete it there if it belongs to verify.`,
  )
}

function insert(body: unknown, appId: string): unknown {
  return JSON.parse(JSON.stringify(body).replaceAll('{appId}', appId))
}
