import { setTimeout as delay } from 'node:timers/promises'

/** A module of a plan at the suite. */
export interface SuiteModule {
  readonly testModule: string
  readonly variant?: Readonly<Record<string, string>>
}

/** The state of a module that was started. */
export interface SuiteState {
  readonly status: string
  readonly result: string | undefined
}

/** The REST API of the conformance suite of the OpenID Foundation. */
export interface SuiteClient {
  /** Creates a plan. Returns its ID and its modules. */
  createPlan(
    name: string,
    variant: Readonly<Record<string, string>>,
    configuration: object,
  ): Promise<{ readonly id: string; readonly modules: readonly SuiteModule[] }>
  /** Starts a module. Returns the ID of its run. */
  startModule(planId: string, module: SuiteModule): Promise<string>
  /** Waits until a run has one of these states. After the time limit, it returns the last state. */
  waitFor(id: string, states: readonly string[], seconds: number): Promise<SuiteState>
  /** Returns the issuer that a run plays. */
  issuerOf(id: string): Promise<string>
  /** Returns the URLs that a run asks the user to open. */
  urlsToVisit(id: string): Promise<readonly string[]>
  /** Tells a run that the user has opened a URL. */
  markVisited(id: string, url: string): Promise<void>
  /** Stops a run. */
  cancel(id: string): Promise<void>
}

interface RunnerDocument {
  readonly exposed?: { readonly issuer?: string }
  readonly browser?: { readonly urls?: readonly string[] }
}

/** The pause between two polls, in milliseconds. */
const POLL_PAUSE = 200

/**
 * @param suite - The URL of the suite, such as `https://localhost.emobix.co.uk:8443`.
 * @param token - The API token. A suite in development mode requires none.
 */
export function createSuiteClient(suite: string, token: string | undefined): SuiteClient {
  const base = suite.endsWith('/') ? suite : `${suite}/`

  async function call(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(`${base}api/${path}`, {
      method,
      headers: {
        accept: 'application/json',
        'content-type': 'application/json',
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) {
      throw new Error(
        `The suite responded to ${method} /api/${path} with ${response.status}: ${text.slice(0, 300)}`,
      )
    }
    return text === '' ? undefined : (JSON.parse(text) as unknown)
  }

  const runnerOf = (id: string): Promise<unknown> => call('GET', `runner/${id}`)
  const stateOf = (id: string): Promise<unknown> => call('GET', `info/${id}`)

  return {
    async createPlan(name, variant, configuration) {
      const query = new URLSearchParams({ planName: name, variant: JSON.stringify(variant) })
      const plan = await call('POST', `plan?${query}`, configuration)
      return plan as { id: string; modules: SuiteModule[] }
    },

    async startModule(planId, { testModule, variant = {} }) {
      const query = new URLSearchParams({
        test: testModule,
        plan: planId,
        variant: JSON.stringify(variant),
      })
      return ((await call('POST', `runner?${query}`)) as { id: string }).id
    },

    async waitFor(id, states, seconds) {
      const end = Date.now() + seconds * 1000
      for (;;) {
        const { status, result } = (await stateOf(id)) as SuiteState
        const isOver = states.includes(status) || status === 'INTERRUPTED'
        if (isOver || Date.now() > end) return { status, result }
        await delay(POLL_PAUSE)
      }
    },

    async issuerOf(id) {
      const { exposed } = (await runnerOf(id)) as RunnerDocument
      if (exposed?.issuer === undefined) {
        throw new Error(`The suite does not name the issuer of the run ${id}.`)
      }
      return exposed.issuer
    },

    async urlsToVisit(id) {
      return ((await runnerOf(id)) as RunnerDocument).browser?.urls ?? []
    },

    async markVisited(id, url) {
      await call('POST', `runner/browser/${id}/visit?${new URLSearchParams({ url })}`)
    },

    async cancel(id) {
      await call('DELETE', `runner/${id}`)
    },
  }
}
