import type { SessionOptions } from '../../../src/options/session-options.ts'
import { memoryStore, type SessionStore } from 'identity-web'
import type { AuthOptions } from 'identity-web/fetch'
import type { ContractOptions, ContractVariant } from '../contract/bench.ts'
import { sessionView } from '../next-app/session-view.ts'
import type { Told } from './told.ts'

/** Makes the application of a host. */
type CreateHost<App> = (
  options: (prefix: string) => ContractOptions,
  variant: Required<ContractVariant>,
) => App

/** Makes the store of a host. The environment is that of a worker. */
export type CreateStore = (host: number, environment: object) => SessionStore

/**
 * Lets one server be every host of the contract in turn: see `tellingHosts`.
 *
 * @param createStore - Makes the store of a host whose option `session.store` is set.
 * @returns A function that returns the application for the header `x-contract` of a request.
 */
export function hostsInTurn<App>(
  create: CreateHost<App>,
  createStore: CreateStore = () => memoryStore(),
): (header: unknown, environment?: object) => App {
  const apps = new Map<number, App>()
  let moved = 0
  const now = (): number => Date.now() + moved
  return (header, environment = {}) => {
    const told = JSON.parse(String(header)) as Told
    moved = told.moved
    let app = apps.get(told.host)
    if (app === undefined) {
      // A store has arrived as an empty object.
      const sessionOf = ({ session = {} }: AuthOptions): SessionOptions => ({
        ...session,
        ...(session.store !== undefined && { store: createStore(told.host, environment) }),
      })
      const optionsFor = (prefix: string): ContractOptions => {
        const { auth, api, mcp, forwards } = told.options[prefix] as ContractOptions
        // So has the function.
        const browser = auth.browser && { browser: { sessionView } }
        return {
          auth: { ...auth, ...browser, now, session: sessionOf(auth) },
          api: { ...api, now },
          mcp: { ...mcp, now },
          forwards,
        }
      }
      app = create(optionsFor, told.variant)
      apps.set(told.host, app)
    }
    return app
  }
}
