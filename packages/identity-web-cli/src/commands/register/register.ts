import { parseEnv } from 'node:util'
import { defineCommand, EXIT, type Command, type CommandContext } from '../../command/command.js'
import { UsageError } from '../../command/usage-error.js'
import { assertSameApp, assertWritable, readEnvText } from '../../env-file/edit-env-file.js'
import { findFile } from '../../env-file/find-file.js'
import { readAccessToken } from '../../graph/access-token.js'
import type { Application } from '../../graph/application.js'
import { GraphClient } from '../../graph/graph-client.js'
import { GraphError } from '../../graph/graph-error.js'
import { toGraphPlace, type GraphPlace } from '../../graph/graph-url.js'
import { findPermissions, type Permission } from '../../graph/permissions.js'
import { describeConsent, grantAdminConsent } from '../../registration/admin-consent.js'
import { changeToWish, createFromWish, findPrincipal } from '../../registration/apply-plan.js'
import { toAzureCli } from '../../registration/azure-cli.js'
import { toBicep } from '../../registration/bicep.js'
import { permissionTypeOf } from '../../registration/listed-permissions.js'
import { EMPTY, makePlan } from '../../registration/plan.js'
import { describeKind, type Wish } from '../../registration/wish.js'
import { applyCredentials, planCredentials } from './apply-credentials.js'
import { findCurrent } from './find-current.js'
import { HELP, options, type RegisterValues } from './options.js'
import { printResult } from './print-result.js'
import { toCredentials, type WishedCredentials } from './to-credentials.js'
import { toWish } from './to-wish.js'
import { writeOwnFile } from './write-own-file.js'
import { writeSettings, type SettingsFile } from './write-settings.js'

/** Creates or changes an app registration. */
export const register: Command = defineCommand({
  name: 'register',
  summary: 'creates or changes an app registration at Entra ID',
  help: HELP,
  options,
  async run(values, context) {
    const file = await readSettings(values.env, context)
    const wish = toWish(values, file?.variables['IDENTITY_REDIRECT_URI'] || undefined)
    const place = toGraphPlace(values.graph)
    if (values.bicep !== undefined || values['az-script'] !== undefined) {
      return writeFiles(values, { wish, place }, context)
    }
    const { token, tenantId } = await readAccessToken(values['token-file'], context)
    const { folder } = context
    const credentials = await toCredentials(values, wish, { folder, place, tenantId })
    if (file !== undefined) await assertWritable(file.path)
    const graph = new GraphClient(place.base, token)
    return apply({ values, file, wish, credentials, place, tenantId, graph }, context)
  },
})

/** Reads the file of `--env`. */
async function readSettings(
  env: string | undefined,
  { folder, output }: CommandContext,
): Promise<SettingsFile | undefined> {
  if (env === undefined) return undefined
  const path = await findFile(folder, env)
  const variables = parseEnv((await readEnvText(path)) ?? '')
  output.hide(variables['IDENTITY_CLIENT_SECRET'])
  return { path, variables }
}

/** Everything that a run needs. */
interface Run {
  readonly values: RegisterValues
  readonly file: SettingsFile | undefined
  readonly wish: Wish
  readonly credentials: WishedCredentials
  readonly place: GraphPlace
  readonly tenantId: string
  readonly graph: GraphClient
}

async function apply(run: Run, context: CommandContext): Promise<number> {
  const { values, file, wish, credentials, graph } = run
  const current = await findCurrent(graph, values, wish)
  if (file !== undefined && values.env !== undefined)
    assertSameApp(values.env, { inFile: file.variables['IDENTITY_CLIENT_ID'], app: current?.appId })
  const permissions = await findPermissions(graph, wish.permissions, permissionTypeOf(wish))
  const appId = current?.appId ?? '<client ID>'
  const plan = makePlan(current ?? EMPTY, wish, { appId, permissions })
  const planned = await planCredentials(graph, current, { ...credentials, env: values.env })
  const hasPrincipal = current === undefined || (await findPrincipal(graph, current.appId))
  const added = [...(hasPrincipal ? [] : ['+ service principal']), ...planned.lines]
  const target = {
    kind: describeKind(wish),
    isNew: current === undefined,
    env: values.env,
    notes: planned.notes,
  }
  if (values['dry-run'] === true) {
    const consents = await previewConsent(run, hasPrincipal ? current : undefined, permissions)
    const changes = [...plan.changes, ...added, ...consents]
    const name = wish.name ?? current?.displayName ?? ''
    printResult(
      { ...target, isDryRun: true, name, appId: current?.appId, changes },
      values,
      context,
    )
    return EXIT.ok
  }
  if (values.json === true && planned.secretDays !== undefined && values.env === undefined) {
    throw new UsageError('--json does not print a secret. Add --env <file>, or --no-credential.')
  }
  const { app, plan: done } =
    current === undefined
      ? await createFromWish(graph, wish, { permissions })
      : await changeToWish(graph, current, { plan, hasPrincipal })
  const { secret } = await applyCredentials(graph, app.appId, planned)
  context.output.hide(secret?.secret)
  const written = await writeSettings({ ...run, app, secret, isNew: target.isNew }, context)
  const consent = await applyConsent(run, app.appId, permissions)
  printResult(
    {
      ...target,
      notes: [...target.notes, ...written.notes, ...consent.notes],
      isDryRun: false,
      name: app.displayName,
      appId: app.appId,
      changes: [...done.changes, ...added, ...consent.lines],
      settings: written.settings,
      secret: values.env === undefined ? secret : undefined,
    },
    values,
    context,
  )
  if (consent.problem === undefined) return EXIT.ok
  context.output.printError(consent.problem)
  return EXIT.failed
}

async function previewConsent(
  { values, graph }: Run,
  current: Application | undefined,
  permissions: readonly Permission[],
): Promise<readonly string[]> {
  if (values['admin-consent'] !== true) return []
  if (current === undefined) return permissions.map(describeConsent)
  return grantAdminConsent(graph, current.appId, permissions, true)
}

/** Grants the permissions, or tells the user who must grant them. The app already has its settings and its secret. */
async function applyConsent(
  { values, wish, graph }: Run,
  appId: string,
  permissions: readonly Permission[],
): Promise<{
  readonly lines: readonly string[]
  readonly notes: readonly string[]
  readonly problem?: string
}> {
  if (permissions.length === 0) return { lines: [], notes: [] }
  if (values['admin-consent'] !== true) {
    // Users of a web app consent when they sign in. An API and a daemon cannot ask.
    const notes =
      wish.kind === 'web'
        ? []
        : [
            `An administrator must consent to ${permissions.map(({ value }) => value).join(', ')}. Run the command again with --admin-consent, or use "Grant admin consent" in the Microsoft Entra admin center.`,
          ]
    return { lines: [], notes }
  }
  try {
    return { lines: await grantAdminConsent(graph, appId, permissions, false), notes: [] }
  } catch (error) {
    if (!(error instanceof GraphError) || error.status !== 403) throw error
    return {
      lines: [],
      notes: [],
      problem:
        'The app is registered, but Microsoft Graph rejected the consent. Ask an administrator to run the command, or to use "Grant admin consent" in the Microsoft Entra admin center. A token of --token-file also needs AppRoleAssignment.ReadWrite.All and DelegatedPermissionGrant.ReadWrite.All.',
    }
  }
}

async function writeFiles(
  values: RegisterValues,
  { wish, place }: Pick<Run, 'wish' | 'place'>,
  { folder, output }: CommandContext,
): Promise<number> {
  const named = { ...wish, name: requireName(wish) }
  if (values['admin-consent'] === true) {
    throw new UsageError(
      'A Bicep file or a script cannot contain the consent of an administrator. Remove --admin-consent, and use "Grant admin consent" in the Microsoft Entra admin center after the deployment.',
    )
  }
  // A file contains the name in expressions of several languages.
  const unusual = wish.permissions.find((name) => !/^[\w.:/-]+$/.test(name))
  if (unusual !== undefined) {
    throw new UsageError(
      `--permission ${unusual} is not the name of a permission. Write, for example, User.Read.`,
    )
  }
  // In a file, a managed identity needs the tenant, which only a token shows.
  if (values['managed-identity'] !== undefined) {
    throw new UsageError(
      '--managed-identity needs the tenant, which is not known when you write a file. Run register without --bicep and --az-script, or write --issuer and --subject.',
    )
  }
  const credentials = await toCredentials(values, wish, { folder, place, tenantId: '' })
  const secretEnd = new Date(Date.now() + credentials.secretDays * 24 * 3600 * 1000)
  const files = [
    [values.bicep, () => toBicep(named, credentials)],
    [
      values['az-script'],
      () =>
        toAzureCli(named, credentials, {
          graph: place.base,
          secretEnd: secretEnd.toISOString().slice(0, 10),
        }),
    ],
  ] as const
  for (const [file, write] of files) {
    if (file === undefined) continue
    await writeOwnFile(await findFile(folder, file), write())
    output.print(
      `${file} creates the app registration "${named.name}". The command itself did not change anything.`,
    )
  }
  if (wish.permissions.length > 0 && wish.kind !== 'web') {
    output.print(
      `After the deployment, an administrator must consent to ${wish.permissions.join(', ')}. Use "Grant admin consent" in the Microsoft Entra admin center.`,
    )
  }
  return EXIT.ok
}

function requireName({ name }: Wish): string {
  if (name !== undefined) return name
  throw new UsageError(
    'The file that the command writes creates a new app registration, and the registration needs a name. Add --name <name>.',
  )
}
