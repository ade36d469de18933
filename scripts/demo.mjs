// `npm run demo`: installs what is missing, builds, and starts the development provider with an example.
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { createServer } from 'node:net'
import { build, installPackages, root } from './setup.mjs'

const PROVIDER_PORT = 5100
const APP_PORT = Number(process.env.PORT ?? 5000)
// The default app of the development provider. No secret of anybody's: it opens nothing but that.
const CLIENT_ID = '11111111-2222-4333-8444-555555555555'
const CLIENT_SECRET = 'dev-secret-not-for-production'

installPackages()
build()

const providerPort = await freePort(PROVIDER_PORT)
const appPort = await freePort(APP_PORT)
const provider = `http://localhost:${providerPort}`
const app = `http://localhost:${appPort}`

start('packages/dev-provider', ['bin/identity-web-dev.mjs', '--port', String(providerPort)])
start('examples/express', ['--import', 'tsx', 'src/app.ts'], {
  PORT: String(appPort),
  IDENTITY_AUTHORITY: `${provider}/common`,
  IDENTITY_CLIENT_ID: CLIENT_ID,
  IDENTITY_CLIENT_SECRET: CLIENT_SECRET,
  IDENTITY_REDIRECT_URI: `${app}/redirect`,
  IDENTITY_SESSION_SECRET: randomBytes(32).toString('base64'),
  IDENTITY_SCOPE: 'User.Read',
  IDENTITY_ENDPOINT: `${provider}/v1.0/me`,
})
await answers(`${provider}/common/v2.0/.well-known/openid-configuration`)
await answers(app)
console.log(`\n  Open ${app} and pick an account: no password, no cloud.\n  Ctrl+C ends it.\n`)

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
