import type { ExtendableContext } from 'koa'
import type { AuthBase } from '../../classes/index.ts'

// Mounted applications share the context of a request, and `ctx.app` is the outermost application. So each application
// with an `Auth` records that a request has entered it, for the stand-alone `loginRequired`.

interface Entry {
  readonly auth: AuthBase<unknown>
  /** The number of characters that the outer mounts have removed from the URL. */
  readonly depth: number
  readonly outer: Entry | undefined
}

const entries = new WeakMap<ExtendableContext, Entry>()

/** Records that a request has entered an application with an `Auth`. */
export function enterAuth(ctx: ExtendableContext, auth: AuthBase<unknown>): void {
  entries.set(ctx, { auth, depth: depthOf(ctx), outer: entries.get(ctx) })
}

/** Returns the `Auth` of the application that handles the request, or else of the nearest outer application. */
export function authOf(ctx: ExtendableContext): AuthBase<unknown> | undefined {
  const depth = depthOf(ctx)
  let entry = entries.get(ctx)
  // A request that has left a mounted application does not have the users of that application.
  while (entry?.outer !== undefined && entry.depth > depth) entry = entry.outer
  return entry?.auth
}

function depthOf({ originalUrl, url }: ExtendableContext): number {
  return originalUrl.length - url.length
}
