// `@nestjs/graphql` does not have public constants for these keys.

/** Whether a method resolves a query, a mutation, a subscription or a field of GraphQL. */
export function isResolver(method: Function): boolean {
  return Reflect.hasMetadata('graphql:resolver_type', method) || isFieldResolver(method)
}

/** Whether a method resolves a field or a reference of an object, and not a query, a mutation or a subscription. */
export function isFieldResolver(method: Function): boolean {
  return (
    Reflect.hasMetadata('graphql:resolve_property', method) ||
    Reflect.hasMetadata('graphql:resolve_reference', method)
  )
}
