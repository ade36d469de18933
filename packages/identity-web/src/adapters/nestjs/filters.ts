import type { ExceptionFilter } from '@nestjs/common'

// Nest does not have public constants for these keys.

/** Returns the filters that `@UseFilters()` adds to a method or a class, which may be inherited. */
export function filtersOf(target: object): readonly unknown[] {
  return read('__exceptionFilters__', target) ?? []
}

/** Returns the classes of exceptions that `@Catch()` sets for a filter. Without a class, it handles all exceptions. */
export function exceptionsOf(filter: ExceptionFilter): readonly Function[] {
  const prototype = Object.getPrototypeOf(filter) as object
  // Nest 12.5 sets them for the prototype too, because its constructor may be another class.
  return (
    read('__filterCatchExceptions__', prototype) ??
    read('__filterCatchExceptions__', prototype.constructor) ??
    []
  )
}

function read<T>(key: string, target: object): readonly T[] | undefined {
  return Reflect.getMetadata(key, target) as readonly T[] | undefined
}
