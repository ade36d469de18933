// Reads a body that a parser may have read before.
import type { IncomingMessage } from 'node:http'
import type { BodyFailure } from '../../web/index.ts'
import { BodyCollector } from '../base/body-collector.ts'

// The body of a request of Node.js, which a parser of the application may have read.

/**
 * Returns a form as text.
 *
 * @param parsed - The body that a parser produced.
 */
export async function readForm(
  request: IncomingMessage,
  parsed: unknown,
): Promise<string | BodyFailure> {
  // A parser of the application has read the stream already.
  if (typeof parsed === 'string') return parsed
  if (Buffer.isBuffer(parsed)) return parsed.toString('utf8')
  if (isParsed(request, parsed)) {
    const form = new URLSearchParams()
    for (const [name, value] of Object.entries(parsed)) {
      for (const one of Array.isArray(value) ? value : [value]) {
        // A form does not contain objects, so this is JSON. Its `toString` may be a number.
        form.append(name, typeof one === 'object' ? '' : String(one))
      }
    }
    return form.toString()
  }
  return readStream(request)
}

/**
 * Reads a request's stream by its events, because the stream's iterator would set `request.socket` to `null` when it stops
 * early, and an access log that reads the client's IP address would then end the process.
 */
export function readStream(
  request: IncomingMessage,
  maxBytes?: number,
): Promise<string | BodyFailure> {
  if (request.readableEnded) return Promise.resolve('')
  if (request.destroyed) return Promise.resolve(400)
  const collector = new BodyCollector(maxBytes)
  return new Promise((resolve) => {
    const add = (chunk: Uint8Array | string): void => {
      if (collector.add(typeof chunk === 'string' ? Buffer.from(chunk) : chunk)) return
      // The stream continues, and Node.js discards the rest.
      request.off('data', add)
      resolve(413)
    }
    request
      .on('data', add)
      .once('end', () => resolve(collector.end()))
      .once('error', () => resolve(400))
      // The client is gone. After the end of the body, this has no effect.
      .once('close', () => resolve(400))
      // A middleware may have paused the stream.
      .resume()
  })
}

/**
 * Returns whether a parser has read the body. A parser for another content type sets an empty object without reading the stream
 * (body-parser 1).
 */
export function isParsed({ readableDidRead }: IncomingMessage, body: unknown): body is object {
  if (typeof body !== 'object' || body === null || 'pipe' in body) return false
  return readableDidRead || Object.keys(body).length > 0
}
