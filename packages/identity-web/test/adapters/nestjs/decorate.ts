import type { Type } from '@nestjs/common'

/** Applies decorators to a method by calls, since those of parameters are no syntax of this project's TypeScript. */
export function decorate<Controller>(
  controller: Type<Controller>,
  method: keyof Controller & string,
  { on, parameters = [] }: { on: MethodDecorator[]; parameters?: ParameterDecorator[] },
): void {
  const prototype = controller.prototype as object
  const descriptor = Object.getOwnPropertyDescriptor(prototype, method) ?? {}
  // The nearest to the method comes first.
  for (const decorator of on.toReversed()) decorator(prototype, method, descriptor)
  for (const [index, decorator] of parameters.entries()) decorator(prototype, method, index)
}
