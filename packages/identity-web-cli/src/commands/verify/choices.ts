import type { CommandContext } from '../../command/command.js'
import { UsageError } from '../../command/usage-error.js'
import { loadConfig } from '../../subject/load-config.js'
import {
  readVariables,
  setProcessVariables,
  type GivenVariables,
} from '../../subject/read-variables.js'
import { hideSecrets } from '../../subject/secrets.js'
import type { Subject } from '../../subject/subject.js'
import { SCOPES, type CreatedApp, type WithSecret } from './created/created-app.js'
import type { OpenGraph } from './created/prepare-app.js'
import type { HiddenIds } from './hidden-ids.js'
import type { VerifyValues } from './options.js'
import { settingOf } from './settings.js'
import type { TrialChoices } from './trial.js'

/** Reads the settings of the application. @throws UsageError if they are hidden in an `Auth`. */
export async function readSubject(
  { env, config }: VerifyValues,
  context: CommandContext,
): Promise<Subject> {
  const variables = await readVariables(env, context)
  if (config !== undefined) setProcessVariables(variables)
  const exported = config === undefined ? undefined : await loadConfig(config, context.folder)
  if (exported?.kind === 'object')
    throw new UsageError(
      `${config} exports an Auth, and verify needs its options. Export the options of the Auth as "options".`,
    )
  return { kind: 'web', options: exported?.options ?? {}, variables, object: undefined }
}

/** Returns the settings of the app registration of this run. */
export function subjectOf({ app, secret }: WithSecret, graph: OpenGraph | undefined): Subject {
  const all = {
    IDENTITY_AUTHORITY: `${graph?.place.login}/${graph?.tenantId}`,
    IDENTITY_CLIENT_ID: app.appId,
    IDENTITY_CLIENT_SECRET: secret,
    IDENTITY_REDIRECT_URI: app.redirectUri,
  }
  const variables: GivenVariables = { all, inFile: {}, file: undefined }
  return { kind: 'web', options: {}, variables, object: undefined }
}

/** Hides the values that identify the tenant and the app. */
export function hideSettings(subject: Subject, ids: HiddenIds): void {
  const { b2c } = subject.options
  ids.add(settingOf(subject, 'clientId', 'IDENTITY_CLIENT_ID'))
  ids.add(b2c?.tenantName ?? subject.variables.all['IDENTITY_B2C_TENANT_NAME'])
  hideUrl(settingOf(subject, 'authority', 'IDENTITY_AUTHORITY'), ids)
  hideUrl(settingOf(subject, 'oidcAuthority', 'IDENTITY_OIDC_AUTHORITY'), ids)
}

/** Hides a URL, and the names in it, because messages of a provider name the tenant without the rest of the URL. */
function hideUrl(url: string | undefined, ids: HiddenIds): void {
  ids.add(url)
  if (url === undefined || !URL.canParse(url)) return
  const { hostname, pathname } = new URL(url)
  for (const name of [hostname, ...pathname.split('/')]) hideName(name, ids)
}

function hideName(name: string, ids: HiddenIds): void {
  if (name.includes('.') && !SHARED_HOST.test(name)) ids.add(name)
}

/** The hosts of all tenants. A report can contain their names. */
const SHARED_HOST =
  /^(login(\.partner)?\.microsoftonline\.\w+|sts\.windows\.net|graph\.microsoft\.\w+|127\.0\.0\.1|v\d\.\d)$/

/** Returns the choices of the options, and those of an app registration of this run. */
export async function toChoices(
  values: VerifyValues,
  {
    context,
    ids,
    app,
  }: {
    readonly context: CommandContext
    readonly ids: HiddenIds
    readonly app: CreatedApp | undefined
  },
): Promise<TrialChoices> {
  const apiEnv = values['api-env']
  const variables =
    apiEnv === undefined
      ? undefined
      : await readVariables(apiEnv, { ...context, env: {}, option: '--api-env' })
  const api: Subject | undefined = variables && {
    kind: 'api',
    options: {},
    variables,
    object: undefined,
  }
  if (api !== undefined) {
    hideSecrets(api, context.output)
    hideSettings(api, ids)
  }
  // The identifier of an API often contains a domain of the company.
  for (const name of [values.scope, values['consent-scope'], values.resource])
    if (name !== undefined && URL.canParse(name)) hideName(new URL(name).hostname, ids)
  const [read, more] = SCOPES.map(({ value }) => app && `api://${app.appId}/${value}`)
  return {
    scope: values.scope ?? read,
    consentScope: values['consent-scope'] ?? more,
    api,
    acrs: values.acrs,
    resource: values.resource,
    frontChannel: app?.hasLogoutUrl ?? values['front-channel'],
    backChannel: values['back-channel'],
    waitSeconds: toSeconds(values.wait, '--wait'),
    timeoutSeconds: toSeconds(values.timeout, '--timeout'),
  }
}

const MAX_SECONDS = 86_400

/** @throws UsageError for a value that is not a number of seconds. */
export function toSeconds(value: string, option: string): number {
  const seconds = Number(value)
  if (seconds > 0 && seconds <= MAX_SECONDS) return seconds
  throw new UsageError(
    `${option} is '${value}'. Set it to a number of seconds up to ${MAX_SECONDS}.`,
  )
}
