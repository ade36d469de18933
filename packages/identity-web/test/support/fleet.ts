import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { rename } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type { DevProvider } from 'identity-web-dev'
import type { AuthOptions } from 'identity-web/express'
import { aliases } from '../../../../test/aliases.ts'
import type {
  FleetCommand,
  FleetReport,
  FleetSettings,
  ProcessMemory,
  StoreAddress,
} from './fleet-messages.ts'
import { startProxy } from './fleet-proxy.ts'
import { SESSION_SECRET } from './site.ts'

/** What a fleet is. */
export interface FleetOptions {
  readonly provider: DevProvider
  /** @defaultValue `2` */
  readonly processes?: number
  /** Where sessions are kept. @defaultValue in cookies */
  readonly store?: StoreAddress
  /** Where it is kept who was signed out, with sessions in cookies. */
  readonly denyList?: StoreAddress
  /** Options of `Auth`, as far as they are JSON; those of the provider are there already. */
  readonly auth?: AuthOptions
}

/** One process of a fleet. */
export interface FleetProcess {
  readonly pid: number
  /** Its own address, past the proxy; another one when it starts again. */
  readonly origin: string
  /** Ends it as the kernel does, with all that it has in hand. */
  kill9(): Promise<void>
  /** Starts it again, after it was killed or in its place. */
  restart(): Promise<void>
  /** Lets it fall asleep with all that it has in hand, as machines do. */
  pause(): void
  resume(): void
  memory(): Promise<ProcessMemory>
}

/** One application in several processes, behind one address. */
export interface Fleet {
  /** What browsers see. */
  readonly origin: string
  readonly processes: readonly FleetProcess[]
  /** The log lines of all processes, as text. */
  readonly logs: readonly string[]
  /** What ended a process that nobody killed: must be empty. */
  readonly faults: readonly string[]
  /** Seconds by which all clocks go forward, or back. */
  advance(seconds: number): Promise<void>
  close(): Promise<void>
}

/**
 * Starts Node.js processes with the pages of `declarePages`, and `/slow?ms=`, which needs a sign-in and answers late.
 *
 * They run the sources, as the tests do.
 */
export async function startFleet(options: FleetOptions): Promise<Fleet> {
  const { provider, processes: count = 2, store, denyList, auth } = options
  const logs: string[] = []
  const faults: string[] = []
  let clock = 0
  const members: Member[] = []
  const { origin, close } = await startProxy(members)

  const settings = (): FleetSettings => ({
    auth: {
      authority: provider.authority(),
      clientId: provider.app.clientId,
      clientCredential: provider.app.clientSecret,
      redirectUri: `${origin}/redirect`,
      endpoint: provider.graphMe,
      timeout: 2,
      ...auth,
      session: { secret: SESSION_SECRET, ...auth?.session },
    },
    store,
    denyList,
    clock,
  })
  const file = await serverFile()
  members.push(
    ...Array.from({ length: count }, () => createMember(file, settings, { logs, faults })),
  )
  await Promise.all(members.map((member) => member.restart()))

  return {
    origin,
    processes: members,
    logs,
    faults,
    async advance(seconds) {
      clock += seconds
      await Promise.all(members.map((member) => member.order({ clock })))
    },
    async close() {
      await Promise.all(members.map((member) => member.kill9()))
      await close()
    },
  }
}

interface Member extends FleetProcess {
  readonly port: number | undefined
  order(what: Omit<FleetCommand, 'id'>): Promise<ProcessMemory | undefined>
}

function createMember(
  file: string,
  settings: () => FleetSettings,
  { logs, faults }: { readonly logs: string[]; readonly faults: string[] },
): Member {
  let child: ChildProcess | undefined
  let port: number | undefined
  let orders = 0
  const waiting = new Map<number, (memory: ProcessMemory | undefined) => void>()

  async function kill9(): Promise<void> {
    const killed = child
    if (killed === undefined) return
    forget(killed)
    const gone = once(killed, 'exit')
    killed.kill('SIGKILL')
    await gone
  }

  function forget(gone: ChildProcess): void {
    if (gone !== child) return
    child = undefined
    port = undefined
    for (const response of waiting.values()) response(undefined)
    waiting.clear()
  }

  async function restart(): Promise<void> {
    await kill9()
    const started = fork(file, [JSON.stringify(settings())], {
      execArgv: ['--expose-gc', '--enable-source-maps'],
      // Nothing of this process' settings: what the library reads from its environment is not for these.
      env: { PATH: process.env['PATH'], NODE_ENV: 'production' },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    })
    child = started
    let printed = ''
    started.stderr?.on('data', (chunk: Buffer) => (printed += chunk.toString()))
    await new Promise<void>((resolve, reject) => {
      started.on('message', (report: FleetReport) => {
        if ('log' in report) logs.push(report.log)
        else if ('fault' in report) faults.push(report.fault)
        else if ('port' in report) {
          if (started === child) port = report.port
          resolve()
        } else {
          waiting.get(report.id)?.(report.memory)
          waiting.delete(report.id)
        }
      })
      started.once('exit', (code, signal) => {
        if (started === child) faults.push(`ended: ${code ?? signal} ${printed}`)
        forget(started)
        reject(new Error(`A process of the fleet ended: ${faults.join('\n')}`))
      })
    })
  }

  function order(what: Omit<FleetCommand, 'id'>): Promise<ProcessMemory | undefined> {
    const id = orders++
    return new Promise((resolve) => {
      if (child?.send({ id, ...what }) === undefined) resolve(undefined)
      else waiting.set(id, resolve)
    })
  }

  return {
    get pid() {
      return child?.pid ?? 0
    },
    get port() {
      return port
    },
    get origin() {
      return `http://localhost:${port}`
    },
    kill9,
    restart,
    order,
    pause: () => void child?.kill('SIGSTOP'),
    resume: () => void child?.kill('SIGCONT'),
    async memory() {
      const memory = await order({ memory: true })
      if (memory === undefined) throw new Error('The process is not there.')
      return memory
    },
  }
}

let bundle: Promise<string> | undefined

/** The server in one file, made once: it lies where its packages are found from. */
function serverFile(): Promise<string> {
  bundle ??= makeServerFile()
  return bundle
}

async function makeServerFile(): Promise<string> {
  const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
  const outfile = here('../../../../node_modules/.cache/identity-web-fleet/server.mjs')
  const own = `${outfile}.${process.pid}`
  await build({
    entryPoints: [here('fleet-server.ts')],
    outfile: own,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    sourcemap: 'inline',
    plugins: [
      {
        name: 'sources',
        setup: ({ onResolve }) =>
          onResolve({ filter: /^(#|identity-web)/ }, ({ path }) => {
            const alias = aliases.find(({ find }) => find.test(path))
            return alias && { path: path.replace(alias.find, alias.replacement) }
          }),
      },
    ],
  })
  // In one step: other tests may be starting fleets of their own.
  await rename(own, outfile)
  return outfile
}
