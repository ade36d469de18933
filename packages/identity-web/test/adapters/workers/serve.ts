import { memoryStore } from 'identity-web'
import type { AuthOptions, SessionOptions } from 'identity-web/fetch'
import type { ContractOptions, CreateApp } from '../contract/bench.ts'
import type { Told } from '../hosts/told.ts'

// A store has arrived as an empty object.
function sessionOf({ session = {} }: AuthOptions): SessionOptions {
  return { ...session, ...(session.store !== undefined && { store: memoryStore() }) }
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
          return { auth: { ...auth, now, session: sessionOf(auth) }, api: { ...api, now } }
        }
        app = createApp(optionsFor, told.variant)
        apps.set(told.host, app)
      }
      return app(request, environment)
    },
  }
}
