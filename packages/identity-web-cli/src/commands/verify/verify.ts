import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { defineCommand, EXIT, type Command, type CommandContext } from '../../command/command.js'
import { toSeconds } from '../../command/to-seconds.js'
import { UsageError } from '../../command/usage-error.js'
import { readAccessToken } from '../../graph/access-token.js'
import { GraphClient } from '../../graph/graph-client.js'
import { isLoopback, toGraphPlace } from '../../graph/graph-url.js'
import { listenAt, type LoopbackServer } from '../../loopback/loopback-server.js'
import { readVariables } from '../../subject/read-variables.js'
import { skip, type Check } from './check.js'
import { CHECKS } from './checks/index.js'
import { Guide } from './guide.js'
import { HiddenIds } from '../../output/hidden-ids.js'
import { HELP, options, toSettings, type VerifyValues } from './options.js'
import { APP_FILE, cleanupCheck, createApp, deleteApp, REMAINS, SCOPES } from './registration.js'
import { REPORT, writeReport } from './report.js'
import { needsOf, runChecks } from './run-checks.js'
import { hideSettings, type TrialSettings } from './settings.js'
import { Trial } from './trial.js'

/** Tests the library with a real provider. */
export const verify: Command = defineCommand({
  name: 'verify',
  summary: 'tests sign-in, tokens and sign-out with a real tenant, and writes a report',
  help: HELP,
  options,
  async run(values, context) {
    // Before a request changes something
    for (const name of ['wait', 'timeout'] as const) toSeconds(values[name], `--${name}`)
    const ids = new HiddenIds(context.output)
    const run = { values, context, ids, checks: chosenChecks(values) }
    if (values.create || values.cleanup) return runWithGraph(run)
    const { all } = await readVariables(values.env, context)
    return runTrial(await toSettings(values, all, context), run)
  },
})

interface Run {
  readonly values: VerifyValues
  readonly context: CommandContext
  readonly ids: HiddenIds
  readonly checks: readonly Check[]
  /** The server at the redirect URI, if it listens already. */
  readonly server?: LoopbackServer
}

/** Returns all checks. Those that the user does not want, and that no other one needs, are skipped. */
function chosenChecks({ only }: VerifyValues): readonly Check[] {
  if (only === undefined) return CHECKS
  const chosen = new Set(only.split(',').map((id) => id.trim()))
  const known = CHECKS.map(({ id }) => id)
  for (const id of chosen)
    if (!known.includes(id))
      throw new UsageError(
        `--only contains '${id}', which is not a check. The checks are ${known.join(', ')}.`,
      )
  for (const check of CHECKS.toReversed())
    if (chosen.has(check.id)) for (const id of needsOf(check)) chosen.add(id)
  const run = (): never => skip('--only does not contain this check.')
  return CHECKS.map((check) =>
    chosen.has(check.id) ? check : { id: check.id, statement: check.statement, needs: [], run },
  )
}

/** Deletes the app registration of the last run, and creates another one unless the user only wants to clean up. */
async function runWithGraph(run: Run): Promise<number> {
  const { values, context, ids, checks } = run
  const { output, folder } = context
  const file = join(folder, APP_FILE)
  const hasApp = existsSync(file)
  if (values.cleanup && !hasApp) {
    output.print('The folder does not contain a run with --create, so nothing was deleted.')
    return EXIT.ok
  }
  const other = (['env', 'scope', 'api-env'] as const).find((name) => values[name] !== undefined)
  if (values.create && other !== undefined)
    throw new UsageError(
      `--${other} is not for --create, which uses its own app registration. Remove one of the two.`,
    )
  const place = toGraphPlace(values.graph)
  const { token, tenantId } = await readAccessToken(values['token-file'], context)
  const client = new GraphClient(place.base, token)
  ids.add(tenantId)
  const deleteLast = async (): Promise<void> => {
    if (!hasApp) return
    await deleteApp(client, file)
    output.print('The app registration of the last run is deleted.')
  }
  if (values.cleanup) return deleteLast().then(() => EXIT.ok)
  const redirectUri = toRedirectUri('--redirect-uri', values['redirect-uri'])
  // A port that is in use must stop the run before it changes something at Graph. Another run may still work there.
  const server = await listenAt(redirectUri, notReady)
  let isNew = false
  try {
    await deleteLast()
    isNew = true
    const app = await createApp(client, redirectUri, { file, context })
    ids.add(app.id)
    const variables = {
      IDENTITY_AUTHORITY: `${place.login}/${tenantId}`,
      IDENTITY_CLIENT_ID: app.appId,
      IDENTITY_CLIENT_SECRET: app.secret,
      IDENTITY_REDIRECT_URI: redirectUri.href,
    }
    const frontChannel = app.hasLogoutUrl ? 'command' : 'refused'
    const [scope, more] = SCOPES.map((name) => `api://${app.appId}/${name}`)
    const given = await toSettings(values, variables, context)
    const consentScope = given.consentScope ?? more
    const settings = { ...given, scope, consentScope, frontChannel } as const
    const all = [...checks, cleanupCheck(() => deleteApp(client, file, isNew))]
    return await runTrial(settings, { ...run, checks: all, server })
  } catch (error) {
    if (isNew && existsSync(file))
      await deleteApp(client, file, isNew).catch(() => output.printError(REMAINS))
    throw error
  } finally {
    server.close()
  }
}

/** @throws UsageError for another host than localhost, because the command listens on this computer only. */
function toRedirectUri(setting: string, value = ''): URL {
  const url = URL.canParse(value) ? new URL(value) : undefined
  if (url?.protocol === 'http:' && isLoopback(url)) return url
  throw new UsageError(
    `verify needs a redirect URI with http://localhost, because it listens on this computer only, and ${setting} is '${value}'. Register one, for example http://localhost:3000/redirect, or add --create without --redirect-uri.`,
  )
}

const notReady = (): Promise<Response> =>
  Promise.resolve(new Response('The run has not started yet.', { status: 503 }))

async function runTrial(settings: TrialSettings, run: Run): Promise<number> {
  const { values, context, ids, checks } = run
  const { output, folder } = context
  hideSettings(ids, settings)
  const redirectUri = toRedirectUri('IDENTITY_REDIRECT_URI', settings.app['IDENTITY_REDIRECT_URI'])
  const trial = new Trial(settings, ids)
  const guide = new Guide(trial, redirectUri.origin, toSeconds(values.wait, '--wait'))
  trial.browser = guide
  const stop = (): void => guide.stop()
  process.once('SIGINT', stop)
  const server = run.server ?? (await listenAt(redirectUri, notReady))
  try {
    guide.listen(server)
    const results = await runChecks(checks, trial, (result) => {
      const { verdict, check, statement, found = statement, change } = result
      output.print(`${verdict.padEnd(15)} ${check}: ${found}`)
      if (change !== undefined) output.print(`                Change: ${change}`)
    })
    await guide.sent
    const report = await writeReport(trial, results, folder)
    const { passed, failed, skipped, 'not-applicable': others } = report.summary
    output.print('')
    output.print(`${passed} passed, ${failed} failed, ${skipped} skipped, ${others} not applicable`)
    if (skipped > 0) output.print('The run is not a pass, because checks were skipped.')
    output.print(`The report is in ${REPORT}. Read it before you publish it.`)
    return report.result === 'passed' ? EXIT.ok : EXIT.failed
  } finally {
    process.removeListener('SIGINT', stop)
    server.close()
    trial.auth.close()
    trial.api.close()
  }
}
