// Ends an event stream when the token expires.
import { createExpirySignal } from '../../authentication/index.ts'
import type { StreamEnd } from '../../http-context.ts'

/**
 * Returns the response or, if it is an event stream that must end at a certain time, a copy whose stream ends at this time.
 */
export function withStreamEnd(response: Response, end: StreamEnd | undefined): Response {
  if (end === undefined || !isEventStream(response)) return response
  // Only here, because @hono/node-server and srvx create a native response when the body is read.
  const { body } = response
  return body === null ? response : new Response(endingStream(body, end), response)
}

function isEventStream({ headers }: Response): boolean {
  return headers.get('content-type')?.startsWith('text/event-stream') === true
}

function endingStream(
  source: ReadableStream<Uint8Array>,
  streamEnd: StreamEnd,
): ReadableStream<Uint8Array> {
  const reader = source.getReader()
  const end = createExpirySignal(streamEnd)
  const signal = end.get()
  return new ReadableStream<Uint8Array>({
    start(controller) {
      signal.addEventListener('abort', () => {
        // Between two events, so that the client sees a complete stream.
        controller.close()
        reader.cancel(signal.reason).catch(() => undefined)
      })
    },
    async pull(controller) {
      try {
        const { done, value } = await reader.read()
        if (signal.aborted) return
        if (!done) return controller.enqueue(value)
        end.close()
        controller.close()
      } catch (error) {
        end.close()
        if (!signal.aborted) controller.error(error)
      }
      return undefined
    },
    cancel(reason) {
      end.close()
      return reader.cancel(reason)
    },
  })
}
