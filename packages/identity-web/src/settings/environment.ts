import { isLoopbackUrl } from '../authority/index.ts'

/** Where an application runs. In production, users do not see texts for developers. @public */
export type AppEnvironment = 'production' | 'development'

/**
 * Returns where the application runs: the option `environment`, then `NODE_ENV`. Without both, an application that is
 * reachable only from its own machine is in development.
 *
 * @param urls - The URLs that tell where the application runs: the redirect URI of a web app, the authority of an API.
 */
export function resolveEnvironment(
  { environment }: { readonly environment?: AppEnvironment | undefined },
  variables: Readonly<Record<string, string | undefined>>,
  urls: readonly (string | undefined)[],
): AppEnvironment {
  const name = environment ?? (variables['NODE_ENV'] || undefined)
  // A misspelled name must not show the texts for developers to users.
  if (name !== undefined) return DEVELOPMENT.has(name) ? 'development' : 'production'
  const given = urls.filter((url) => url !== undefined && url !== '')
  return given.length > 0 && given.every(isLoopbackUrl) ? 'development' : 'production'
}

const DEVELOPMENT: ReadonlySet<string> = new Set(['development', 'test'])
