import type { ApiProxyOptions } from 'identity-web/express'
import type { ContractOptions } from '../contract/bench.ts'

/** Declares the proxies of a case. */
export function addProxies(
  auth: { proxy(path: string, options: ApiProxyOptions): void },
  { proxies = {} }: ContractOptions,
): void {
  for (const [path, options] of Object.entries(proxies)) auth.proxy(path, options)
}
