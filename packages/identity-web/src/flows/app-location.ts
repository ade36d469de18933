/** The options that say where the application is on its origin. */
export interface LocationOptions {
  readonly basePath?: string | undefined
  readonly homePath?: string | undefined
}

/** How a framework has mounted an application under a path. */
interface Mount {
  readonly homePath?: string
  readonly seesAll?: boolean
}

/** Where the application is on its origin. Users return there by default. */
export interface AppLocation {
  /** The path of the page to which users return. */
  readonly homePath: string
  /** Whether a page of this origin belongs to the application, so that it handles the return from a sign-out. */
  owns(path: string): boolean
  /** Whether a page of this origin can belong to the application. Without a base path, every page can. */
  contains(path: string): boolean
  /**
   * The part of the base path that a proxy removes before the server receives a request. `''` if there is none. It is a
   * property, because the router reads it for each request.
   */
  readonly removedPath: string
  /**
   * The path below which the server gets requests, as the browser sends them. `undefined` if it gets all requests of the origin, or
   * if the framework has not yet told where it mounted the application.
   */
  readonly servesOnly: string | undefined
  /** Returns the path and query that the browser requested. A proxy may have removed the base path. */
  toBrowserUrl(url: string): string
  /** Returns the path that the server receives for a path in the browser. */
  toServerPath(path: string): string
  /**
   * Sets the path under which the framework has mounted the application. Options take precedence, and a path that does not
   * contain the routes of sign-in is ignored.
   *
   * @param mount - The default home page, if it is not the mount path with a slash, and whether the library gets requests outside
   *   the mount path too.
   */
  learn(mountPath: string | undefined, mount?: Mount): void
  /** Returns the text for developers if the location is only a guess. Once it is not a guess, it stays so. */
  doubt(): string | undefined
}

/**
 * Creates the location of an application.
 *
 * @param callback - The path of the redirect URI.
 */
export function createAppLocation(
  { basePath, homePath }: LocationOptions,
  callback: string,
): AppLocation {
  const directory = callback.slice(0, callback.lastIndexOf('/') + 1)
  let base = basePath
  let home = homePath ?? `${basePath ?? ''}/`
  // The framework adds the path under which it mounts the application.
  let mounted = ''

  const location: { -readonly [Name in keyof AppLocation]: AppLocation[Name] } = {
    get homePath() {
      return home
    },

    removedPath: basePath ?? '',

    servesOnly: basePath || undefined,

    owns(path) {
      if (base !== undefined) return isBelow(path, base)
      return homePath === undefined && path.startsWith(directory)
    },

    contains: (path) => base === undefined || isBelow(path, base),

    toBrowserUrl(url) {
      const { removedPath } = location
      if (removedPath === '' || isBelow(pathOf(url), basePath ?? '')) return url
      return removedPath + url
    },

    toServerPath(path) {
      const { removedPath } = location
      return removedPath !== '' && isBelow(path, removedPath)
        ? path.slice(removedPath.length) || '/'
        : path
    },

    learn(mountPath, { homePath: defaultHome, seesAll = false } = {}) {
      if (!mountPath || mountPath === mounted) return
      if (basePath === undefined) {
        if (!callback.startsWith(`${mountPath}/`)) return
        base = mountPath
        home = homePath ?? defaultHome ?? `${mountPath}/`
        if (!seesAll) location.servesOnly = mountPath
      } else if (basePath.endsWith(mountPath)) {
        location.removedPath = basePath.slice(0, -mountPath.length)
      }
      mounted = mountPath
    },

    doubt() {
      if (directory === '/' || base !== undefined || homePath !== undefined) return undefined
      const folder = directory.slice(0, -1)
      return `redirectUri contains the directory ${folder}, but basePath and homePath are not configured, so users return to ${home} after sign-in and sign-out. If the whole application is below ${folder}, set Auth({ basePath: '${folder}' }). If it is at the root, set Auth({ basePath: '' }). If another server handles ${home}, set Auth({ homePath: '${home}' }).`
    },
  }
  return location
}

function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`)
}

/** Returns the path of a URL that has no origin. */
export function pathOf(url: string): string {
  const query = url.indexOf('?')
  return query === -1 ? url : url.slice(0, query)
}
