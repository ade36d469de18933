import { MetadataScanner, type ModulesContainer } from '@nestjs/core'
import { AccessGuard } from './access-guard.ts'

/** A controller of a module. */
export interface ModuleController {
  readonly controller: Function
  /** The methods, by their names. */
  readonly methods: ReadonlyMap<string, Function>
  /** The guards of this library that the module creates. */
  readonly guards: readonly AccessGuard<never>[]
}

/** Returns the controllers of an application. */
export function controllersOf(modules: ModulesContainer): ModuleController[] {
  return [...modules.values()].flatMap(({ controllers, injectables }) => {
    const guards = [...injectables.values()].map(({ instance }) => instance).filter(isAccessGuard)
    return [...controllers.values()].flatMap(({ metatype }) =>
      typeof metatype === 'function'
        ? [{ controller: metatype, methods: methodsOf(metatype), guards }]
        : [],
    )
  })
}

export function isAccessGuard(given: unknown): given is AccessGuard<never> {
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
