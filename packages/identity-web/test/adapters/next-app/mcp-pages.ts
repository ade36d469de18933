import type { AuthInfo, McpContext } from 'identity-web/express'

/**
 * Describes the caller of an MCP server.
 *
 * @param given - What the SDK would receive: `auth` of the request of Node.js, or what the handler passes on.
 */
export function describeCaller(
  { authInfo, user, app }: McpContext,
  given: unknown = authInfo,
): object {
  return {
    ...(user === undefined ? { app: app.clientId } : { user: user.oid }),
    scopes: authInfo.scopes,
    isForSdk: given === authInfo && (given as AuthInfo).token.length > 0,
  }
}

/** The requirement of an endpoint with a tool that needs another scope. */
export const TOOLS = { tools: { write: { scopes: ['Todos.ReadWrite'] } } }

/** The head of a stream of events. */
export const EVENTS = { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' }

/** A stream of one event that does not end. */
export function openStream(): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start: (controller) => controller.enqueue(new TextEncoder().encode('data: one\n\n')),
  })
}
