import { createHash } from 'node:crypto'
import type { CommandContext } from '../../../command/command.js'
import { UsageError } from '../../../command/usage-error.js'
import { readAccessToken } from '../../../graph/access-token.js'
import { GraphClient } from '../../../graph/graph-client.js'
import { GraphError } from '../../../graph/graph-error.js'
import { toGraphPlace, type GraphPlace } from '../../../graph/graph-url.js'
import { explainError } from '../../doctor/explain-error.js'
import type { Step } from '../check.js'
import type { HiddenIds } from '../hidden-ids.js'
import type { VerifyValues } from '../options.js'
import { failed, passed } from '../outcome.js'
import type { State, StateFile } from '../state-file.js'
import {
  addNewSecret,
  createApp,
  deleteApp,
  deleteIntended,
  plannedCalls,
  type CreatedApp,
  type Keeper,
  type WithSecret,
} from './created-app.js'

/** Microsoft Graph with the token of the person. */
export interface OpenGraph {
  readonly client: GraphClient
  readonly place: GraphPlace
  readonly tenantId: string
}

/** Gets a token of Microsoft Graph, as `register` does. */
export async function openGraph(values: VerifyValues, context: CommandContext): Promise<OpenGraph> {
  if (!values['azure-cli'] && values['token-file'] === undefined)
    throw new UsageError(
      'The app registration needs a token of Microsoft Graph. Run "az login" and add --azure-cli, or add --token-file <file>.',
    )
  const place = toGraphPlace(values.graph)
  const { token, tenantId } = await readAccessToken(values['token-file'], context)
  return { client: new GraphClient(place.base, token), place, tenantId }
}

/**
 * Creates the app registration after the person agreed, or gets a new secret for the one of the run that stopped.
 *
 * @returns The registration, and the state of the run with it.
 */
export async function prepareApp(
  graph: OpenGraph,
  before: State,
  {
    values,
    context,
    file,
    ids,
  }: {
    readonly values: VerifyValues
    readonly context: CommandContext
    readonly file: StateFile
    readonly ids: HiddenIds
  },
): Promise<{ readonly app: WithSecret; readonly state: State }> {
  ids.add(graph.tenantId)
  const { created: old, intent } = before
  for (const one of [old, intent]) if (one !== undefined) assertTenant(graph, one)
  const created = old?.keyId === undefined ? undefined : old
  // Without its service principal, users cannot sign in.
  if (old !== undefined && created === undefined) await deleteApp(graph.client, old)
  const isFound = intent !== undefined && (await deleteIntended(graph.client, intent, created?.id))
  // A list of Graph can miss a new registration for some minutes, so the end of the run looks again.
  const state: State = { ...before, created, intent: isFound ? undefined : intent }
  const keeper: Keeper = {
    keep: (app) => file.write({ ...state, created: app }),
    intend: (next) =>
      (next ?? state.intent) === undefined
        ? file.remove()
        : file.write({ ...state, intent: next ?? state.intent }),
  }
  const redirectUri = redirectUriOf(values, state)
  const app = created
    ? await addNewSecret(graph.client, created, keeper.keep).catch(explainMissing)
    : await createAfterConsent(graph, state.run, { redirectUri, keeper, values, context })
  context.output.hide(app.secret)
  for (const id of [app.app.id, app.app.appId, app.app.keyId]) ids.add(id)
  return { app, state: { ...state, created: app.app } }
}

function explainMissing(error: unknown): never {
  if (error instanceof GraphError && error.status === 404)
    throw new UsageError(
      'The app registration of the run that stopped does not exist anymore. Run verify --cleanup, and then verify --create again.',
    )
  throw error
}

async function createAfterConsent(
  graph: OpenGraph,
  run: string,
  {
    redirectUri,
    keeper,
    values,
    context,
  }: {
    readonly redirectUri: URL
    readonly keeper: Keeper
    readonly values: VerifyValues
    readonly context: CommandContext
  },
): Promise<WithSecret> {
  const { ask, output } = context
  output.print(`These requests go to ${new URL(graph.place.base).origin}, with your token:`)
  for (const { method, path, purpose, body } of plannedCalls(run, redirectUri)) {
    output.print(`  ${method} ${path} ${purpose}`)
    if (body !== undefined) output.print(`    ${JSON.stringify(body)}`)
  }
  output.print('  DELETE /applications/{id} deletes the app registration at the end of the run')
  if (!values.yes) {
    if (ask === undefined)
      throw new UsageError(
        'The standard input is not a terminal. Add --yes to send these requests.',
      )
    const answer = await ask('Send these requests? (yes/no) ')
    if (!/^y(es)?$/i.test(answer.trim()))
      throw new UsageError('No request was sent, because you did not write "yes".')
  }
  return createApp(graph.client, { run, tenant: hashOf(graph.tenantId), redirectUri }, keeper)
}

/**
 * Returns the redirect URI of the registration that the run continues with, or of the one that it creates.
 *
 * @throws UsageError for another host than localhost, for which Entra ID requires https.
 */
export function redirectUriOf(values: VerifyValues, { created }: State): URL {
  if (created?.keyId !== undefined) return new URL(created.redirectUri)
  const value = values['redirect-uri']
  const url = URL.canParse(value) ? new URL(value) : undefined
  if (url?.protocol === 'http:' && url.hostname === 'localhost') return url
  throw new UsageError(
    `--redirect-uri is '${value}'. Set it to a URL with http://localhost, for example http://localhost:3000/redirect.`,
  )
}

/** Deletes the app registrations of a run. @returns `false` if Graph did not find one. */
export async function cleanUp(
  graph: OpenGraph,
  { created, intent }: Pick<State, 'created' | 'intent'>,
): Promise<boolean> {
  for (const one of [created, intent]) if (one !== undefined) assertTenant(graph, one)
  const wasThere = created !== undefined && (await deleteApp(graph.client, created))
  return (intent !== undefined && (await deleteIntended(graph.client, intent))) || wasThere
}

/** Another tenant returns 404, as if the registration did not exist anymore. The command would then forget it. */
function assertTenant({ tenantId }: OpenGraph, { tenant }: Pick<CreatedApp, 'tenant'>): void {
  if (tenant === hashOf(tenantId)) return
  throw new UsageError(
    'The token is for another tenant than the app registration of the run that stopped. Sign in to its tenant, for example with "az login --tenant <tenant>", and run the command again.',
  )
}

/** The state must not contain the IDs of tenants. */
function hashOf(tenantId: string): string {
  return createHash('sha256').update(tenantId).digest('base64url')
}

/** The check of the last step, which only a run with its own app registration has. */
export const CLEANUP = {
  id: 'cleanup',
  assumes: 'The app registration of the run can be deleted.',
} as const

const STILL_THERE =
  'The app registration still exists. Run "npx --no-install identity-web-cli verify --cleanup" with the same token options to delete it.'

/** Creates the last step of a run with its own app registration. */
export function cleanupStep(graph: OpenGraph, state: () => State): Step {
  return {
    title: 'Clean up',
    checks: [
      {
        ...CLEANUP,
        async run() {
          try {
            await cleanUp(graph, state())
          } catch (error) {
            return failed(explainError(error, STILL_THERE).found, STILL_THERE)
          }
          return passed('The app registration of the run is deleted.')
        },
      },
    ],
  }
}
