import { fork, type ForkOptions } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { DevProvider } from 'identity-web-dev'
import entries from '../../entries.json' with { type: 'json' }
import { buildWithSources } from '../support/bundle.ts'
import { PATIENT_SECONDS, SESSION_SECRET } from '../support/site.ts'
import type { Moment, Report, Settings } from './settings.ts'

/** A process with another package, which runs. */
export interface Neighborhood {
  /** Where the hosts are, by their names. */
  readonly origins: Readonly<Record<string, string>>
  /** What the process printed, and how it ended. Empty if nothing went wrong. */
  printed(): string
  close(): Promise<void>
}

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
// Here, because the program finds the packages of this folder from its own path, and the server of SvelteKit the repository.
const folder = here(`.bundle-${process.pid}`)
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
let program: Promise<string> | undefined

/** Builds a program with the sources of the library. It imports some files later, so they run later. */
export async function buildProgram(name: string): Promise<string> {
  await buildWithSources({
    entryPoints: { [name]: here(`${name}.ts`) },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    splitting: true,
    alias: { 'next/headers.js': here('next-headers.ts') },
    logLevel: 'error',
  })
  return `${folder}/${name}.mjs`
}

/** Starts the process, and waits until its hosts answer. */
export async function startNeighborhood(
  provider: DevProvider,
  variation: string,
  moment: Moment,
): Promise<Neighborhood> {
  const settings: Settings = { variation, moment, ...settingsFor(provider) }
  const execArgv = ['--enable-source-maps']
  return startProcess(await (program ??= buildProgram('program')), settings, { execArgv })
}

/** New Relic starts its agent only with these. Nothing listens on the port. */
const NEW_RELIC = {
  NEW_RELIC_APP_NAME: 'neighbors',
  NEW_RELIC_LICENSE_KEY: '0'.repeat(40),
  NEW_RELIC_HOST: 'localhost',
  NEW_RELIC_PORT: '9',
  NEW_RELIC_NO_CONFIG_FILE: 'true',
  NEW_RELIC_LOG_ENABLED: 'false',
}

/**
 * Starts the built package in a process with the loader of another package.
 *
 * @param options - The arguments of Node.js, and the folder in which the package is installed.
 */
export async function startBesideLoader(
  provider: DevProvider,
  options: { readonly execArgv: readonly string[]; readonly cwd: string },
): Promise<Neighborhood> {
  const names = Object.keys(entries.exports).map((path) => path.replace('.', 'identity-web'))
  const settings = { entries: names, ...settingsFor(provider) }
  return startProcess(here('beside-loader.mjs'), settings, { ...options, env: NEW_RELIC })
}

function settingsFor(provider: DevProvider): Omit<Settings, 'variation' | 'moment'> {
  const shared = {
    authority: provider.authority(),
    timeoutSeconds: PATIENT_SECONDS,
  }
  const api = {
    ...shared,
    clientId: provider.api.clientId,
    clientCredential: provider.api.clientSecret,
  }
  return {
    auth: {
      ...shared,
      clientId: provider.app.clientId,
      clientCredential: provider.app.clientSecret,
      session: { secret: SESSION_SECRET, cookie: { name: 'identity' } },
    },
    api: { ...api, audience: provider.api.idUri },
    mcp: { ...api, scopes: ['Todos.Read'] },
  }
}

async function startProcess(
  path: string,
  settings: object,
  {
    execArgv,
    env,
    ...options
  }: Pick<ForkOptions, 'cwd' | 'env'> & { readonly execArgv: readonly string[] },
): Promise<Neighborhood> {
  const NEIGHBORS = JSON.stringify(settings)
  const child = fork(path, {
    ...options,
    execArgv: [...execArgv],
    env: { PATH: process.env['PATH'], NODE_ENV: 'test', ...env, NEIGHBORS },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let printed = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (printed += chunk.toString()))
  const gone = once(child, 'exit')
  child.once('exit', (code, signal) => {
    if (signal !== 'SIGKILL') printed += `\nThe process ended: ${code ?? signal}`
  })
  const close = async (): Promise<void> => {
    child.kill('SIGKILL')
    await gone
  }
  const report = await Promise.race([
    once(child, 'message').then(([message]) => message as Report),
    gone.then((): Report => ({ failed: printed })),
  ])
  if ('origins' in report) return { origins: report.origins, printed: () => printed, close }
  await close()
  throw new Error(`${execArgv.join(' ')} ${NEIGHBORS}: ${report.failed}${printed}`)
}
