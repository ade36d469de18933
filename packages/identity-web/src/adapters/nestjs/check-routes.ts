import { MetadataScanner, type ModulesContainer } from '@nestjs/core'
import { AccessGuard } from './access-guard.ts'
import { declaredBy, type Access } from './access.ts'

/**
 * Makes the guards of all routes, so that one which is declared wrongly keeps the application from starting.
 *
 * @throws IdentityError `configuration` for a requirement that makes no sense.
 */
export function checkRoutes(modules: ModulesContainer): void {
  for (const { controllers, injectables } of modules.values()) {
    const guards = [...injectables.values()].flatMap(({ instance }) =>
      instance instanceof AccessGuard ? [instance as AccessGuard<unknown>] : [],
    )
    const declared = [...controllers.values()].flatMap(({ metatype }) => accessesOf(metatype))
    for (const access of declared) for (const guard of guards) AccessGuard.prepare(guard, access)
  }
}

function accessesOf(controller: unknown): Access[] {
  if (typeof controller !== 'function') return []
  const prototype = controller.prototype as Record<string, object>
  const methods = new MetadataScanner().getAllMethodNames(prototype)
  return [controller, ...methods.map((name) => prototype[name])].flatMap(
    (target) => (target && declaredBy(target)) ?? [],
  )
}
