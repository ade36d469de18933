import type { ExecutionContext } from '@nestjs/common'
import { Reflector } from '@nestjs/core'

/** Whom a route is for. */
export type Audience = 'public' | 'login' | 'authorization' | 'either'

/** What a decorator says of its route or controller. */
export interface Access {
  readonly audience: Audience
  /** What the decorator was given. */
  readonly given: readonly unknown[]
}

/** The metadata of a decorator. */
export const ACCESS = 'identity-web access'

// Where Nest keeps the guards of `@UseGuards()`.
const GUARDS = '__guards__'

const reflector = new Reflector()

/** What a method or a class says of itself, or inherits. */
export function declaredBy(target: object): Access | undefined {
  return reflector.get<Access | undefined>(ACCESS, target as () => unknown)
}

/**
 * What a guard is to go by for a request: what the method says, or else its controller, or else what the guard asks of
 * any route.
 */
export function accessOf(
  context: ExecutionContext,
  { own, guard }: { readonly own: Access; readonly guard: unknown },
): Access {
  const handler = context.getHandler()
  const ofMethod = declaredBy(handler)
  if (ofMethod !== undefined) return ofMethod
  const ofClass = declaredBy(context.getClass())
  if (ofClass === undefined) return own
  // The method names this guard, which is nearer than a `@Public()` of its controller: it must not be left open.
  const isNamed = reflector.get<unknown[] | undefined>(GUARDS, handler)?.includes(guard) === true
  return isNamed && ofClass.audience !== own.audience ? own : ofClass
}
