// Calls the functions of the application that read a key or sign.
import { retryAfterSeconds } from '../authority/index.ts'
import { failed, isOperational } from '../client/credential/assertion.ts'
import { configurationError, IdentityError, withChanges } from '../errors.ts'
import { nodeProcess } from '../fetch-api.ts'
import { secondsOf } from '../text.ts'

/** The `vaultKey()` whose code is called. */
export type CodeOwner = object

/** A call to the application's code. */
interface Call {
  readonly owner: CodeOwner
  /** The call that this one is a part of. */
  readonly outer: Call | undefined
  isRunning: boolean
  /** Its request for a token that needs the call itself. */
  error?: IdentityError
}

interface CallStorage {
  run<T>(call: Call, code: () => T): T
  getStore(): Call | undefined
}

const asyncHooks = nodeProcess().getBuiltinModule?.('node:async_hooks') as
  | { readonly AsyncLocalStorage?: new () => CallStorage }
  | undefined
/**
 * The calls that the running code belongs to. Without it, as on runtimes that are not compatible with Node.js, only the
 * time limit ends a request that waits for itself. It also ends a request that waits for a token that another request
 * asked for.
 */
const calls = asyncHooks?.AsyncLocalStorage && new asyncHooks.AsyncLocalStorage()

/** The errors from {@link assertOutside}. */
export const nestedErrors: WeakSet<object> = new WeakSet()

/**
 * Calls the application's code.
 *
 * @param subject - The code for messages, such as `clientCredential.sign()`.
 * @throws IdentityError `provider_unavailable` if the code fails.
 */
export async function callCode<T>(
  owner: CodeOwner,
  subject: string,
  code: () => T | Promise<T>,
): Promise<T> {
  const call: Call = { owner, outer: calls?.getStore(), isRunning: true }
  try {
    return await (calls === undefined ? code() : calls.run(call, code))
  } catch (error) {
    throw call.error ?? (isOperational(error) ? error : vaultError(subject, error))
  } finally {
    // Timers and connections that the code has created keep the call as their context.
    call.isRunning = false
  }
}

/** @throws IdentityError `configuration` if the owner's code requests the token that needs this code. */
export function assertOutside(owner: CodeOwner): void {
  for (let call = calls?.getStore(); call !== undefined; call = call.outer) {
    if (call.owner !== owner || !call.isRunning) continue
    call.error = configurationError(
      `The code in vaultKey() requests a token of the application that it authenticates, so the request would wait for itself. ${OTHER_IDENTITY}`,
    )
    nestedErrors.add(call.error)
    throw call.error
  }
}

const OTHER_IDENTITY =
  'Access the vault with another identity, for example ManagedIdentityCredential of @azure/identity, and not with the tokens of this application.'

/**
 * Waits for the application's code, but not longer than a number of seconds. Each request has its own limit, because
 * Cloudflare Workers can end the request that called the code.
 */
export async function within<T>(seconds: number, subject: string, promise: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const message = `${subject} did not return within ${secondsOf(seconds)}.`
      const hint = `Check the connection to the vault. If the code requests a token of this application, it waits for itself. ${OTHER_IDENTITY}`
      reject(new IdentityError('provider_unavailable', message, { hint, retryAfterSeconds: 5 }))
    }, seconds * 1000)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}

/** The parts that are safe to show in errors from Azure's and AWS's clients. */
interface VaultError {
  readonly statusCode?: unknown
  readonly $metadata?: { readonly httpStatusCode?: unknown }
  readonly response?: { readonly headers?: Partial<Headers> }
}

function vaultError(subject: string, error: unknown): IdentityError {
  const { statusCode, $metadata, response } = Object(error) as VaultError
  const status = statusCode ?? $metadata?.httpStatusCode
  const failure = failed(subject, error)
  const message =
    typeof status === 'number'
      ? failure.message.replace(/\)\.$/, `, status ${status}).`)
      : failure.message
  const headers = response?.headers
  const isThrottled = typeof headers?.get === 'function' && headers.get('retry-after')
  return withChanges(failure, {
    message,
    ...(isThrottled && { retryAfterSeconds: retryAfterSeconds(headers as Headers) }),
  })
}
