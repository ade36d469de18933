import type { Environment } from '../../web/index.ts'

/** The variables that options are read from: those given, or those of the process where the runtime has one. */
export function toEnvironment(given?: object): Environment {
  const { process } = globalThis as { readonly process?: { readonly env?: Environment } }
  return (given as Environment | undefined) ?? process?.env ?? {}
}
