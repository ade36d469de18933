import { randomUUID } from 'node:crypto'
import { defineCommand, EXIT, type Command, type CommandContext } from '../../command/command.js'
import { UsageError } from '../../command/usage-error.js'
import { listenAt, type LoopbackServer } from '../../loopback/loopback-server.js'
import { Evidence } from '../doctor/evidence.js'
import { hideSecrets } from '../../subject/secrets.js'
import type { Subject } from '../../subject/subject.js'
import { STEPS } from './checks/index.js'
import { hideSettings, readSubject, subjectOf, toChoices, toSeconds } from './choices.js'
import type { WithSecret } from './created/created-app.js'
import {
  cleanUp,
  cleanupStep,
  openGraph,
  prepareApp,
  redirectUriOf,
  type OpenGraph,
} from './created/prepare-app.js'
import { NotOpened, STUCK } from './guide.js'
import { HiddenIds } from './hidden-ids.js'
import { HELP, options, type VerifyValues } from './options.js'
import { readVersions } from './report/report.js'
import { writeReport } from './report/write-report.js'
import { runSteps } from './run-steps.js'
import { fingerprintOf, hashOf } from './settings.js'
import { StateFile, type State } from './state-file.js'
import { Trial, type TrialChoices } from './trial.js'

/** Tests the library with a real provider. */
export const verify: Command = defineCommand({
  name: 'verify',
  summary: 'tests sign-in, tokens and sign-out with a real tenant, and writes a report',
  help: HELP,
  options,
  async run(values, context) {
    const ids = new HiddenIds(context.output)
    try {
      return await start(values, { context, file: await StateFile.in(context.folder), ids })
    } catch (error) {
      const message = ids.clean(error instanceof Error ? error.message : String(error))
      throw error instanceof UsageError
        ? new UsageError(message)
        : new Error(message, { cause: error })
    }
  },
})

async function start(values: VerifyValues, run: Run): Promise<number> {
  const { context, file, ids } = run
  const before = await file.read()
  if (values.cleanup) return runCleanup(values, { ...run, before })
  assertOptions(values)
  const state = startState(values, before)
  const stop = (): void => {
    context.output.print('')
    context.output.print(stoppedText(file))
    process.exit(EXIT.failed)
  }
  process.once('SIGINT', stop)
  try {
    if (!values.create) return await runTrial(values, { ...run, state })
    const graph = await openGraph(values, context)
    // A port that is in use must stop the run before it changes something at Graph.
    const server = await listenAt(redirectUriOf(values, state), notReady)
    try {
      const prepared = await prepareApp(graph, state, { values, context, file, ids })
      return await runTrial(values, { ...run, graph, server, ...prepared })
    } finally {
      server.close()
    }
  } catch (error) {
    if (!(error instanceof NotOpened)) {
      if (values.create && file.hasApp) context.output.printError(REMAINS)
      throw error
    }
    context.output.printError(
      `You did not open the page within ${values.wait} seconds. ${stoppedText(file)}`,
    )
    return EXIT.failed
  } finally {
    process.removeListener('SIGINT', stop)
  }
}

const notReady = (): Promise<Response> =>
  Promise.resolve(new Response('The run has not started yet.', { status: 503 }))

interface Run {
  readonly context: CommandContext
  readonly file: StateFile
  readonly ids: HiddenIds
}

function assertOptions(values: VerifyValues): void {
  const { create, env, config, 'api-env': apiEnv, scope } = values
  for (const name of ['wait', 'timeout'] as const) toSeconds(values[name], `--${name}`)
  const other =
    create &&
    [env && '--env', config && '--config', scope && '--scope', apiEnv && '--api-env'].find(Boolean)
  if (typeof other === 'string')
    throw new UsageError(
      `${other} is not for --create, which uses its own app registration. Remove one of the two.`,
    )
}

/** Continues the run that stopped, or starts another one. */
function startState({ restart, create }: VerifyValues, before: State | undefined): State {
  if ((before?.created ?? before?.intent) !== undefined && (restart || !create))
    throw new UsageError(
      'A run with --create stopped before it deleted its app registration. Run verify --create again to continue, or verify --cleanup to delete the registration.',
    )
  if (before !== undefined && !restart) {
    if (before.isOwn === create) return before
    if (hasSignedIn(before)) throw new UsageError(OTHER_APP)
  }
  return { run: randomUUID(), isOwn: create, startedAt: new Date().toISOString(), results: [] }
}

/** Keeps the results if they are still true. A run that did not sign in had wrong settings, which the user corrected. */
async function continueState(
  state: State,
  subject: Subject,
  choices: TrialChoices,
): Promise<State> {
  const settings = fingerprintOf(subject)
  const isOther = state.settings !== undefined && state.settings !== settings
  if (isOther && hasSignedIn(state)) throw new UsageError(OTHER_APP)
  const { scope, consentScope, api, acrs, resource } = choices
  const own = api && fingerprintOf(api)
  const inputs = hashOf([scope, consentScope, own, acrs, resource, await readVersions()])
  if (!isOther && (state.inputs ?? inputs) === inputs) return { ...state, settings, inputs }
  return { ...state, settings, inputs, startedAt: new Date().toISOString(), results: [] }
}

function hasSignedIn({ results }: State): boolean {
  return results.some(({ check, verdict }) => check === 'sign-in' && verdict === 'passed')
}

const OTHER_APP =
  'The folder .identity-verify contains the results of another provider or another app. Correct the settings, or add --restart to start again.'

async function runTrial(
  values: VerifyValues,
  run: Run & {
    readonly state: State
    readonly graph?: OpenGraph
    readonly app?: WithSecret
    readonly server?: LoopbackServer
  },
): Promise<number> {
  const { context, file, ids, graph, app } = run
  const { output } = context
  const subject = app === undefined ? await readSubject(values, context) : subjectOf(app, graph)
  hideSecrets(subject, output)
  hideSettings(subject, ids)
  const choices = await toChoices(values, { context, ids, app: app?.app })
  let state = await continueState(run.state, subject, choices)
  ids.continue(state.results.map(({ found }) => found))
  if (state.results.length < run.state.results.length)
    output.print('The settings, the options or the versions changed, so all checks run again.')
  const evidence = new Evidence({
    subject,
    choices: { ...NO_CHOICES, timeoutSeconds: choices.timeoutSeconds },
    folder: context.folder,
    output,
  })
  const trial = new Trial(evidence, choices, ids)
  const steps = graph === undefined ? STEPS : [...STEPS, cleanupStep(graph, () => state)]
  try {
    trial.guide.start(run.server ?? (await listenAt(trial.redirectUri, notReady)))
    trial.print(`Open ${trial.guide.url} in your browser, and leave the page open.`)
    trial.print(`If a page of the provider does not lead back, open ${trial.guide.origin}${STUCK}.`)
    const results = await runSteps(steps, trial, {
      before: state.results,
      total: steps.length,
      print: trial.print,
      keep: async (done) => {
        state = { ...state, results: done }
        await file.write(state)
      },
    })
    await trial.guide.finish()
    await writeReport({ values, context, trial, subject, state, results })
    const isClean = results.every(
      ({ check, verdict }) => check !== 'cleanup' || verdict !== 'failed',
    )
    const hasFailures = results.some(({ verdict }) => verdict === 'failed')
    // The next run repeats failed checks. A registration that is deleted cannot be used again.
    if (isClean && (!hasFailures || graph !== undefined)) await file.remove()
    else if (graph === undefined) output.print(AGAIN)
    return hasFailures ? EXIT.failed : EXIT.ok
  } finally {
    trial.close()
  }
}

const STOPPED =
  'The run stopped. The checks that passed are stored in .identity-verify. Run the command again to continue.'

const AGAIN =
  'After the changes, run the command again. The checks that passed do not run again, except the sign-in.'

const stoppedText = ({ hasApp }: StateFile): string => (hasApp ? `${STOPPED} ${REMAINS}` : STOPPED)

const REMAINS =
  'The app registration of this run may still exist. If it has a client secret, the secret expires within a day. To delete the registration now, run verify --cleanup with the same token options.'

const NO_CHOICES = {
  url: undefined,
  table: undefined,
  store: undefined,
  tenant: undefined,
  idTokenFile: undefined,
  claims: [],
  clients: [],
  graph: undefined,
  readGraphToken: undefined,
}

async function runCleanup(
  values: VerifyValues,
  { context, file, ids, before }: Run & { readonly before: State | undefined },
): Promise<number> {
  if (before === undefined || (before.created ?? before.intent) === undefined) {
    context.output.print(
      'The folder does not contain a run with --create, so the command did not delete anything.',
    )
    return EXIT.ok
  }
  const graph = await openGraph(values, context)
  const wasThere = await cleanUp(graph, before)
  const { created, intent } = before
  if (!wasThere && created === undefined && Date.now() < Date.parse(intent?.at ?? '') + LIST_MS) {
    context.output.printError(
      'Microsoft Graph does not list an app registration of the run. It can list a new one some minutes later, so run the command again in five minutes.',
    )
    return EXIT.failed
  }
  await file.remove()
  context.output.print(
    ids.clean(
      wasThere
        ? 'The app registration of the run is deleted.'
        : 'The app registration of the run did not exist anymore.',
    ),
  )
  return EXIT.ok
}

/** The time after which a list of Graph contains a new app registration, in milliseconds. */
const LIST_MS = 5 * 60_000
