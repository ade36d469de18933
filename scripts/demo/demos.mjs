// The demos: the programs that each one starts, and the text that it prints.
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { frameworks } from '../entries.mjs'
import { freePort, start, waitFor, waitForResponse } from './processes.mjs'
import { root } from '../setup.mjs'
import { installTree } from '../trees.mjs'
import { describeMcpClients, mcpClientSettings, mcpServerSettings, writeMcpConfig } from './mcp.mjs'
import { TENANT_KINDS } from './tenant-kinds.mjs'

// The default apps of the development provider. Their secrets are public and only valid there.
const WEB_APP = {
  IDENTITY_CLIENT_ID: '11111111-2222-4333-8444-555555555555',
  IDENTITY_CLIENT_SECRET: 'dev-secret-not-for-production',
}
const TODO_API_ID = 'api://todos.contoso.example'
const TODO_API = {
  IDENTITY_CLIENT_ID: '22222222-3333-4444-8555-666666666666',
  IDENTITY_CLIENT_SECRET: 'dev-api-secret-not-for-production',
  IDENTITY_AUDIENCE: TODO_API_ID,
}
const TENANT = 'contoso.onmicrosoft.com'

const TENANT_ID = 'c0000000-0000-4000-8000-000000000001'

const EXPRESS = 'examples/express'
const AZURE_SDK = 'examples/azure-sdk'
const MCP = 'examples/mcp'

const PORT = Number(process.env.PORT ?? 3000)

/** The frameworks other than Express, which the other demos use, with an example of the same name that Node.js can run. */
const FRAMEWORKS = frameworks.filter(
  (name) =>
    !['express', 'azure-functions'].includes(name) &&
    existsSync(`${root}examples/${name}/package.json`),
)

/** The examples that another program runs, with its arguments and settings. */
const PROGRAMS = {
  'examples/next': (port) => [
    [`${root}node_modules/next/dist/bin/next`, 'dev', '--port', String(port)],
    { NEXT_TELEMETRY_DISABLED: '1' },
  ],
  'examples/react-bff': () => [['--import', 'tsx', 'server/app.ts'], {}],
}

/** Functions by the name of the demo. Each starts the demo and returns the text with the next steps. */
export const DEMOS = {
  ...Object.fromEntries(
    Object.entries(TENANT_KINDS).map(([name, kind]) => [name, () => startSignIn(kind)]),
  ),
  ...Object.fromEntries(
    FRAMEWORKS.map((name) => [
      name,
      () => startSignIn(TENANT_KINDS['entra-id'], `examples/${name}`),
    ]),
  ),
  api: startApi,
  'web-and-api': startWebAndApi,
  bff: startBff,
  azure: startAzure,
  mcp: startMcp,
}

async function startSignIn({ settings, api, next = 'pick an account' }, example = EXPRESS) {
  const provider = await runProvider()
  const called =
    api === undefined
      ? { IDENTITY_SCOPE: 'User.Read' }
      : {
          IDENTITY_SCOPE: api.scope,
          API_URL: `${await runTodoApi(provider, api.settings(provider))}/todos`,
        }
  const app = await runWebApp(example, {
    DEMO_PROVIDER: provider,
    ...called,
    ...settings(provider),
  })
  return `  Open ${app} and ${next}. You do not need a password or a cloud account.`
}

async function startApi() {
  const provider = await runProvider()
  const api = await runTodoApi(provider)
  const token = `npx identity-web-dev token --port ${new URL(provider).port}`
  return `  The API listens at ${api}. Paste these commands into another terminal, in this folder:

    TOKEN=$(${token} --as alex)
    curl ${api}/todos -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' -d '{"title":"Water the plants"}'
    curl ${api}/todos -H "Authorization: Bearer $TOKEN"
    curl ${api}/profile -H "Authorization: Bearer $TOKEN"

  Other users see their own list. An application with the role Todos.Read.All sees all lists:

    curl ${api}/todos -H "Authorization: Bearer $(${token} --as robin)"
    curl ${api}/todos -H "Authorization: Bearer $(${token} --app ${WEB_APP.IDENTITY_CLIENT_ID})"

  These requests fail, without a token and with a token that may only read:

    curl -i ${api}/todos
    curl -i ${api}/todos -H "Authorization: Bearer $(${token} --as alex --scope Todos.Read)" -d ''`
}

async function startWebAndApi() {
  const provider = await runProvider()
  const api = await runTodoApi(provider)
  const app = await runWebApp('examples/web-and-api', {
    DEMO_PROVIDER: provider,
    IDENTITY_AUTHORITY: `${provider}/${TENANT}`,
    TODOS_API: api,
    TODOS_API_ID: TODO_API_ID,
  })
  return `  Open ${app} and pick an account. You do not need a password or a cloud account.
  It calls the API at ${api}, which calls Graph on behalf of the user.`
}

async function startBff() {
  const provider = await runProvider()
  const app = await runWebApp('examples/react-bff', {
    IDENTITY_AUTHORITY: `${provider}/${TENANT}`,
    TODOS_API: await runTodoApi(provider),
    TODOS_API_ID: TODO_API_ID,
  })
  return `  Open ${app} and pick an account. You do not need a password or a cloud account.
  It is a React application. Its server adds the access token to the requests for the API.`
}

async function startAzure() {
  const provider = await runProvider(['--config', `${root}${AZURE_SDK}/provider.json`])
  const { storage, caFile } = await runStorage(provider)
  const app = await runWebApp(AZURE_SDK, {
    DEMO_PROVIDER: provider,
    IDENTITY_AUTHORITY: `${provider}/${TENANT}`,
    STORAGE_URL: storage,
    GRAPH_URL: provider,
    NODE_EXTRA_CA_CERTS: caFile,
  })
  return `  Open ${app} and pick an account. You do not need a password or a cloud account.
  You consent to your mail at the sign-in, and then to Azure Storage, because its SDK needs another token.`
}

// The SDK sends tokens only to https, so the stand-in writes the certificate that the example trusts.
async function runStorage(provider) {
  const port = await freePort(Number(process.env.API_PORT ?? 5200))
  const folder = `${root}.artifacts/demo`
  const caFile = `${folder}/storage-${port}.pem`
  mkdirSync(folder, { recursive: true })
  rmSync(caFile, { force: true })
  start(AZURE_SDK, ['--import', 'tsx', 'src/stand-ins/main.ts'], {
    PORT: String(port),
    AUTHORITY: `${provider}/${TENANT_ID}`,
    CA_FILE: caFile,
  })
  await waitFor(() => existsSync(caFile), 'The stand-in of Azure Storage did not start')
  return { storage: `https://localhost:${port}`, caFile }
}

async function startMcp() {
  // The provider compares the URL of the server with its registration, so the port must be known first.
  const port = await freePort(Number(process.env.API_PORT ?? 5200))
  const resource = `http://localhost:${port}/mcp`
  const provider = await runProvider(['--config', writeMcpConfig(resource)])
  await runExample({ folder: MCP }, port, () => mcpServerSettings(provider, TENANT, resource))
  const client = await runExample({ folder: MCP, file: 'src/client.ts' }, PORT, () => ({
    DEMO_PROVIDER: provider,
    ...mcpClientSettings(resource),
  }))
  return `  Open ${client} and call a tool. You do not need a password or a cloud account.
  It is a small client of the MCP server at ${resource}.

${describeMcpClients(resource)}`
}

async function runProvider(more = []) {
  const port = await freePort(Number(process.env.PROVIDER_PORT ?? 5100))
  const provider = `http://localhost:${port}`
  start('packages/dev-provider', ['bin/identity-web-dev.mjs', '--port', String(port), ...more])
  await waitForResponse(`${provider}/common/v2.0/.well-known/openid-configuration`)
  return provider
}

function runWebApp(folder, settings) {
  return runExample({ folder }, PORT, (app) => ({
    ...WEB_APP,
    // In Next.js, the routes of sign-in have their own folder.
    IDENTITY_REDIRECT_URI: `${app}${folder === 'examples/next' ? '/auth' : ''}/redirect`,
    IDENTITY_SESSION_SECRET: randomBytes(32).toString('base64'),
    ...settings,
  }))
}

function runTodoApi(provider, settings = { IDENTITY_AUTHORITY: `${provider}/${TENANT}` }) {
  return runExample({ folder: 'examples/api' }, Number(process.env.API_PORT ?? 5200), (api) => ({
    ...TODO_API,
    ...settings,
    IDENTITY_RESOURCE: api,
    GRAPH_ENDPOINT: `${provider}/v1.0`,
  }))
}

/** Most examples find their packages in the root. An example that needs others installs all of them. */
function installExample(folder) {
  const { dependencies, devDependencies = {} } = JSON.parse(
    readFileSync(`${root}${folder}/package.json`, 'utf8'),
  )
  const isInRoot = (name) => existsSync(`${root}node_modules/${name}/package.json`)
  if (!Object.keys({ ...dependencies, ...devDependencies }).every(isInRoot))
    installTree(`${root}${folder}`)
}

async function runExample({ folder, file = 'src/app.ts' }, preferredPort, settingsAt) {
  installExample(folder)
  const port = await freePort(preferredPort)
  const origin = `http://localhost:${port}`
  const [args, settings] = PROGRAMS[folder]?.(port) ?? [['--import', 'tsx', file], {}]
  // Without it, an API and the device code flow warn about the URLs of this machine, as they do in production.
  const environment = { NODE_ENV: 'development', PORT: String(port), ...settings }
  start(folder, args, { ...environment, ...settingsAt(origin) })
  await waitForResponse(origin)
  return origin
}
