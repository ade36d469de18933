import { defineCommand, EXIT, type Command, type CommandContext } from '../../command/command.js'
import type { Values } from '../../command/parse-options.js'
import { toSeconds } from '../../command/to-seconds.js'
import { UsageError } from '../../command/usage-error.js'
import { readAccessToken } from '../../graph/access-token.js'
import { toGraphPlace } from '../../graph/graph-url.js'
import { findClients, isClientId, KNOWN_CLIENTS } from '../../registration/known-clients.js'
import { CHECKS } from './checks/index.js'
import { Evidence, type Choices } from './evidence.js'
import { printJson, printReport } from './report/print-report.js'
import { runChecks } from './run-checks.js'
import { signIn } from './sign-in.js'
import { loadConfig } from '../../subject/load-config.js'
import {
  readVariables,
  setProcessVariables,
  type GivenVariables,
} from '../../subject/read-variables.js'
import { hidePassword, hideSecrets } from '../../subject/secrets.js'
import { kindOf, type AppKind, type Options, type Subject } from '../../subject/subject.js'

const HELP = `identity-web-cli doctor checks the setup of an app, and says what to change

Usage: identity-web-cli doctor [options]

Settings:
  --env <file>         The file with the variables of the app (default .env, if it exists)
  --config <file>      A module of the app that exports its Auth, ApiAuth or McpAuth, or the options
                       of one, as default, auth, api, mcp or options
  --api                The variables belong to an API
  --mcp                The variables belong to an MCP server
  --tenant <tenant>    The tenant for app-only tokens, if the authority is for several tenants

More checks:
  --url <url>          The URL of the deployed app, or of the running MCP server
  --client <client>    A client of the MCP server: a name such as vscode, or a client ID
  --store <url>        The Redis or PostgreSQL of the sessions (default REDIS_URL or DATABASE_URL)
  --table <name>       The table of the sessions in PostgreSQL (default identity_sessions)
  --id-token <file>    A file with an ID token of the app
  --sign-in            Lets you sign in to get the claims. Your app must not run at the same time
  --claims <names>     The claims that the app needs, for example roles,groups
  --azure-cli          Asks Microsoft Graph when secrets end, with a token of the Azure CLI
  --token-file <file>  The same, with a token in a file
  --graph <url>        Microsoft Graph of another cloud, or of the development provider

Output:
  --json               Print JSON
  --only <names>       Run only these checks, for example credential,store
  --timeout <seconds>  The time limit of a check (default 10)
  --help               Show this help

The exit code is 1 if a check found an error. The output does not contain secrets or tokens.

Example: npx --no-install identity-web-cli doctor --url https://app.contoso.com`

const OPTIONS = {
  env: { type: 'string' },
  config: { type: 'string' },
  api: { type: 'boolean', default: false },
  mcp: { type: 'boolean', default: false },
  tenant: { type: 'string' },
  url: { type: 'string' },
  client: { type: 'string', multiple: true, default: [] as string[] },
  store: { type: 'string' },
  table: { type: 'string' },
  'id-token': { type: 'string' },
  'sign-in': { type: 'boolean', default: false },
  claims: { type: 'string' },
  'azure-cli': { type: 'boolean', default: false },
  'token-file': { type: 'string' },
  graph: { type: 'string' },
  json: { type: 'boolean', default: false },
  only: { type: 'string' },
  timeout: { type: 'string', default: '10' },
  help: { type: 'boolean', short: 'h' },
} as const

/** Checks the setup of an application. */
export const doctor: Command = defineCommand({
  name: 'doctor',
  summary: 'checks the setup of an app, and says what to change',
  help: HELP,
  options: OPTIONS,
  async run(values, context) {
    const checks = chosenChecks(values.only)
    const parsed = parseChoices(values, context)
    const variables = await readVariables(values.env, context)
    const subject = await readSubject(values, variables, context)
    hideSecrets(subject, context.output)
    hidePassword(values.store, context.output)
    const evidence = new Evidence({
      subject,
      choices: parsed,
      folder: context.folder,
      output: context.output,
    })
    if (values['sign-in']) evidence.signedIn = await signInHere(evidence, values.json)
    const findings = await runChecks(checks, evidence)
    evidence.close()
    const report = { subject: describe(subject, context.folder), findings }
    if (values.json) printJson(report, context.output)
    else printReport(report, context.output)
    return findings.some(({ result }) => result === 'error') ? EXIT.failed : EXIT.ok
  },
})

type DoctorValues = Values<typeof OPTIONS>

function chosenChecks(only: string | undefined) {
  if (only === undefined) return CHECKS
  const known = `The checks are ${CHECKS.map(({ name }) => name).join(', ')}.`
  const names = listOf(only)
  if (names.length === 0) throw new UsageError(`--only is '${only}'. ${known}`)
  const unknown = names.find((name) => CHECKS.every((check) => check.name !== name))
  if (unknown !== undefined)
    throw new UsageError(`--only contains '${unknown}', which is not a check. ${known}`)
  return CHECKS.filter(({ name }) => names.includes(name))
}

function parseChoices(values: DoctorValues, context: CommandContext): Choices {
  const hasToken = values['azure-cli'] || values['token-file'] !== undefined
  return {
    url: parseUrl('--url', values.url),
    store: values.store,
    table: values.table,
    tenant: values.tenant,
    idTokenFile: values['id-token'],
    claims: listOf(values.claims ?? ''),
    clients: values.client.map(assertClient),
    graph: values.graph === undefined ? undefined : toGraphPlace(values.graph).base,
    readGraphToken: hasToken ? () => readAccessToken(values['token-file'], context) : undefined,
    timeoutSeconds: toSeconds(values.timeout, '--timeout'),
  }
}

function parseUrl(option: string, value: string | undefined): URL | undefined {
  if (value === undefined) return undefined
  if (URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)) return new URL(value)
  throw new UsageError(
    `${option} is '${value}'. Set it to a whole URL, for example https://app.contoso.com.`,
  )
}

function assertClient(client: string): string {
  if (findClients(client).length > 0 || isClientId(client)) return client
  const names = KNOWN_CLIENTS.map(({ name }) => `"${name}"`)
  throw new UsageError(
    `--client ${client} is not known. Use a client ID, or one of these: ${names.join(', ')}.`,
  )
}

function listOf(value: string): string[] {
  return value.split(/[\s,]+/).filter((name) => name !== '')
}

async function readSubject(
  { config, api, mcp, url }: DoctorValues,
  variables: GivenVariables,
  { folder }: CommandContext,
): Promise<Subject> {
  if (config !== undefined) setProcessVariables(variables)
  const exported = config === undefined ? undefined : await loadConfig(config, folder)
  const given = exported?.kind === 'options' ? exported.options : {}
  const object = exported?.kind === 'object' ? exported.object : undefined
  const kind: AppKind = mcp ? 'mcp' : kindOf(given, variables, object)
  const options = kind === 'mcp' ? withUrl(given, variables, url) : given
  return { kind: api && kind === 'web' ? 'api' : kind, options, variables, object }
}

/** Returns the options with the URL of `--url`, so that the settings need not contain the URL of the MCP server. */
function withUrl(options: Options, { all }: GivenVariables, url: string | undefined): Options {
  const isEndpoint = url !== undefined && new URL(url).pathname !== '/'
  const resource = options.resource ?? (all['IDENTITY_RESOURCE'] || undefined)
  return resource === undefined && isEndpoint ? { ...options, resource: url } : options
}

async function signInHere(evidence: Evidence, isJson: boolean) {
  const { subject, redirectUri, output } = evidence
  // The output is a JSON document, so the URL goes to the standard error output.
  const print = (line: string): void => (isJson ? output.printError(line) : output.print(line))
  return signIn(subject, { redirectUri, print, timeoutSeconds: SIGN_IN_SECONDS })
}

const SIGN_IN_SECONDS = 300

const KINDS: Readonly<Record<AppKind, string>> = {
  web: 'the web app',
  api: 'the API',
  mcp: 'the MCP server',
}

function describe({ kind, variables }: Subject, folder: string): string {
  const { file } = variables
  const name = file?.startsWith(`${folder}/`) === true ? file.slice(folder.length + 1) : file
  return file === undefined
    ? `Checked ${KINDS[kind]} with the environment variables.`
    : `Checked ${KINDS[kind]} with the variables of ${name}.`
}
