import { randomUUID } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import type { CommandContext } from '../../command/command.js'
import { UsageError } from '../../command/usage-error.js'
import { addSecret } from '../../credentials/secrets.js'
import type { Application } from '../../graph/application.js'
import { findApplication, pathOf } from '../../graph/applications.js'
import type { GraphClient } from '../../graph/graph-client.js'
import { GraphError } from '../../graph/graph-error.js'
import { createFromWish } from '../../registration/apply-plan.js'
import { EMPTY, makePlan } from '../../registration/plan.js'
import { EMPTY_WISH, type Wish } from '../../registration/wish.js'
import { explainError } from '../doctor/explain-error.js'
import { fail, type Check } from './check.js'
import { replaceFile } from '../../command/replace-file.js'
import { parse } from './token-recorder.js'

/** An app registration of this command. While Graph creates it, only its tag is known. */
export interface Registration {
  /** The object ID. */
  readonly id?: string
  readonly appId?: string
  /** Only a registration with this tag is deleted. */
  readonly tag: string
}

/** An app registration and its secret. */
interface CreatedApp extends Required<Registration> {
  readonly secret: string
  readonly hasLogoutUrl: boolean
}

const TAG = /^identity-web-verify:[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/
const nameOf = (tag: string): string => `identity-web verify ${tag.slice(20, 28)}`
const SECRET_DAYS = 1
/** The scopes of the API. They allow nothing, because only this command accepts them. */
export const SCOPES = ['Verify.Read', 'Verify.More'] as const

/** The file that names the app registration of a run, from its creation until it is deleted. */
export const APP_FILE = '.identity-verify.json'

/**
 * Creates an app registration with a secret, which stays in memory.
 *
 * @throws UsageError unless the person writes "yes".
 */
export async function createApp(
  client: GraphClient,
  redirectUri: URL,
  { file, context }: { readonly file: string; readonly context: CommandContext },
): Promise<CreatedApp> {
  const tag = `identity-web-verify:${randomUUID()}`
  const name = nameOf(tag)
  const wish = toWish(redirectUri, name, tag)
  const { ask, output } = context
  const { changes } = makePlan(EMPTY, wish, { appId: '<client ID>', permissions: [] })
  output.print(`The command creates "${name}", and deletes it at the end:`)
  for (const change of changes) output.print(`  ${change}`)
  output.print('  + front-channel logout URL')
  output.print(`  + client secret for ${SECRET_DAYS} day, which stays in memory`)
  if (ask === undefined)
    throw new UsageError(
      'The standard input is not a terminal, so the app registration was not created.',
    )
  const answer = await ask('Create it? (yes/no) ')
  if (!/^y(es)?$/i.test(answer.trim()))
    throw new UsageError('The app registration was not created, because you did not write "yes".')
  // A folder without write access must stop the run before it changes something at Graph.
  await replaceFile(file, { tag } satisfies Registration)
  const { app } = await createFromWish(client, wish, {
    permissions: [],
    ifUnclear: `Microsoft Graph may have created the app registration "${name}". Look for it in the Microsoft Entra admin center, and delete it there.`,
    onCreated: ({ id, appId }) => replaceFile(file, { id, appId, tag } satisfies Registration),
  })
  const logoutUrl = new URL('front-channel-logout', redirectUri)
  const body = { web: { logoutUrl } }
  const logout = client.send('PATCH', pathOf(app.appId), { body, isNew: true })
  // Entra ID may accept only https here.
  const hasLogoutUrl = await logout.then(
    () => true,
    (error: unknown) => !isStatus(error, 400),
  )
  const { secret } = await addSecret(client, app.appId, SECRET_DAYS)
  return { id: app.id, appId: app.appId, tag, secret, hasLogoutUrl }
}

/**
 * Deletes the app registration that a file names.
 *
 * @param isNew - `true` if this run has created it.
 * @throws UsageError if `createApp` did not make it.
 */
export async function deleteApp(client: GraphClient, file: string, isNew = false): Promise<void> {
  const { id, appId, tag } = parse(await readFile(file, 'utf8')) as Partial<Registration>
  if (typeof tag !== 'string')
    throw new UsageError(
      '.identity-verify.json does not name an app registration. In the Microsoft Entra admin center, delete the one whose name starts with "identity-web verify". Then delete the file.',
    )
  const found = await (id === undefined
    ? findApplication(client, nameOf(tag))
    : client
        .get<Application>(`/applications/${encodeURIComponent(id)}`, { isNew })
        .catch((error: unknown) => void isStatus(error, 404)))
  // Graph did not create it.
  if (found === undefined && id === undefined && isNew) return rm(file)
  if (found === undefined)
    throw new UsageError(
      'The tenant of the token does not have the app registration that .identity-verify.json names. Sign in to its tenant, for example with "az login --tenant <tenant>". If you deleted the registration, delete the file.',
    )
  const isOwn = TAG.test(tag) && found.tags?.includes(tag) === true
  if (!isOwn || found.id !== (id ?? found.id) || found.appId !== (appId ?? found.appId))
    throw new UsageError(
      `The app registration "${found.displayName}" does not have the ID and the tag that .identity-verify.json names, so the command does not delete it. Look at it in the Microsoft Entra admin center, and delete it there if it belongs to verify. Then delete the file.`,
    )
  const deleted = client.send('DELETE', `/applications/${found.id}`, { isNew })
  // Graph may have deleted it although its first response was an error.
  await deleted.catch((error: unknown) => isStatus(error, 404))
  await rm(file)
}

/** The check that only a run with its own app registration has. */
export const CLEANUP = {
  id: 'cleanup',
  statement: 'The app registration of the run can be deleted.',
} as const

/** Creates the check that deletes the app registration at the end of a run. */
export function cleanupCheck(remove: () => Promise<void>): Check {
  const run = (): Promise<void> =>
    remove().catch((error: unknown) => fail(explainError(error, REMAINS).found, REMAINS))
  return { ...CLEANUP, needs: [], run }
}

export const REMAINS =
  'The app registration still exists. Run "npx --no-install identity-web-cli verify --cleanup" with the same token options to delete it.'

/** @throws The error, if it is not a response of Graph with this status. */
function isStatus(error: unknown, status: number): true {
  if (error instanceof GraphError && error.status === status) return true
  throw error
}

/** Returns a web app and an API in one. */
function toWish({ origin, href }: URL, name: string, tag: string): Wish {
  return {
    ...EMPTY_WISH,
    kind: 'web',
    name,
    audience: undefined,
    redirectUris: [href, `${origin}/`],
    identifierUris: ['api://{appId}'],
    scopes: SCOPES.map((value) => ({ value, description: `Test ${value}` })),
    idTokenClaims: ['login_hint', 'sid'],
    accessTokenClaims: ['idtyp'],
    hasVersion2: true,
    tags: [tag],
  }
}
