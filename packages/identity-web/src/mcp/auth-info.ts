// `AuthInfo` for the official SDK of MCP.
import { getOrCreate } from '../caches.ts'
import type { ApiServices, ApiUser, AuthorizationContext } from '../api/index.ts'
import type { McpSettings } from '../options/resolve-mcp.ts'

/**
 * An MCP server's caller in the shape of `AuthInfo` in the official TypeScript SDK (version 1 and 2). The SDK passes it
 * on to tools.
 *
 * `JSON.stringify`, `console.log` and a copy with `{ ...authInfo }` leave the token out.
 *
 * @public
 */
export interface AuthInfo {
  /** The access token, which is only for this server, so do not pass it on. */
  token: string
  /** The client ID of the application that sent the token, or `''` if the token does not contain a client ID. */
  clientId: string
  /**
   * The token's scopes in both forms: the short name, such as `Tools.Use`, and the full name that clients request, such
   * as `https://tools.contoso.com/mcp/Tools.Use`. The SDK accepts a scope only if the two strings are equal.
   */
  scopes: string[]
  /** The time at which the token expires, as Unix time in seconds. */
  expiresAt: number
  /** The MCP server's URL. */
  resource: URL
  /** The server's metadata URL (RFC 9728). */
  resourceMetadataUrl: string
  /** The caller. If you need the whole context, call `mcp.contextOf()`. */
  extra: Record<string, unknown> & {
    /** The user, or `undefined` for an app-only token. */
    user?: ApiUser
    /** The user's app roles or, at Microsoft, the application's app permissions. */
    roles: readonly string[]
  }
}

/** The additional members of an MCP server's context. @public */
export interface McpMembers {
  /**
   * The caller in the official SDK's shape. Pass it to an SDK handler that receives a `Request`:
   * `handler.fetch(request, { authInfo })`.
   */
  readonly authInfo: AuthInfo
}

/** The context of a handler behind an `McpAuth` guard. @public */
export type McpContext = AuthorizationContext & McpMembers

/** Adds `authInfo` to contexts. */
export type ToMcpContext = (context: AuthorizationContext) => McpContext

export interface ConfiguredServer {
  readonly settings: McpSettings
  readonly services: ApiServices
  readonly metadataUrl: URL
}

/** A caller, and the MCP server whose guard has accepted the caller's token. */
export interface Accepted {
  readonly context: McpContext
  readonly server: ConfiguredServer
}

// The entry belongs to `extra` and not to `authInfo`, because the SDK may copy `authInfo`.
const accepted = new WeakMap<object, Accepted>()

/** Returns the caller from which an `AuthInfo` was created, or `undefined` for an `AuthInfo` from another source. */
export function callerOf(authInfo: object | undefined): Accepted | undefined {
  const { extra } = (authInfo ?? {}) as { readonly extra?: unknown }
  return typeof extra === 'object' && extra !== null ? accepted.get(extra) : undefined
}

/** Creates the function that adds `authInfo` to contexts. Requests with the same token share the result. */
export function createToMcpContext(server: ConfiguredServer): ToMcpContext {
  const known = new WeakMap<AuthorizationContext, McpContext>()
  return (context) =>
    getOrCreate(known, context, () => {
      const authInfo = toAuthInfo(context, server)
      const result = Object.freeze({ ...context, authInfo })
      accepted.set(authInfo.extra, { context: result, server })
      return result
    })
}

function toAuthInfo(
  context: AuthorizationContext,
  { metadataUrl, services, settings }: ConfiguredServer,
): AuthInfo {
  const { clientId = '', claims, issuer, roles, scopes, token, user } = context
  const { audiences } = services.issuerOf(issuer)
  const authInfo = {
    clientId,
    scopes: [...new Set([...scopes, ...scopes.map(audiences.toFullScope)])],
    expiresAt: claims.exp,
    // Not the URL in the settings, because applications can change the object.
    resource: new URL(settings.resource),
    resourceMetadataUrl: metadataUrl.href,
    extra: { ...(user && { user }), roles },
  }
  // Not enumerable, so that logs and copies do not contain it.
  return Object.defineProperty(authInfo, 'token', { value: token }) as typeof authInfo & {
    token: string
  }
}
