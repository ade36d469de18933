// The audience and the requirement that a decorator sets.
import { Reflector } from '@nestjs/core'

/** A route's audience: everyone, or the visitors or callers that a guard allows. */
export type Audience = 'public' | 'loginRequired' | 'authorizationRequired' | 'orBearer' | 'mcp'

/** The audience and the requirement that a decorator sets for a route or a controller. */
export interface Access {
  /** The decorator's name. */
  readonly name: string
  readonly audience: Audience
  /** The decorator's arguments. */
  readonly given: readonly unknown[]
}

const toAccess = (name: string, audience: Audience): Access => ({ name, audience, given: [] })

export const LOGIN: Access = toAccess('LoginRequired', 'loginRequired')
export const AUTHORIZATION: Access = toAccess('AuthorizationRequired', 'authorizationRequired')
export const SESSION_OR_BEARER: Access = toAccess('EitherRequired', 'orBearer')
export const MCP: Access = toAccess('McpRequired', 'mcp')
export const PUBLIC: Access = toAccess('Public', 'public')

/** The name of the metadata that a decorator sets. */
export const ACCESS = 'identity-web access'

const reflector = new Reflector()

/** Returns the declaration of a method or a class, which may be inherited. */
export function declaredBy(target: object): Access | undefined {
  return reflector.get<Access | undefined>(ACCESS, target as () => unknown)
}

/**
 * Returns the guards that `@UseGuards()` adds to a method or a class, which may be inherited. Nest does not have a constant for
 * the key.
 */
export function guardsOf(target: object): readonly unknown[] {
  return reflector.get<unknown[] | undefined>('__guards__', target as () => unknown) ?? []
}

/** A method that handles requests, and the controller that has or inherits it. */
export interface Handler {
  readonly controller: Function
  readonly handler: Function
}

/**
 * Returns the declaration that applies to a handler: that of the method, otherwise of the controller, otherwise of the guard.
 */
export function accessOf({ controller, handler }: Handler, own: Access, guard: unknown): Access {
  const ofMethod = declaredBy(handler)
  if (ofMethod !== undefined) return ofMethod
  const ofClass = declaredByClass(controller)
  if (ofClass === undefined) return own
  // A guard of the method overrides a `@Public()` of its controller. The route must not be open.
  const isNamed = (): boolean => guardsOf(handler).some((given) => guardClass(given) === guard)
  return ofClass.audience !== own.audience && isNamed() ? own : ofClass
}

/** Returns a guard's class. `@UseGuards()` accepts classes and instances. */
export function guardClass(given: unknown): Function {
  return typeof given === 'function' ? given : (given as object).constructor
}

/**
 * Returns a controller's declaration. Controllers inherit requirements, but not `@Public()`, because a base class must not open
 * the routes of controllers that it does not know.
 */
export function declaredByClass(controller: object): Access | undefined {
  const declared = declaredBy(controller)
  if (declared?.audience !== 'public' || Reflect.hasOwnMetadata(ACCESS, controller)) return declared
  let base = controller
  do base = Object.getPrototypeOf(base) as object
  while (declaredBy(base)?.audience === 'public')
  return declaredBy(base)
}
