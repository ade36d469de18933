import type { DevProvider } from 'identity-web-dev'
import { freePort, type Environment, type Project, type RunningServer } from './project.ts'

/** The settings of an application that signs users in with a provider. */
export const settingsOf = (provider: DevProvider, redirectUri: string): Environment => ({
  IDENTITY_AUTHORITY: provider.authority(),
  IDENTITY_CLIENT_ID: provider.app.clientId,
  IDENTITY_CLIENT_SECRET: provider.app.clientSecret ?? '',
  IDENTITY_REDIRECT_URI: redirectUri,
  IDENTITY_SESSION_SECRET: 'a-session-secret-of-the-tests-with-32-characters',
})

/** Returns the text of a file with variables, such as `.env`. */
export const envFile = (variables: Environment): string =>
  Object.entries(variables)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('')

/** How a project is built and served. */
export interface Commands {
  /** The command of the build, such as `['npm', 'run', 'build']`. It gets `PORT` and `env`. */
  readonly build: readonly string[]
  /** The command of the server. It gets `PORT` and `env`. */
  readonly serve: readonly string[]
  /** The URL of the first page, without the origin. @defaultValue `''` */
  readonly basePath?: string
  /** The path of the redirect URI below the base path. @defaultValue `'/redirect'` */
  readonly redirectPath?: string
  /** Further variables of the build and the server. */
  readonly env?: (port: number) => Environment
}

/** Writes the settings to `.env`, builds a project, and serves it at a free port. */
export async function buildAndServe(
  project: Project,
  provider: DevProvider,
  { build, serve, basePath = '', redirectPath = '/redirect', env = () => ({}) }: Commands,
): Promise<RunningServer> {
  const port = await freePort()
  const url = `http://localhost:${port}${basePath}`
  const variables = { PORT: String(port), ...env(port) }
  project.write('.env', envFile(settingsOf(provider, `${url}${redirectPath}`)))
  project.run(build, variables)
  return { ...(await project.start(serve, `${url}/`, variables)), url }
}
