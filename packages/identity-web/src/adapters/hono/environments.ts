import type { Context } from 'hono'
import { env, getRuntimeKey } from 'hono/adapter'
import { SERVER } from '../../host-traits.ts'
import type { Environments } from '../../classes/index.ts'

/**
 * Returns where the environments of an application come from.
 *
 * On Workers, and if the options are a function, each request has its environment. Node.js runs servers, which can fail at
 * their start.
 */
export function environmentsFor(options: unknown): Environments<Context> {
  const runtime = getRuntimeKey()
  if (runtime === 'workerd') {
    return { of: (c) => (c.env as object | undefined) ?? NO_BINDINGS, host: {} }
  }
  if (typeof options !== 'function') {
    return { of: undefined, host: runtime === 'node' ? SERVER : {} }
  }
  // Other runtimes have one environment, but some of them copy it for each call of `env`.
  let ofProcess: object | undefined
  return { of: (c) => (ofProcess ??= env(c as Context<object>)), host: {} }
}

const NO_BINDINGS = {}
