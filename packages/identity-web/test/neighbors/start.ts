import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { DevProvider } from 'identity-web-dev'
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
// As deep as the folders of the tests, because the server of SvelteKit finds the repository by its own path.
const folder = here(`../../../../.artifacts/neighbors/${process.pid}/program/bundle`)
let program: Promise<string> | undefined

/** Builds the program with the sources of the library. What it imports later is in files of its own, so it runs later. */
async function buildProgram(): Promise<string> {
  await buildWithSources({
    entryPoints: { program: here('program.ts') },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    splitting: true,
    alias: { 'next/headers.js': here('next-headers.ts') },
    logLevel: 'error',
  })
  return `${folder}/program.mjs`
}

/** Starts the process, and waits until its hosts answer. */
export async function startNeighborhood(
  provider: DevProvider,
  variation: string,
  moment: Moment,
): Promise<Neighborhood> {
  const shared = {
    authority: provider.authority(),
    timeoutSeconds: PATIENT_SECONDS,
  }
  const api = {
    ...shared,
    clientId: provider.api.clientId,
    clientCredential: provider.api.clientSecret,
  }
  const settings: Settings = {
    variation,
    moment,
    auth: {
      ...shared,
      clientId: provider.app.clientId,
      clientCredential: provider.app.clientSecret,
      session: { secret: SESSION_SECRET, cookie: { name: 'identity' } },
    },
    api: { ...api, audience: provider.api.idUri },
    mcp: { ...api, scopes: ['Todos.Read'] },
  }
  const child = fork(await (program ??= buildProgram()), {
    env: { PATH: process.env['PATH'], NODE_ENV: 'test', NEIGHBORS: JSON.stringify(settings) },
    execArgv: ['--enable-source-maps'],
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
  throw new Error(`${variation}, ${moment}: ${report.failed}${printed}`)
}
