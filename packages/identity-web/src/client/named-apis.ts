// Creates `context.api`.
import { configurationError } from '../errors.ts'
import type { Register } from '../register.ts'
import type { Apis, KnownApi } from './apis.ts'

/** An API in the option `apis`. @public */
export interface NamedApi {
  /**
   * Calls the API with an access token for its scopes.
   *
   * @param path - A path that is appended to the API's base URL, or an absolute URL with the same origin. The default
   *   is the base URL.
   * @param init - The options of the global `fetch`. The `authorization` header is replaced.
   * @returns The API's response, with any status.
   * @throws IdentityError `interaction_required` if the user must consent or sign in again. Do not catch this error,
   *   because the guard handles it. `configuration` for a URL with another origin.
   *
   * @example
   * ```ts
   * const response = await context.api.todos.fetch('/1')
   * ```
   */
  readonly fetch: (path?: string | URL, init?: RequestInit) => Promise<Response>
}

/** The APIs in the option `apis`, by name. Declare the names as `apis` in `Register`, so that TypeScript knows them. @public */
export type NamedApis = Readonly<
  Record<Register extends { readonly apis: infer Name extends string } ? Name : string, NamedApi>
>

/** Calls an API for a request, with a token for the given scopes. */
export type CallNamedApi<Request> = (
  request: Request,
  api: KnownApi,
  target: { readonly path: string | URL; readonly init: RequestInit | undefined },
) => Promise<Response>

/**
 * The source of `context.api`. Without the option `apis`, all requests share one object. Otherwise, each request gets
 * an object.
 */
export interface NamedApisSource<Request> {
  readonly shared: NamedApis | undefined
  of(request: Request): NamedApis
}

/** Returns `context.api`. Its properties are created when they are read, because most requests do not read them. */
export function createNamedApis<Request>(
  { byName }: Apis,
  call: CallNamedApi<Request>,
): NamedApisSource<Request> {
  const others = unknownNames(byName)
  if (byName.size === 0) return { shared: others, of: () => others }

  class RequestApis {
    readonly #request: Request

    constructor(request: Request) {
      this.#request = request
    }

    static {
      for (const [name, api] of byName) {
        Object.defineProperty(this.prototype, name, {
          enumerable: true,
          get(this: RequestApis): NamedApi {
            const request = this.#request
            return { fetch: (path = '', init) => call(request, api, { path, init }) }
          },
        })
      }
      Object.setPrototypeOf(this.prototype, others)
    }
  }
  return { shared: undefined, of: (request) => new RequestApis(request) as unknown as NamedApis }
}

// `context.api.todo` for `todos` would be `undefined`, and the error would not say why.
function unknownNames(known: ReadonlyMap<string, unknown>): NamedApis {
  return new Proxy(Object.freeze({}), {
    get(target, name) {
      if (typeof name === 'symbol' || name === 'then' || name === 'toJSON' || name in target) {
        return Reflect.get(target, name) as unknown
      }
      const names = [...known.keys()].join(', ')
      throw configurationError(
        `context.api.${name} is not configured. ${names === '' ? '' : `The configured APIs are ${names}. `}Set, for example, Auth({ apis: { ${name}: { baseUrl: 'https://${name}.contoso.com', scopes: ['api://${name}/Read'] } } }).`,
      )
    },
  })
}
