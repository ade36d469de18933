import type { ClientAuth } from 'openid-client'
import { IdentityError, isIdentityError } from '../../errors.ts'
import { createMethod, type CredentialSettings, type Method } from './methods.ts'
import type { ClientCredential, SingleCredential } from './types.ts'
import { withHint } from './with-hint.ts'

/** How an application authenticates its requests to the token endpoint. */
export interface ClientAuthentication {
  /**
   * Loads files and keys ahead of time.
   *
   * @throws IdentityError `configuration` for the first credential that can't be used.
   */
  prepare(): Promise<void>
  /**
   * Runs a request with the credential that worked last. When the provider refuses it (`invalid_client`), or it
   * can't be used at all, the others of the list have their turn, each once.
   *
   * @param request - May be called several times.
   * @throws Whatever the request throws; after a list was tried in vain, the provider's last refusal (else the first
   *   fault of a credential), with a hint on each.
   */
  run<T>(request: (authenticate: ClientAuth) => Promise<T>): Promise<T>
}

type Request<T> = (authenticate: ClientAuth) => Promise<T>

export function createClientAuthentication(
  credential: ClientCredential,
  settings: CredentialSettings,
): ClientAuthentication {
  const faults = new WeakSet<Error>()
  const isList = Array.isArray(credential)
  const list = (isList ? credential : [credential]) as readonly SingleCredential[]
  const methods = list.map((single, index) =>
    createMethod(
      single,
      { ...settings, name: isList ? `clientCredential[${index}]` : 'clientCredential' },
      (error) => faults.add(error),
    ),
  )
  let current = 0

  /** What a credential's own functions throw is its fault, and no answer to the request. */
  async function own<T>(promise: Promise<T>): Promise<T> {
    try {
      return await promise
    } catch (error) {
      if (isIdentityError(error)) faults.add(error)
      throw error
    }
  }

  async function attempt<T>(method: Method, request: Request<T>): Promise<T> {
    const proof = await own(method.prove())
    try {
      return await request(proof.authenticate)
    } catch (error) {
      if (!isRefusal(error)) throw error
      const renewed = await proof.renew?.()
      if (renewed === undefined) throw withHint(error, proof.advice?.())
      return request(renewed.authenticate).catch((again: unknown) => {
        throw isRefusal(again) ? withHint(again, renewed.advice?.()) : again
      })
    }
  }

  return {
    async prepare() {
      // One after the other: the first of the list that is wrong is the one to be told of.
      // oxlint-disable-next-line no-await-in-loop
      for (const method of methods) await method.prepare()
    },

    async run(request) {
      const start = current
      const tries: Try[] = []
      for (let step = 0; step < methods.length; step += 1) {
        const index = (start + step) % methods.length
        const method = methods[index] as Method
        try {
          // oxlint-disable-next-line no-await-in-loop
          const value = await attempt(method, request)
          current = index
          return value
        } catch (error) {
          if (!isIdentityError(error) || !(isRefusal(error) || faults.has(error))) {
            // An OAuth error of another kind: the application was recognized.
            if (isIdentityError(error) && error.error !== undefined) current = index
            throw error
          }
          tries.push({ name: method.name, error })
        }
      }
      throw failure(tries)
    },
  }
}

interface Try {
  readonly name: string
  readonly error: IdentityError
}

function isRefusal(error: unknown): error is IdentityError & { readonly error: 'invalid_client' } {
  return isIdentityError(error) && error.error === 'invalid_client'
}

function failure(tries: readonly Try[]): IdentityError {
  const error = (tries.findLast((one) => isRefusal(one.error)) ?? tries[0])?.error
  if (error === undefined) {
    return new IdentityError('configuration', 'clientCredential is an empty list.')
  }
  if (tries.length === 1) return error
  const each = tries.map((one) => `${one.name}: ${summary(one.error)}`).join(' ')
  return withHint(error, `None of ${tries.length} credentials works. ${each}`)
}

function summary(error: IdentityError): string {
  if (!isRefusal(error)) return error.message
  const codes = error.errorCodes?.map((code) => ` ${code}`).join('') ?? ''
  return `refused (invalid_client${codes}).${error.hint === undefined ? '' : ` ${error.hint}`}`
}
