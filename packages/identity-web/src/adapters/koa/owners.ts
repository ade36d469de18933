import type { ExtendableContext } from 'koa'
import type { Auth } from './auth.ts'

// Which `Auth` a request's application has: for the stand-alone `loginRequired`. Applications that are mounted share
// the context, and `ctx.app` is the outermost of them.

interface Owner {
  readonly auth: Auth
  /** How much of the URL was cut off on the way to its application. */
  readonly depth: number
  readonly outer: Owner | undefined
}

const owners = new WeakMap<ExtendableContext, Owner>()

/** Notes that a request came to an application with an `Auth`. */
export function enter(ctx: ExtendableContext, auth: Auth): void {
  owners.set(ctx, { auth, depth: depthOf(ctx), outer: owners.get(ctx) })
}

/** The `Auth` of the application that a request is in, or of the nearest one around it. */
export function ownerOf(ctx: ExtendableContext): Auth | undefined {
  const depth = depthOf(ctx)
  let owner = owners.get(ctx)
  // A mounted application that goes on to the outer one is left: its users are nobody there.
  while (owner?.outer !== undefined && owner.depth > depth) owner = owner.outer
  return owner?.auth
}

function depthOf({ originalUrl, url }: ExtendableContext): number {
  return originalUrl.length - url.length
}
