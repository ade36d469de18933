import { MetadataScanner, type ModulesContainer } from '@nestjs/core'
import { IdentityError } from '../../errors.ts'
import { AccessGuard, audienceOfGuard, prepareGuard } from './access-guard.ts'
import {
  declaredBy,
  declaredByClass,
  guardClass,
  guardsOf,
  type Access,
  type Audience,
} from './access.ts'

/**
 * Checks the declarations of all controllers and creates the guards of their routes, so that the application does not
 * start with an invalid declaration.
 * @throws IdentityError `configuration` for an invalid requirement, and for a decorator that switches off a guard of the
 *   same method or controller.
 */
export function checkRoutes(modules: ModulesContainer): void {
  for (const { controllers, injectables } of modules.values()) {
    const guards = [...injectables.values()].flatMap(({ instance }) =>
      instance instanceof AccessGuard ? [instance as AccessGuard<never>] : [],
    )
    for (const { metatype } of controllers.values()) {
      for (const place of placesOf(metatype)) {
        const { access } = place
        if (access === undefined) continue
        assertGuardsRun(place, access)
        for (const guard of guards) prepareGuard(guard, access)
      }
    }
  }
}

/** A controller or one of its methods. */
interface Place {
  readonly target: object
  readonly name: string
  readonly access: Access | undefined
}

function placesOf(controller: unknown): Place[] {
  if (typeof controller !== 'function') return []
  const prototype = controller.prototype as Record<string, object>
  const methods = new MetadataScanner().getAllMethodNames(prototype)
  return [
    { target: controller, name: controller.name, access: declaredByClass(controller) },
    ...methods.flatMap((method) => {
      const target = prototype[method]
      const name = `${controller.name}.${method}`
      return target === undefined ? [] : [{ target, name, access: declaredBy(target) }]
    }),
  ]
}

const DECORATORS: Readonly<Record<Audience, string>> = {
  public: '@Public()',
  login: '@LoginRequired()',
  authorization: '@AuthorizationRequired()',
  either: '@EitherRequired()',
}

/** Rejects a guard that would not run, because a decorator of the same place has another audience. */
function assertGuardsRun({ target, name }: Place, { audience }: Access): void {
  // Nest copies the guards of a base class.
  const inherited = new Set(guardsOf(Object.getPrototypeOf(target) as object))
  const isIgnored = (guard: unknown): boolean =>
    !inherited.has(guard) && (audienceOfGuard(guard) ?? audience) !== audience
  const ignored = guardsOf(target).find(isIgnored)
  if (ignored === undefined) return
  const decorator = DECORATORS[audience]
  const remedy =
    audience === 'public'
      ? 'Remove @Public() to guard the route, or remove the guard to open it to all visitors.'
      : 'Remove one of them. To allow users and API clients, use @EitherRequired().'
  throw new IdentityError(
    'configuration',
    `${name} has ${decorator} and @UseGuards(${guardClass(ignored).name}), and ${decorator} would switch the guard off. ${remedy}`,
  )
}
