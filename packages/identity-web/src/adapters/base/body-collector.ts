// Reads a body up to its limit, and parses JSON.
import type { JsonBody } from '../../http-context.ts'
import type { BodyFailure } from '../../web/index.ts'

// The parts that Node.js' http and the fetch API have in common.

/** The maximum size in bytes of a body that is read by default. Authorization responses are smaller. */
const MAX_BODY_BYTES = 100_000

/** Collects a body's chunks. */
export class BodyCollector {
  readonly #decoder = new TextDecoder()
  readonly #maxBytes: number
  #text = ''
  #size = 0

  constructor(maxBytes: number = MAX_BODY_BYTES) {
    this.#maxBytes = maxBytes
  }

  /** @returns `false` if the body is too large. */
  add(chunk: Uint8Array): boolean {
    this.#size += chunk.byteLength
    if (this.#size > this.#maxBytes) return false
    this.#text += this.#decoder.decode(chunk, { stream: true })
    return true
  }

  end(): string {
    return this.#text + this.#decoder.decode()
  }
}

/**
 * Reads a `Request` body.
 *
 * @throws TypeError if the application has read the body.
 */
export async function readStream(
  body: ReadableStream<Uint8Array>,
  maxBytes?: number,
): Promise<string | BodyFailure> {
  const reader = body.getReader()
  const collector = new BodyCollector(maxBytes)
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return collector.end()
      if (!collector.add(value)) break
    }
  } catch {
    return 400
  }
  // The rest of the body is not read. The client may have cut it off.
  reader.cancel().catch(() => undefined)
  return 413
}

/** Parses a body's text. */
export function toJsonBody(text: string | BodyFailure): JsonBody {
  if (typeof text !== 'string') return { failure: text }
  try {
    return { json: JSON.parse(text) as unknown }
  } catch {
    return { failure: 400 }
  }
}
