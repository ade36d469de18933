import { cookieName } from '../../web/index.ts'

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

/** Merges `Set-Cookie` values. Later values replace earlier values of the same name. */
export function replaceCookies(earlier: readonly string[], later: readonly string[]): string[] {
  return [...withoutCookies(earlier, later), ...later]
}

/** Returns the `Set-Cookie` values whose names do not occur in the other values. */
export function withoutCookies(cookies: readonly string[], others: readonly string[]): string[] {
  const names = new Set(others.map(cookieName))
  return cookies.filter((cookie) => !names.has(cookieName(cookie)))
}
