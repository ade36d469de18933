import type { Environment } from '../../web/index.ts'

/** The variables of the environment, where the runtime has a `process`; none elsewhere. */
export function processEnvironment(): Environment {
  const { process } = globalThis as { readonly process?: { readonly env?: Environment } }
  return process?.env ?? {}
}
