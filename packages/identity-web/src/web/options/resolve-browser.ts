import { isFunction } from '../../settings/check-values.ts'
import type { FailedCheck } from '../../settings/problems.ts'
import type { AuthOptions } from './options.ts'
import { toPaths } from './flow.ts'
import { toReturnPath } from './return-to.ts'

/** The options about the session of scripts. */
type SessionEndpointOptions<User> = Pick<AuthOptions<User>, 'browser' | 'basePath' | 'homePath'>

const EXAMPLE = 'for example Auth({ browser: { sessionView: (user) => ({ name: user.name }) } })'

/**
 * Checks the options of the session endpoint.
 *
 * @param problems - Receives a message for each problem.
 * @returns The path of the endpoint. `undefined` if the application does not have one, or if it is wrong.
 */
export function resolveSessionPath<User>(
  options: SessionEndpointOptions<User>,
  redirectUri: URL | undefined,
  problems: FailedCheck[],
): string | undefined {
  const { browser, basePath, homePath } = options
  if (browser === undefined) return undefined
  // Without TypeScript, an application can pass any value.
  const { sessionView, path: given } = Object(browser) as Readonly<Record<string, unknown>>
  if (!isFunction(sessionView)) {
    problems.push({
      option: 'browser.sessionView',
      message: `browser.sessionView must be a function that returns the part of the user that scripts may see. Set Auth({ browser: { sessionView } }), ${EXAMPLE}.`,
    })
  }
  const routes = toPaths(redirectUri, basePath)
  const path = given ?? defaultPath(routes.login)
  const fault = faultOf(path, { routes: Object.values(routes) as string[], homePath })
  if (fault !== undefined) {
    problems.push({
      option: 'browser.path',
      message: `The path of the session endpoint ${fault}. Change Auth({ browser: { path } }), for example Auth({ browser: { path: '/api/session', sessionView } }).`,
    })
  }
  return fault === undefined ? (path as string) : undefined
}

function defaultPath(login: string): string {
  return login.replace(/login$/, 'session')
}

interface OtherPaths {
  readonly routes: readonly string[]
  readonly homePath: string | undefined
}

function faultOf(path: unknown, { routes, homePath }: OtherPaths): string | undefined {
  // Any origin is good enough to check a path.
  const isPath =
    typeof path === 'string' &&
    !/[?#]/.test(path) &&
    toReturnPath(path, 'http://localhost') === path
  if (!isPath || path === '/') {
    return 'must start with / and be another path than /, without a query and as browsers send it'
  }
  if (routes.includes(path)) return `is ${path}, which is already the path of another route`
  return path === homePath ? `is ${path}, which is also the homePath` : undefined
}
