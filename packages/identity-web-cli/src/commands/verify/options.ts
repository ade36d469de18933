import type { CommandContext } from '../../command/command.js'
import type { Values } from '../../command/parse-options.js'
import { toSeconds } from '../../command/to-seconds.js'
import { readVariables, type Variables } from '../../subject/read-variables.js'
import type { TrialSettings } from './settings.js'

export const options = {
  env: { type: 'string' },
  scope: { type: 'string' },
  'api-env': { type: 'string' },
  'consent-scope': { type: 'string' },
  resource: { type: 'string' },
  'front-channel': { type: 'boolean', default: false },
  'back-channel': { type: 'boolean', default: false },
  create: { type: 'boolean', default: false },
  cleanup: { type: 'boolean', default: false },
  'redirect-uri': { type: 'string', default: 'http://localhost:3000/redirect' },
  'token-file': { type: 'string' },
  graph: { type: 'string' },
  only: { type: 'string' },
  wait: { type: 'string', default: '900' },
  timeout: { type: 'string', default: '10' },
  help: { type: 'boolean', short: 'h' },
} as const

/** The values of the options of `verify`. */
export type VerifyValues = Values<typeof options>

export const HELP = `identity-web-cli verify tests identity-web with a real tenant, and writes a report

Usage: identity-web-cli verify [options]

You sign in with a browser, and the command compares what the library assumes with what the provider
does. Stop your app first, because the command listens at its redirect URI on localhost.

The app, by default the registration of your settings:
  --env <file>             The file with the variables of the app (default .env, if it exists)
  --create                 Create an app registration at Entra ID for this run, and delete it at the
                           end. The command first shows the registration, and asks
  --redirect-uri <url>     The redirect URI of --create (default http://localhost:3000/redirect)
  --token-file <file>      A token of Microsoft Graph. Default: the token of the Azure CLI
  --graph <url>            Microsoft Graph of another cloud, or of the development provider
  --cleanup                Only delete the app registration of a run that could not delete it

More checks. --create sets --scope, --consent-scope and --front-channel itself:
  --scope <scope>          A scope of your API, such as api://<client ID>/Todos.Read
  --api-env <file>         The variables of this API, if it has its own registration
  --consent-scope <scope>  A scope to which the user has not consented yet
  --front-channel          Check front-channel logout, after you registered its URL
  --back-channel           The same for back-channel logout, if the provider reaches your computer
  --resource <url>         The resource of an MCP server. Default: the API in --scope

The run:
  --only <checks>          Only these checks, separated by commas, and those that they need
  --wait <seconds>         The time for each step in the browser (default 900)
  --timeout <seconds>      The time limit of a request (default 10)
  --help                   Show this help

The report is in identity-verify-report.json. It does not contain secrets, tokens or IDs. The exit
code is 0 only if no check failed, and none was skipped.

Example: npx --no-install identity-web-cli verify --scope api://<client ID>/Todos.Read`

/** Returns the settings of a trial. @param app - The variables of the application. */
export async function toSettings(
  values: VerifyValues,
  app: Variables,
  context: CommandContext,
): Promise<TrialSettings> {
  const { 'api-env': apiEnv } = values
  const own = { ...context, env: {}, option: '--api-env' }
  return {
    app,
    scope: values.scope,
    api: apiEnv === undefined ? undefined : (await readVariables(apiEnv, own)).all,
    consentScope: values['consent-scope'],
    resource: values.resource,
    frontChannel: values['front-channel'] ? 'user' : undefined,
    backChannel: values['back-channel'],
    timeoutSeconds: toSeconds(values.timeout, '--timeout'),
  }
}
