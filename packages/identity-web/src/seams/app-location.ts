// Where the application is on its origin: base path, mount path.
/** The options that determine the application's location on its origin. */
export interface LocationOptions {
  readonly basePath?: string | undefined
  readonly homePath?: string | undefined
}

/** The facts about an application that a framework has mounted under a path. */
interface Mount {
  readonly homePath?: string
  readonly seesAll?: boolean
}

/** The application's location on its origin, to which users return by default. */
export interface AppLocation {
  /** The path of the page to which users return. */
  readonly homePath: string
  /**
   * Returns whether a page of this origin belongs to the application, which then handles the return from a sign-out at
   * this page.
   */
  owns(path: string): boolean
  /**
   * Returns whether a page of this origin can belong to the application. Without a base path, every page can belong to it.
   */
  contains(path: string): boolean
  /**
   * The part of the base path that a proxy removes before the server receives a request. `''` if there is none. It is a
   * property, because the router reads it for each request.
   */
  readonly removedPath: string
  /**
   * The path, as the browser sends it, below which the server gets requests, or `undefined` if the server gets all
   * requests of the origin, or if the mount path is not known yet.
   */
  readonly servesOnly: string | undefined
  /** Returns the path and query that the browser requested, although a proxy may have removed the base path. */
  toBrowserUrl(url: string): string
  /** Returns the path that the server receives for a path in the browser. */
  toServerPath(path: string): string
  /**
   * Sets the path under which the framework has mounted the application, unless the options set another one. A path
   * that does not contain the sign-in routes is ignored.
   *
   * @param mount - The facts about the mount: the default home page if it is not the mount path with a slash, and
   *   whether the library also gets requests outside the mount path.
   */
  learn(mountPath: string | undefined, mount?: Mount): void
  /**
   * Returns a text for developers if the location is only a guess. Once the location is certain, the result is always
   * `undefined`.
   */
  doubt(): string | undefined
}

/**
 * Creates an application's location.
 *
 * @param callback - The redirect URI's path.
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

/** Returns whether two paths are equal, or the first path is below the second. */
export function isBelow(path: string, folder: string): boolean {
  return path.startsWith(folder) && (path.length === folder.length || path[folder.length] === '/')
}

/** Returns a URL's path without an origin. */
export function pathOf(url: string): string {
  const query = url.indexOf('?')
  return query === -1 ? url : url.slice(0, query)
}
