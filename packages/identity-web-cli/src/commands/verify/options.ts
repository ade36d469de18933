import type { Values } from '../../command/parse-options.js'

export const options = {
  env: { type: 'string' },
  config: { type: 'string' },
  scope: { type: 'string' },
  'api-env': { type: 'string' },
  'consent-scope': { type: 'string' },
  acrs: { type: 'string' },
  resource: { type: 'string' },
  'front-channel': { type: 'boolean', default: false },
  'back-channel': { type: 'boolean', default: false },
  create: { type: 'boolean', default: false },
  cleanup: { type: 'boolean', default: false },
  yes: { type: 'boolean', default: false },
  'redirect-uri': { type: 'string', default: 'http://localhost:3000/redirect' },
  'azure-cli': { type: 'boolean', default: false },
  'token-file': { type: 'string' },
  graph: { type: 'string' },
  restart: { type: 'boolean', default: false },
  'include-ids': { type: 'boolean', default: false },
  wait: { type: 'string', default: '900' },
  timeout: { type: 'string', default: '10' },
  help: { type: 'boolean', short: 'h' },
} as const

/** The values of the options of `verify`. */
export type VerifyValues = Values<typeof options>

export const HELP = `identity-web-cli verify tests identity-web with a real tenant, and writes a report

Usage: identity-web-cli verify [options]

You sign in with a browser, and the command compares what the library assumes with what the provider
does. Stop your app first, because the command listens at its redirect URI, which must be on
localhost. Press Ctrl+C to stop. The next run continues, and you only sign in again.

The app, by default the registration of your settings:
  --env <file>             The file with the variables of the app (default .env, if it exists)
  --config <file>          A module that exports the options of the Auth, as options or default
  --create                 Create an app registration at Entra ID for this run, and delete it at the
                           end. The command first shows the requests to Microsoft Graph, and asks
  --yes                    Send these requests without asking
  --redirect-uri <url>     The redirect URI of --create (default http://localhost:3000/redirect)
  --azure-cli              Use a token of the Azure CLI for --create and --cleanup
  --token-file <file>      Use the token of Microsoft Graph in this file instead
  --graph <url>            Microsoft Graph of another cloud, or of the development provider
  --cleanup                Only delete the app registration of a run that stopped

More checks. --create sets the first five itself:
  --scope <scope>          A scope of your API, such as api://<client ID>/Todos.Read
  --api-env <file>         The variables of this API, if it has its own registration
  --consent-scope <scope>  A scope to which the user has not consented yet
  --front-channel          Check front-channel logout, after you registered its URL
  --resource <url>         The resource of an MCP server. Default: the API in --scope
  --back-channel           Check back-channel logout, after you registered its URL. The provider
                           must be able to reach this computer
  --acrs <context>         An authentication context of Conditional Access, such as c1

The run and the report:
  --restart                Start again, and forget the checks that passed
  --include-ids            Add the IDs of the tenant, the app and the user to the report
  --wait <seconds>         The time for each step in the browser (default 900)
  --timeout <seconds>      The time limit of a request (default 10)
  --help                   Show this help

The report is in identity-verify-report.md and .json. It does not contain secrets or tokens,
and IDs only with --include-ids. The exit code is 1 if a check failed or the run stopped.

Example: npx --no-install identity-web-cli verify --scope api://<client ID>/Todos.Read`
