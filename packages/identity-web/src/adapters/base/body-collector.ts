import type { BodyFailure } from '../../web/index.ts'

// The parts that Node.js' http and the fetch API have in common.

/** The largest body that is read, in bytes. Authorization responses are smaller. */
const MAX_BODY_BYTES = 100_000

/** Collects the chunks of a body. */
export class BodyCollector {
  readonly #decoder = new TextDecoder()
  #text = ''
  #size = 0

  /** @returns `false` if the body is too large for an authorization response. */
  add(chunk: Uint8Array): boolean {
    this.#size += chunk.byteLength
    if (this.#size > MAX_BODY_BYTES) return false
    this.#text += this.#decoder.decode(chunk, { stream: true })
    return true
  }

  end(): string {
    return this.#text + this.#decoder.decode()
  }
}

/**
 * Reads the body of a `Request`.
 *
 * @throws TypeError if the application has read the body.
 */
export async function readStream(body: ReadableStream<Uint8Array>): Promise<string | BodyFailure> {
  const reader = body.getReader()
  const collector = new BodyCollector()
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
