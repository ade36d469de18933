import type { ModulesContainer } from '@nestjs/core'
import { IdentityError } from '../../errors.ts'
import { audienceOfGuard } from './access-guard.ts'
import { declaredBy, declaredByClass, guardsOf } from './access.ts'
import { resolversOf } from './controllers.ts'
import { isFieldResolver } from './resolvers.ts'

/** The provider with the options of `GraphQLModule`. `@nestjs/graphql` does not have a public constant for it. */
const GRAPHQL_OPTIONS = 'GqlModuleOptions'

/**
 * Rejects guards of fields that would not run. `@nestjs/graphql` calls the guards of `@ResolveField()` only if the option
 * `fieldResolverEnhancers` contains `guards`.
 * @throws IdentityError `configuration`
 */
export function checkFields(modules: ModulesContainer): void {
  if (callsGuardsOfFields(modules)) return
  for (const { controller, methods } of resolversOf(modules)) {
    for (const [name, method] of methods) {
      if (!isFieldResolver(method) || !isGuarded(method, controller)) continue
      throw new IdentityError(
        'configuration',
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
