import type { ForwardOptions } from 'identity-web/express'
import type { ContractOptions } from '../contract/bench.ts'

/** Declares the proxies of a case. */
export function addForwards(
  auth: { proxy(path: string, options: ForwardOptions): void },
  { proxies = {} }: ContractOptions,
): void {
  for (const [path, options] of Object.entries(proxies)) auth.forward(path, options)
}
