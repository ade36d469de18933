import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { setTimeout } from 'node:timers/promises'

/** The application and the development provider, which a test file starts. */
export interface RunningApp {
  readonly origin: string
  stop(): Promise<void>
}

/**
 * Runs the script `dev` of package.json on a free port. It also starts the development provider. The guide "Test your
 * application" of identity-web says how a test signs users in to an application in another process.
 */
export async function start(): Promise<RunningApp> {
  const { scripts } = JSON.parse(await readFile('package.json', 'utf8')) as Manifest
  const [, ...args] = scripts.dev.split(' ')
  const port = await freePort()
  const app = spawn(
    process.execPath,
    ['node_modules/identity-web-dev/bin/identity-web-dev.mjs', ...args],
    { env: { ...environment(), PORT: String(port) }, stdio: 'inherit' },
  )
  const origin = `http://localhost:${port}`
  while (!(await responds(origin))) {
    if (app.exitCode !== null) throw new Error('The application did not start.')
    await setTimeout(100)
  }
  return {
    origin,
    async stop() {
      app.kill()
      if (app.exitCode === null && app.signalCode === null) await once(app, 'exit')
    },
  }
}

/** Development servers behave differently with the variables of Vitest. */
function environment(): NodeJS.ProcessEnv {
  const own = /^(?:VITEST|TEST$|MODE$|DEV$|PROD$|SSR$|BASE_URL$|NODE_ENV$)/
  const others = Object.entries(process.env).filter(([name]) => !own.test(name))
  // Next.js declares NODE_ENV as always present.
  return Object.fromEntries(others) as NodeJS.ProcessEnv
}

interface Manifest {
  readonly scripts: { readonly dev: string }
}

async function responds(url: string): Promise<boolean> {
  return fetch(url, { redirect: 'manual' }).then(
    () => true,
    () => false,
  )
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, 'localhost')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
