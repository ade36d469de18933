import type { FailedCheck } from '../../settings/problems.ts'
import { toReturnPath } from './return-to.ts'
import type { LocationOptions } from './app-location.ts'
import { toPaths } from './flow.ts'

// Any origin is good enough to check a path.
const BASE = 'http://localhost'

/**
 * Checks where the application is, and returns the paths as browsers send them.
 *
 * @param options - The options in code. An empty `basePath` says that the application is at the root.
 * @param problems - Receives a message for each problem.
 */
export function resolveLocation(
  { basePath, homePath }: LocationOptions,
  redirectUri: URL | undefined,
  problems: FailedCheck[],
): LocationOptions {
  const base = basePath && toReturnPath(basePath, BASE)
  if (basePath !== undefined && !isBasePath(base)) {
    problems.push({
      option: 'basePath',
      message:
        "basePath must be a path that starts with / and does not end with /, or an empty string for the root. Change Auth({ basePath }), for example Auth({ basePath: '/expenses' }).",
    })
  }
  const home = homePath === undefined ? undefined : toReturnPath(homePath, BASE)
  const isRoute = (Object.values(toPaths(redirectUri)) as unknown[]).includes(home)
  if (homePath !== undefined && (home === undefined || isRoute)) {
    problems.push({
      option: 'homePath',
      message:
        "homePath must be the path of a page of this origin. Change Auth({ homePath }), for example Auth({ homePath: '/expenses/' }).",
    })
  }
  return { basePath: base, homePath: home }
}

function isBasePath(path: unknown): boolean {
  return path === '' || (typeof path === 'string' && !/[?#]|\/$/.test(path))
}
