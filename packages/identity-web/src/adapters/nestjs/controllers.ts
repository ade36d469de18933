// Finds controllers and resolvers of GraphQL.
import { MetadataScanner, type ModulesContainer } from '@nestjs/core'
import { AccessGuard } from './access-guard.ts'

/** A module's controller, or a class with GraphQL resolvers. */
export interface ModuleController {
  readonly controller: Function
  /** The methods, by their names. */
  readonly methods: ReadonlyMap<string, Function>
  /** This library's guards that the module creates. */
  readonly guards: readonly AccessGuard<never>[]
}

/** Returns the classes with GraphQL resolvers. Nest does not know them, so they are providers. */
export function resolversOf(modules: ModulesContainer): ModuleController[] {
  return classesOf(modules, 'providers').filter(({ methods }) =>
    [...methods.values()].some((method) => isResolver(method)),
  )
}

/** Returns all classes whose methods handle requests. */
export function handlersOf(modules: ModulesContainer): ModuleController[] {
  return [...classesOf(modules, 'controllers'), ...resolversOf(modules)]
}

function classesOf(
  modules: ModulesContainer,
  kind: 'controllers' | 'providers',
): ModuleController[] {
  return [...modules.values()].flatMap((module) => {
    const guards = [...module.injectables.values()]
      .map(({ instance }) => instance)
      .filter(isAccessGuard)
    return [...module[kind].values()].flatMap(({ metatype }) =>
      // The factory of a provider can be an arrow function.
      typeof metatype === 'function' && metatype.prototype !== undefined
        ? [{ controller: metatype, methods: methodsOf(metatype), guards }]
        : [],
    )
  })
}

function isAccessGuard(given: unknown): given is AccessGuard<never> {
  return given instanceof AccessGuard
}

function methodsOf(controller: Function): ReadonlyMap<string, Function> {
  const prototype = controller.prototype as Readonly<Record<string, Function>>
  return new Map(
    new MetadataScanner()
      .getAllMethodNames(prototype)
      .map((name) => [name, prototype[name] as Function]),
  )
}

// `@nestjs/graphql` does not have public constants for these keys.

/** Returns whether a method resolves a GraphQL query, mutation, subscription or field. */
function isResolver(method: Function): boolean {
  return Reflect.hasMetadata('graphql:resolver_type', method) || isFieldResolver(method)
}

/**
 * Returns whether a method resolves an object's field or reference instead of a query, a mutation or a subscription.
 */
export function isFieldResolver(method: Function): boolean {
  return (
    Reflect.hasMetadata('graphql:resolve_property', method) ||
    Reflect.hasMetadata('graphql:resolve_reference', method)
  )
}
