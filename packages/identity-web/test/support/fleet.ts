import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import type { DevProvider } from 'identity-web-dev'
import type { ApiAuthOptions, AuthOptions } from 'identity-web/express'
import { bundleProgram } from './bundle.ts'
import type {
  FleetCommand,
  FleetReport,
  FleetSettings,
  ProcessMemory,
  StoreAddress,
} from './fleet-messages.ts'
import { startProxy } from './fleet-proxy.ts'
import { SESSION_SECRET } from './site.ts'

/** Options of a fleet. */
export interface FleetOptions {
  readonly provider: DevProvider
  /** @defaultValue `2` */
  readonly processes?: number
  /** The session store. @defaultValue in cookies */
  readonly store?: StoreAddress
  /** The deny-list for sessions in cookies. */
  readonly denyList?: StoreAddress
  /** Options of the `ApiAuth` of `/api`. @defaultValue without this route */
  readonly api?: ApiAuthOptions
  /** The store of the tokens that the `ApiAuth` of all processes share. @defaultValue not shared */
  readonly tokenCache?: StoreAddress
  /** Options of `Auth` that can be JSON. Those of the provider are already set. */
  readonly auth?: AuthOptions
}

/** Returns the options of a fleet's API, which gets tokens on behalf of users. */
export const apiOf = (provider: DevProvider): ApiAuthOptions => ({
  authority: provider.authority(),
  clientId: provider.api.clientId,
  clientCredential: provider.api.clientSecret,
  audience: provider.api.idUri,
})

/** Returns the claims of the token that a process gets on behalf of the user of an access token. */
export async function tokenOf({ origin }: FleetProcess, bearer: string): Promise<unknown> {
  const headers = { authorization: `Bearer ${bearer}` }
  const response = await fetch(`${origin}/on-behalf-of?scopes=User.Read`, { headers })
  return response.json()
}

/** One process of a fleet. */
export interface FleetProcess {
  readonly pid: number
  /** Its own origin, without the proxy. It changes at each restart. */
  readonly origin: string
  /** Kills it during its requests, as the kernel does. */
  kill9(): Promise<void>
  /** Restarts it, and kills it first if it is running. */
  restart(): Promise<void>
  /** Suspends it during its requests. */
  pause(): void
  resume(): void
  memory(): Promise<ProcessMemory>
}

/** One application in several processes, behind one origin. */
export interface Fleet {
  /** The origin that browsers use. */
  readonly origin: string
  readonly processes: readonly FleetProcess[]
  /** The log lines of all processes. */
  readonly logs: readonly string[]
  /** The reasons why processes ended unexpectedly. Must be empty. */
  readonly faults: readonly string[]
  /** Moves all clocks forward by this number of seconds, or back. */
  advance(seconds: number): Promise<void>
  close(): Promise<void>
}

/**
 * Starts Node.js processes with the pages of `declarePages`, and `/slow?ms=`, which needs a sign-in and responds late. With
 * `api`, `/api` needs an access token, and `/on-behalf-of?scopes=` returns the claims of a token for another API.
 *
 * The processes run the sources, as the tests do.
 */
export async function startFleet(options: FleetOptions): Promise<Fleet> {
  const { provider, processes: count = 2, store, denyList, api, tokenCache, auth } = options
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
      timeoutSeconds: 2,
      ...auth,
      session: { secret: SESSION_SECRET, ...auth?.session },
    },
    api,
    tokenCache,
    store,
    denyList,
    clock,
  })
  const file = await bundleProgram('fleet-server.ts')
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
      // The library reads its environment, so the processes must not inherit the variables of the tests.
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
      if (memory === undefined) throw new Error('The process is not running.')
      return memory
    },
  }
}
