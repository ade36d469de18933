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
  plannedCalls,
  type CreatedApp,
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

/** Creates the app registration after the person agreed, or gets a new secret for the one of the run that stopped. */
export async function prepareApp(
  graph: OpenGraph,
  state: State,
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
): Promise<WithSecret> {
  ids.add(graph.tenantId)
  const keep = (created: CreatedApp): Promise<void> => file.write({ ...state, created })
  const redirectUri = toLoopback(values['redirect-uri'])
  const { created } = state
  if (created !== undefined) assertTenant(graph, created)
  const isComplete = created?.keyId !== undefined
  // Without its service principal, users cannot sign in.
  if (created !== undefined && !isComplete) await cleanUp(graph, created)
  const made = isComplete
    ? await addNewSecret(graph.client, created, keep).catch(explainMissing)
    : await createAfterConsent(graph, state.run, { redirectUri, keep, values, context })
  context.output.hide(made.secret)
  for (const id of [made.app.id, made.app.appId, made.app.keyId]) ids.add(id)
  return made
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
    keep,
    values,
    context,
  }: {
    readonly redirectUri: URL
    readonly keep: (created: CreatedApp) => Promise<void>
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
  return createApp(graph.client, { run, tenant: hashOf(graph.tenantId), redirectUri }, keep)
}

function toLoopback(value: string): URL {
  const url = URL.canParse(value) ? new URL(value) : undefined
  if (url?.protocol === 'http:' && url.hostname === 'localhost') return url
  throw new UsageError(
    `--redirect-uri is '${value}'. Set it to a URL with http://localhost, for example http://localhost:3000/redirect.`,
  )
}

/** Deletes the app registration. @returns `false` if it did not exist anymore. */
export async function cleanUp(graph: OpenGraph, created: CreatedApp): Promise<boolean> {
  assertTenant(graph, created)
  return deleteApp(graph.client, created)
}

/** Another tenant returns 404, as if the registration did not exist anymore. The command would then forget it. */
function assertTenant({ tenantId }: OpenGraph, created: CreatedApp): void {
  if (created.tenant === hashOf(tenantId)) return
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
export function cleanupStep(graph: OpenGraph, created: () => CreatedApp | undefined): Step {
  return {
    title: 'Clean up',
    checks: [
      {
        ...CLEANUP,
        async run() {
          const app = created()
          try {
            if (app !== undefined) await cleanUp(graph, app)
          } catch (error) {
            return failed(explainError(error, STILL_THERE).found, STILL_THERE)
          }
          return passed('The app registration of the run is deleted.')
        },
      },
    ],
  }
}
