import { isConsentMissing } from '../api/index.ts'
import { IdentityError } from '../errors.ts'
import type { McpContext } from './auth-info.ts'

// Requests with the same token share their context.
const known = new WeakMap<McpContext, McpContext>()

/**
 * Returns the context for a tool. The SDK sends the message of an error as the result of the tool, so the messages of its
 * calls to other APIs tell the user what to do, and do not contain the text of the provider.
 */
export function toToolContext(context: McpContext): McpContext {
  let result = known.get(context)
  if (result === undefined) known.set(context, (result = withToolErrors(context)))
  return result
}

function withToolErrors(context: McpContext): McpContext {
  const { api, fetch, getTokenOnBehalfOf, startLongRunningProcess } = context
  return Object.freeze({
    ...context,
    fetch: forTool(fetch),
    getTokenOnBehalfOf: forTool(getTokenOnBehalfOf),
    startLongRunningProcess: forTool(startLongRunningProcess),
    api: new Proxy(api, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name)
        return isNamedApi(value) ? { fetch: forTool(value.fetch) } : value
      },
    }),
  })
}

type Call = (...args: never[]) => Promise<unknown>

function isNamedApi(value: unknown): value is { readonly fetch: Call } {
  return typeof value === 'object' && value !== null && 'fetch' in value
}

function forTool<Called extends Call>(call: Called): Called {
  return (async (...args) => {
    try {
      return await call(...args)
    } catch (error) {
      throw IdentityError.is(error) ? toToolError(error) : error
    }
  }) as Called
}

function toToolError(error: IdentityError): IdentityError {
  const message = messageFor(error)
  if (message === undefined) return error
  const { claimsRequest, code } = error
  return new IdentityError(code, message, { cause: error, claimsRequest })
}

/** Returns the message for the user. `undefined` if the error is one of the developer, and says what to change. */
function messageFor(error: IdentityError): string | undefined {
  if (error.code === 'configuration') return undefined
  if (error.code !== 'interaction_required') {
    return error.status === 503
      ? 'The server cannot reach the sign-in service at the moment. Repeat the call later.'
      : 'The server could not get access to another API. Its log contains the reason.'
  }
  if (error.claimsRequest !== undefined) {
    return 'Another API requires that the user signs in again, for example with a second factor. Sign in again in the MCP client, and repeat the call.'
  }
  return isConsentMissing(error)
    ? 'The user has not consented to the permissions that this server needs at another API. An administrator can consent to them for all users.'
    : 'The user must sign in again in the MCP client before this server can call another API for them.'
}
