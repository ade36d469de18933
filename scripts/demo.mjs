// `npm run demo`: installs what is missing, builds, and starts the development provider with an example.
// `npm run demo -- azure-ad-b2c` and the other names of TENANT_KINDS sign in by another kind of tenant.
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { createServer } from 'node:net'
import { build, installPackages, root } from './setup.mjs'

const PROVIDER_PORT = 5100
const APP_PORT = Number(process.env.PORT ?? 5000)
// The default app of the development provider. No secret of anybody's: it opens nothing but that.
const CLIENT_ID = '11111111-2222-4333-8444-555555555555'
const CLIENT_SECRET = 'dev-secret-not-for-production'

/** What the example is told of where its users sign in. */
const TENANT_KINDS = {
  'entra-id': (provider) => ({ IDENTITY_AUTHORITY: `${provider}/common` }),
  'external-id': (provider) => ({
    IDENTITY_AUTHORITY: `${provider}/contosocustomers.onmicrosoft.com`,
  }),
  'azure-ad-b2c': (provider) => ({
    IDENTITY_B2C_TENANT_NAME: 'fabrikamb2c',
    IDENTITY_B2C_CUSTOM_DOMAIN: provider,
    IDENTITY_B2C_SIGN_UP_SIGN_IN_USER_FLOW: 'B2C_1_susi',
    IDENTITY_B2C_EDIT_PROFILE_USER_FLOW: 'B2C_1_edit',
    IDENTITY_B2C_RESET_PASSWORD_USER_FLOW: 'B2C_1_reset',
    // Graph is not for the users of B2C.
    IDENTITY_SCOPE: '',
    IDENTITY_ENDPOINT: '',
  }),
  'ad-fs': (provider) => ({
    IDENTITY_AUTHORITY: `${provider}/adfs`,
    IDENTITY_SCOPE: '',
    IDENTITY_ENDPOINT: '',
  }),
  oidc: (provider) => ({
    IDENTITY_OIDC_AUTHORITY: `${provider}/oidc`,
    IDENTITY_SCOPE: '',
    IDENTITY_ENDPOINT: `${provider}/oidc/userinfo`,
  }),
  'device-code': (provider) => ({
    IDENTITY_AUTHORITY: `${provider}/common`,
    IDENTITY_REDIRECT_URI: '',
  }),
}
const name = process.argv[2] ?? 'entra-id'
const settingsOf = TENANT_KINDS[name]
if (settingsOf === undefined) {
  console.error(
    `There is no demo called ${name}. There are: ${Object.keys(TENANT_KINDS).join(', ')}.`,
  )
  process.exit(1)
}

installPackages()
build()

const providerPort = await freePort(PROVIDER_PORT)
const appPort = await freePort(APP_PORT)
const provider = `http://localhost:${providerPort}`
const app = `http://localhost:${appPort}`

start('packages/dev-provider', ['bin/identity-web-dev.mjs', '--port', String(providerPort)])
start('examples/express', ['--import', 'tsx', 'src/app.ts'], {
  PORT: String(appPort),
  IDENTITY_CLIENT_ID: CLIENT_ID,
  IDENTITY_CLIENT_SECRET: CLIENT_SECRET,
  IDENTITY_REDIRECT_URI: `${app}/redirect`,
  IDENTITY_SESSION_SECRET: randomBytes(32).toString('base64'),
  IDENTITY_SCOPE: 'User.Read',
  IDENTITY_ENDPOINT: `${provider}/v1.0/me`,
  ...settingsOf(provider),
})
await answers(`${provider}/common/v2.0/.well-known/openid-configuration`)
await answers(app)
const next = name === 'device-code' ? 'follow the page with the code' : 'pick an account'
console.log(`\n  Open ${app} and ${next}: no password, no cloud.\n  Ctrl+C ends it.\n`)

function start(folder, args, environment = {}) {
  const child = spawn(process.execPath, args, {
    cwd: `${root}${folder}`,
    env: { ...process.env, ...environment },
    // What they print would hide the one line that matters; what goes wrong is shown.
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  child.on('exit', (code) => {
    console.error(`${folder} ended with code ${code}.`)
    process.exit(code === 0 ? 0 : 1)
  })
  process.on('exit', () => child.kill())
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(0))

/** The port, or the next one that nobody uses. */
async function freePort(port) {
  for (let candidate = port; candidate < port + 50; candidate++) {
    if (await isFree(candidate)) return candidate
  }
  throw new Error(`The ports ${port} to ${port + 49} are all in use.`)
}

function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, 'localhost', () => server.close(() => resolve(true)))
  })
}

async function answers(url) {
  for (let tries = 0; tries < 150; tries++) {
    try {
      await fetch(url, { redirect: 'manual' })
      return
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
  throw new Error(`Nothing answers at ${url}.`)
}
