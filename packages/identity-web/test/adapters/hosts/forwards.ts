import type { ForwardOptions } from 'identity-web/express'
import type { ContractOptions } from '../contract/bench.ts'

/** Declares the forwarded paths of a case. */
export function addForwards(
  auth: { forward(path: string, options: ForwardOptions): void },
  { forwards = {} }: ContractOptions,
): void {
  for (const [path, options] of Object.entries(forwards)) auth.forward(path, options)
}
