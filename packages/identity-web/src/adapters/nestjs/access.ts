import type { ExecutionContext } from '@nestjs/common'
import { Reflector } from '@nestjs/core'

/** The visitors and callers that a route is for. */
export type Audience = 'public' | 'login' | 'authorization' | 'either'

/** The audience and the requirement that a decorator sets for a route or a controller. */
export interface Access {
  readonly audience: Audience
  /** The arguments of the decorator. */
  readonly given: readonly unknown[]
}

/** The name of the metadata that a decorator sets. */
export const ACCESS = 'identity-web access'

/** The name under which Nest stores the guards of `@UseGuards()`. */
export const GUARDS = '__guards__'

const reflector = new Reflector()

/** Returns the declaration of a method or a class, which may be inherited. */
export function declaredBy(target: object): Access | undefined {
  return reflector.get<Access | undefined>(ACCESS, target as () => unknown)
}

/**
 * Returns the declaration for a request. It comes from the method, otherwise from the controller, otherwise from the
 * guard.
 */
export function accessOf(context: ExecutionContext, own: Access, guard: unknown): Access {
  const handler = context.getHandler()
  const ofMethod = declaredBy(handler)
  if (ofMethod !== undefined) return ofMethod
  const ofClass = declaredBy(context.getClass())
  if (ofClass === undefined) return own
  // A guard of the method overrides a `@Public()` of its controller. The route must not be open.
  const isNamed = reflector.get<unknown[] | undefined>(GUARDS, handler)?.includes(guard) === true
  return isNamed && ofClass.audience !== own.audience ? own : ofClass
}
