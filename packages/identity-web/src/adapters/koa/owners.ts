import type { ExtendableContext } from 'koa'

/**
 * Knows what a request's application has, such as its `Auth`, for the stand-alone `loginRequired`. Applications that are
 * mounted share the context, and `ctx.app` is the outermost of them.
 */
export interface Owners<Owner> {
  /** Notes that a request came to an application that has an owner. */
  enter(ctx: ExtendableContext, owner: Owner): void
  /** That of the application that a request is in, or of the nearest one around it. */
  of(ctx: ExtendableContext): Owner | undefined
}

interface Entered<Owner> {
  readonly owner: Owner
  /** How much of the URL was cut off on the way to its application. */
  readonly depth: number
  readonly outer: Entered<Owner> | undefined
}

export function createOwners<Owner>(): Owners<Owner> {
  const entered = new WeakMap<ExtendableContext, Entered<Owner>>()

  return {
    enter(ctx, owner) {
      entered.set(ctx, { owner, depth: depthOf(ctx), outer: entered.get(ctx) })
    },

    of(ctx) {
      const depth = depthOf(ctx)
      let last = entered.get(ctx)
      // A mounted application that goes on to the outer one is left: its users are nobody there.
      while (last?.outer !== undefined && last.depth > depth) last = last.outer
      return last?.owner
    },
  }
}

function depthOf({ originalUrl, url }: ExtendableContext): number {
  return originalUrl.length - url.length
}
