import type { Environment } from '../../web/index.ts'

/** Returns the variables that options are read from: the given ones, or those of the process if the runtime has them. */
export function toEnvironment(given?: object): Environment {
  const { process } = globalThis as { readonly process?: { readonly env?: Environment } }
  return (given as Environment | undefined) ?? process?.env ?? {}
}
