import type { ModulesContainer } from '@nestjs/core'
import { IdentityError } from '../../errors.ts'
import { audienceOfGuard, prepareGuard } from './access-guard.ts'
import { declaredBy, declaredByClass, guardClass, guardsOf, type Access } from './access.ts'
import { handlersOf } from './controllers.ts'

/**
 * Checks the declarations of all controllers and resolvers, and creates the guards of their routes, so that the application does not
 * start with an invalid declaration.
 * @throws IdentityError `configuration` for an invalid requirement, and for a decorator that switches off a guard of the
 *   same method or controller.
 */
export function checkRoutes(modules: ModulesContainer): void {
  for (const { controller, methods, guards } of handlersOf(modules)) {
    const check = (target: Function, name: string, access: Access | undefined): void => {
      if (access === undefined) return
      assertGuardsRun(target, name, access)
      for (const guard of guards) prepareGuard(guard, access)
    }
    check(controller, controller.name, declaredByClass(controller))
    for (const [name, method] of methods) {
      check(method, `${controller.name}.${name}`, declaredBy(method))
    }
  }
}

/** Rejects a guard that would not run, because a decorator of the same place has another audience. */
function assertGuardsRun(
  target: object,
  name: string,
  { audience, name: decorator }: Access,
): void {
  // Nest copies the guards of a base class.
  const inherited = new Set(guardsOf(Object.getPrototypeOf(target) as object))
  const isIgnored = (guard: unknown): boolean =>
    !inherited.has(guard) && (audienceOfGuard(guard) ?? audience) !== audience
  const ignored = guardsOf(target).find(isIgnored)
  if (ignored === undefined) return
  const remedy =
    audience === 'public'
      ? 'Remove @Public() to guard the route, or remove the guard to open it to all visitors.'
      : 'Remove one of them. To allow users and API clients, use @EitherRequired().'
  throw new IdentityError(
    'configuration',
    `${name} has @${decorator}() and @UseGuards(${guardClass(ignored).name}), and @${decorator}() would switch the guard off. ${remedy}`,
  )
}
