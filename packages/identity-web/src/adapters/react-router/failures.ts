type OnFailure = (error: Error) => void

/**
 * Returns a context for the loaders below a middleware. The router does not tell a middleware the errors of loaders.
 * @param onFailure - Receives the errors of the functions of the context, also of `context.api`.
 */
export function withFailures(context: object, onFailure: OnFailure): object {
  const watched = Object.entries(context).map(([name, value]: [string, unknown]) => {
    if (name === 'api') return [name, watchApis(value as object, onFailure)] as const
    return [name, watch(value, context, onFailure)] as const
  })
  return Object.fromEntries(watched)
}

// A proxy, because each API is created when it is read, and an unknown name throws an error.
function watchApis(apis: object, onFailure: OnFailure): object {
  return new Proxy(apis, {
    get(target, name) {
      const api = Reflect.get(target, name) as unknown
      if (typeof api !== 'object' || api === null) return api
      return Object.fromEntries(
        Object.entries(api).map(([member, value]) => [member, watch(value, api, onFailure)]),
      )
    },
  })
}

function watch(value: unknown, owner: object, onFailure: OnFailure): unknown {
  if (typeof value !== 'function') return value
  return async (...given: readonly unknown[]): Promise<unknown> => {
    try {
      return (await Reflect.apply(value, owner, given)) as unknown
    } catch (error) {
      onFailure(error as Error)
      throw error
    }
  }
}
