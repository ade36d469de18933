import type { Hono } from 'hono'
import { findTargetHandler } from 'hono/utils/handler'
import { guardOf, type ListedRoute } from '../../members/index.ts'
import type { App } from './respond.ts'

/** Returns the guarded routes of a Hono application. */
export function routesOf(app: App): ListedRoute[] {
  const { routes } = app as Hono
  return routes.flatMap(({ method, path, handler }) => {
    // Hono wraps the handlers of a part of the application that has an `onError`.
    const guard = guardOf(findTargetHandler(handler))
    return guard === undefined ? [] : [{ method, path, ...guard }]
  })
}
