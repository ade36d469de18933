import type { ContractOptions, ContractVariant, CreateApp } from '../contract/bench.ts'

/** What each request to the worker is told of its host, in the header `x-contract`. */
export interface Told {
  /** Which host: its application is made once. */
  readonly host: number
  /** Options by prefix; what can't be written as JSON is added here. */
  readonly options: Readonly<Record<string, ContractOptions>>
  readonly variant: Required<ContractVariant>
  /** Milliseconds by which the tests moved the clock. */
  readonly moved: number
}

/** A worker that is every host of the contract in turn. */
export function serveContract(createApp: CreateApp): {
  fetch(request: Request, environment: object): Promise<Response>
} {
  const apps = new Map<number, ReturnType<CreateApp>>()
  let moved = 0
  const now = (): number => Date.now() + moved
  return {
    async fetch(request, environment) {
      const told = JSON.parse(request.headers.get('x-contract') ?? '') as Told
      moved = told.moved
      let app = apps.get(told.host)
      if (app === undefined) {
        const optionsFor = (prefix: string): ContractOptions => {
          const { auth, api } = told.options[prefix] as ContractOptions
          return { auth: { ...auth, now }, api: { ...api, now } }
        }
        app = createApp(optionsFor, told.variant)
        apps.set(told.host, app)
      }
      return app(request, environment)
    },
  }
}
