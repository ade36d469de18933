// Ends streams of MCP when the token expires.
import type { ServerResponse } from 'node:http'
import type { StreamEnd } from '../../http-context.ts'

/** The time between two checks of the open responses. */
const INTERVAL_MILLISECONDS = 1000

/**
 * The responses that may be streams. The next check removes those that have ended, because a listener for each response
 * would cost more than the guard itself.
 */
const responses = new Map<ServerResponse, StreamEnd>()
let timer: NodeJS.Timeout | undefined

/**
 * Ends a response at a given time if it is still a stream then. It does not interrupt a response that has not started
 * yet.
 */
export function endResponseAt(response: ServerResponse, end: StreamEnd): void {
  responses.set(response, end)
  timer ??= setInterval(checkResponses, INTERVAL_MILLISECONDS).unref()
}

function checkResponses(): void {
  for (const [response, { endsAt, now }] of responses) {
    if (response.writableEnded || response.destroyed) responses.delete(response)
    else if (response.headersSent && now() >= endsAt) {
      responses.delete(response)
      endResponse(response)
    }
  }
  if (responses.size > 0) return
  clearInterval(timer)
  timer = undefined
}

function endResponse(response: ServerResponse): void {
  // The application may write once more before it learns that the response is closed. Without a listener, the error of this
  // write would end the process.
  response.on('error', () => undefined)
  response.end()
}
