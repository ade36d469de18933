// Loads a part of the library when a request needs it.
import { configurationError } from './errors.ts'
import type { MaybePromise } from './maybe-promise.ts'

/** Returns a part of the library, and loads it before if necessary. */
export type Load<Module> = () => MaybePromise<Module>

/**
 * Returns a function that loads a part of the library when a request needs it. A guarded request needs few parts, so
 * the application starts faster and a worker evaluates less code.
 *
 * A part that is loaded is returned immediately. If the load fails, the next call tries again. Calls do not share the
 * promise of a load, because in Cloudflare Workers a request cannot wait for the promise of another request. The
 * runtime loads a module only once.
 *
 * @param part - The part for messages, such as `the sign-in`.
 * @param load - Imports the module.
 *
 * @example
 * ```ts
 * const loadCallback = loadLater('the sign-in', () => import('./callback.ts'))
 * const { completeSignIn } = await loadCallback()
 * ```
 */
export function loadLater<Module>(part: string, load: () => Promise<Module>): Load<Module> {
  let loaded: Module | undefined
  const loadNow = async (): Promise<Module> => {
    try {
      loaded = await load()
    } catch (cause) {
      throw configurationError(
        `A module of identity-web could not be loaded for ${part}: ${messageOf(cause)}. Deploy all files of the build together, because identity-web loads some files only when a request needs them.`,
        { cause },
      )
    }
    return loaded
  }
  return () => loaded ?? loadNow()
}

type Handle<Services, Request> = (services: Services, request: Request) => Promise<Response>

/**
 * Returns a request handler whose module is loaded with the first request.
 *
 * @param load - Loads its module.
 * @param name - The name that exports it.
 */
export type HandleLater<Services, Request> = <Name extends string>(
  load: () => MaybePromise<Readonly<Record<Name, Handle<Services, Request>>>>,
  name: Name,
) => Handle<Services, Request>

export const handleLater: HandleLater<any, any> = (load, name) => async (services, request) =>
  (await load())[name](services, request)

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message.replace(/\.$/, '') : 'unknown error'
}
