// Warns about rewrites that lead around a guard of the proxy.
import type { WebAuth } from '../../web/index.ts'
import { BASE_PATH, isBelow } from './urls.ts'

/** A rewrite of `next.config`, as Next.js writes it into `routes-manifest.json`. */
interface Rewrite {
  readonly source: string
  readonly destination: string
}

/**
 * The settings of the running Next.js servers, by server folder. Next.js does not export a type for them.
 */
type Servers = Readonly<Record<string, { readonly nextConfig?: { readonly distDir?: string } }>>

/**
 * Warns about rewrites from a path that does not require sign-in to a path that does. Because Next.js calls the proxy
 * before it rewrites, the proxy only sees the source.
 *
 * On the edge runtime, and on platforms that do not deploy the file, the rewrites cannot be read.
 *
 * @param paths - The paths that require sign-in, without `basePath`.
 */
export function warnAboutRewrites<User>(
  web: Pick<WebAuth<User>, 'warn'>,
  paths: readonly string[],
): void {
  const folders = paths.map((path) => BASE_PATH + path)
  for (const { source, destination } of readRewrites()) {
    const isGuarded = folders.some((folder) => isBelow(source, folder))
    if (isGuarded || !folders.some((folder) => canReach(destination, folder))) continue
    const without = isBelow(source, BASE_PATH) ? source.slice(BASE_PATH.length) || '/' : source
    web.warn(
      `next.config rewrites ${source} to ${destination}. The option loginRequired of auth.createProxy() guards ${destination}, but Next.js rewrites the URL after the proxy. So visitors can open the page at ${source} without sign-in. Add the path ${without} to loginRequired, and guard the page too.`,
    )
  }
}

/**
 * Returns whether a destination can lead to a folder or to a path below the folder. The part after the destination's
 * first parameter is unknown.
 */
function canReach(destination: string, folder: string): boolean {
  const [known = '', ...unknown] = destination.replace(/[?#].*/, '').split(':')
  return (
    isBelow(known.replace(/\/$/, ''), folder) || (unknown.length > 0 && folder.startsWith(known))
  )
}

function readRewrites(): readonly Rewrite[] {
  try {
    // Next.js checks bundles of the edge runtime for names that exist only in Node.js. There, the function throws.
    const { process: host } = globalThis
    const fs = host.getBuiltinModule('node:fs')
    const servers = (globalThis as { readonly [SERVERS]?: Servers })[SERVERS] ?? {}
    return Object.entries(servers).flatMap(([folder, { nextConfig }]) => {
      const file = [host.cwd(), folder, nextConfig?.distDir, 'routes-manifest.json'].join('/')
      const { rewrites } = JSON.parse(fs.readFileSync(file, 'utf8')) as {
        readonly rewrites: Readonly<Record<string, readonly Rewrite[]>>
      }
      return Object.values(rewrites).flat()
    })
  } catch {
    return []
  }
}

const SERVERS = Symbol.for('@next/router-server-methods')
