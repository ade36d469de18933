// Checks the decorators of all routes at the start.
import type { ModulesContainer } from '@nestjs/core'
import { configurationError } from '../../errors.ts'
import { audienceOfGuard, prepareGuard } from './access-guard.ts'
import { declaredBy, declaredByClass, guardClass, guardsOf, type Access } from './access.ts'
import { handlersOf, isFieldResolver, resolversOf } from './controllers.ts'

/**
 * Checks the declarations of all controllers and resolvers, and creates the guards for their routes, so that the application
 * does not start with an invalid declaration.
 * @throws IdentityError `configuration` for an invalid requirement, and for a decorator that switches off a guard of the same
 *   method or controller.
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

/** Rejects a guard that would not run, because a decorator of the same method or controller has another audience. */
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
      ? 'To guard the route, remove @Public(). To open the route to all visitors, remove the guard.'
      : 'Remove one of them. To allow users and API clients, use @EitherRequired().'
  throw configurationError(
    `${name} has @${decorator}() and @UseGuards(${guardClass(ignored).name}), and @${decorator}() would switch the guard off. ${remedy}`,
  )
}

/** The provider with the options of `GraphQLModule`. `@nestjs/graphql` does not have a public constant for it. */
const GRAPHQL_OPTIONS = 'GqlModuleOptions'

/**
 * Rejects guards on fields that would not run, because `@nestjs/graphql` calls the guards on `@ResolveField()` only if the
 * option `fieldResolverEnhancers` contains `guards`.
 * @throws IdentityError `configuration`
 */
export function checkFields(modules: ModulesContainer): void {
  if (callsGuardsOfFields(modules)) return
  for (const { controller, methods } of resolversOf(modules)) {
    for (const [name, method] of methods) {
      if (!isFieldResolver(method) || !isGuarded(method, controller)) continue
      throw configurationError(
        `${controller.name}.${name} resolves a field and has a guard, but GraphQLModule does not call the guards of fields. Set fieldResolverEnhancers: ['guards', 'filters', 'interceptors'] in the options of GraphQLModule. If everybody may read the field, mark it with @Public().`,
      )
    }
  }
}

function isGuarded(method: Function, resolver: Function): boolean {
  const declared = declaredBy(method) ?? declaredByClass(resolver)
  if (declared !== undefined) return declared.audience !== 'public'
  return [...guardsOf(method), ...guardsOf(resolver)].some(
    (guard) => audienceOfGuard(guard) !== undefined,
  )
}

function callsGuardsOfFields(modules: ModulesContainer): boolean {
  const options = [...modules.values()]
    .map(({ providers }) => providers.get(GRAPHQL_OPTIONS)?.instance)
    .filter((given) => typeof given === 'object' && given !== null)
  return (
    options.length > 0 &&
    options.every((given) =>
      (
        given as { readonly fieldResolverEnhancers?: readonly string[] }
      ).fieldResolverEnhancers?.includes('guards'),
    )
  )
}
