import { randomUUID } from 'node:crypto'
import {
  createScriptedProvider,
  type ScriptedProvider,
} from '../../support/scripted-provider/provider.ts'
import { json } from '../../support/scripted-provider/pages.ts'
import { serveRequests } from '../../support/request-server.ts'
import type { ConformanceModule, ConformancePlan, ModuleResult } from '../module.ts'

/** A stand-in of the conformance suite. It has the same REST API, and plays the modules with scripted providers. */
export interface StandInSuite {
  readonly url: string
  /** The requests to the API, such as `POST plan`. */
  readonly calls: readonly string[]
  /** The runs, in the order of their start. */
  readonly runs: readonly StandInRun[]
  close(): Promise<void>
}

/** What the stand-in does wrong. */
export interface StandInFaults {
  /** The modules that never end. */
  readonly endless?: readonly string[]
  /** The modules that the suite interrupts when they start. */
  readonly interrupted?: readonly string[]
  /** The token that each request to the API must contain. */
  readonly token?: string
}

interface StandInRun {
  readonly id: string
  readonly module: ConformanceModule
  readonly provider: ScriptedProvider
  readonly visited: string[]
  isCancelled: boolean
}

interface StandInPlan {
  readonly plan: ConformancePlan
  readonly configuration: Configuration
}

interface Configuration {
  readonly alias: string
  readonly waitTimeoutSeconds: number
  readonly client: Record<string, string>
}

export async function startStandInSuite(
  plans: readonly ConformancePlan[],
  { endless = [], interrupted = [], token }: StandInFaults = {},
): Promise<StandInSuite> {
  const calls: string[] = []
  const runs: StandInRun[] = []
  const created = new Map<string, StandInPlan>()
  let lastRequestAt = 0

  async function respond(request: Request, origin: string): Promise<Response> {
    const url = new URL(request.url)
    if (url.pathname.startsWith('/test/')) {
      lastRequestAt = Date.now()
      return runs.at(-1)?.provider.respond(request) ?? json({}, 404)
    }
    const path = url.pathname.replace(/^\/api\//, '')
    calls.push(`${request.method} ${path.split('/')[0]}`)
    if (token !== undefined && request.headers.get('authorization') !== `Bearer ${token}`) {
      return json({ error: 'unauthorized' }, 401)
    }
    if (path === 'plan') return createPlan(url, (await request.json()) as Configuration)
    if (path === 'runner') return startRun(url, origin)
    const [kind, ...rest] = path.split('/')
    const run = runs.find(({ id }) => rest.includes(id))
    if (run === undefined) return json({ error: 'not found' }, 404)
    if (kind === 'info') return json(stateOf(run))
    if (rest[0] === 'browser') run.visited.push(url.searchParams.get('url') ?? '')
    if (request.method === 'DELETE') run.isCancelled = true
    return json({ exposed: { issuer: run.provider.issuer }, browser: { urls: urlsOf(run) } })
  }

  function createPlan(url: URL, configuration: Configuration): Response {
    const plan = plans.find(({ name }) => name === url.searchParams.get('planName'))
    if (plan === undefined) return json({ error: 'No such plan' }, 404)
    const id = randomUUID()
    created.set(id, { plan, configuration })
    const names = [...plan.modules.map(({ name }) => name), ...Object.keys(plan.without ?? {})]
    return json({ id, modules: names.map((testModule) => ({ testModule, variant: {} })) }, 201)
  }

  function startRun(url: URL, origin: string): Response {
    const planned = created.get(url.searchParams.get('plan') ?? '')
    const name = url.searchParams.get('test')
    const module = planned?.plan.modules.find((one) => one.name === name)
    if (planned === undefined || module === undefined) return json({ error: 'No such test' }, 404)
    const { alias, client } = planned.configuration
    const provider = createScriptedProvider({
      issuer: `${origin}/test/a/${alias}/`,
      script: module.script ?? {},
      client: {
        clientId: client['client_id'] ?? '',
        clientSecret: client['client_secret'] ?? '',
        redirectUri: client['redirect_uri'] ?? '',
        postLogoutRedirectUri: client['post_logout_redirect_uri'] ?? '',
        backChannelLogoutUri: client['backchannel_logout_uri'] ?? '',
        frontChannelLogoutUri: client['frontchannel_logout_uri'] ?? '',
      },
    })
    const id = randomUUID()
    runs.push({ id, module, provider, visited: [], isCancelled: false })
    return json({ id, name, url: provider.issuer }, 201)
  }

  /** A run ends when no request has come for a while. The suite ends runs that must succeed at once. */
  function stateOf({ module, provider }: StandInRun): {
    status: string
    result: ModuleResult | 'UNKNOWN'
  } {
    const { requests } = provider.record
    const wait = [...created.values()].at(-1)?.configuration.waitTimeoutSeconds ?? 0
    const isQuiet = requests.length > 0 && Date.now() - lastRequestAt > wait * 1000
    if (interrupted.includes(module.name)) return { status: 'INTERRUPTED', result: 'FAILED' }
    return isQuiet && !endless.includes(module.name)
      ? { status: 'FINISHED', result: module.judge(provider.record) }
      : { status: 'WAITING', result: 'UNKNOWN' }
  }

  const server = await serveRequests(respond)
  return { url: server.origin, calls, runs, close: () => server.close() }
}

/** The suite asks the user to open the login URL of the application. */
function urlsOf({ module }: StandInRun): readonly string[] {
  return module.name.includes('3rd-party') ? ['https://application.example/login'] : []
}
