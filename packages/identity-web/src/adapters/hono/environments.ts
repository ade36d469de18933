import type { Context } from 'hono'
import { env, getRuntimeKey } from 'hono/adapter'

/**
 * Returns the function that finds the environment of a request, or `undefined` if all requests use the environment of
 * the process.
 *
 * On Workers, and if the options are a function, each request has its environment.
 */
export function environmentsFor(options: unknown): ((c: Context) => object) | undefined {
  if (getRuntimeKey() === 'workerd') return (c) => (c.env as object | undefined) ?? NO_BINDINGS
  if (typeof options !== 'function') return undefined
  // Other runtimes have one environment, but some of them copy it for each call of `env`.
  let ofProcess: object | undefined
  return (c) => (ofProcess ??= env(c as Context<object>))
}

const NO_BINDINGS = {}
