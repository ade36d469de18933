import type { Output } from '../../output/output.js'

const GUID = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/gi
// Both match from the start of a word only. Otherwise, a long text of a provider would stop the run for hours.
const USER = /(?<![\w.+#%-])[\w.+#%-]+@[\w-]+(?:\.[\w-]+)+/g
const TENANT = /(?<![\w-])[\w-]+\.(onmicrosoft\.com|ciamlogin\.com|b2clogin\.com)/gi

/** A name of this class in a text, such as `[id 2]`. */
const NAME = /\[(?:id|user|tenant) (\d+)\]/g

/**
 * Removes what identifies the tenant, the app and the user from texts. Messages of a provider often contain these
 * values, and a report is made to be published.
 */
export class HiddenIds {
  readonly #output: Output
  readonly #values = new Set<string>()
  readonly #numbers = new Map<string, number>()
  /** The last number of the earlier run, whose values are not known. */
  #first = 0

  constructor(output: Output) {
    this.#output = output
  }

  /** Adds a value that identifies someone. Short values are not added, because they occur in other words. */
  add(value: unknown): void {
    if (typeof value === 'string' && value.length >= 6) this.#values.add(value)
  }

  /** Leaves out the numbers of the texts of an earlier run, because they stand for other values. */
  continue(texts: readonly string[]): void {
    const used = texts.flatMap((text) =>
      [...text.matchAll(NAME)].map(([, number]) => Number(number)),
    )
    this.#first = Math.max(this.#first, ...used)
  }

  /**
   * Returns the text in one line, without IDs, names of users, secrets and tokens. The same value gets the same number
   * in all texts.
   */
  clean(text: string): string {
    let result = this.#output.redact(text).replaceAll(/\s*[\n\u2028\u2029]\s*/g, ' ')
    for (const value of [...this.#values].toSorted((a, b) => b.length - a.length))
      result = result.replaceAll(value, () => this.#name('id', value))
    return result
      .replaceAll(GUID, (value) => this.#name('id', value))
      .replaceAll(USER, (value) => this.#name('user', value))
      .replaceAll(
        TENANT,
        (value, domain: string) =>
          `${this.#name('tenant', value.slice(0, -domain.length - 1))}.${domain}`,
      )
  }

  #name(kind: 'id' | 'user' | 'tenant', value: string): string {
    const key = value.toLowerCase()
    const number = this.#numbers.get(key) ?? this.#first + this.#numbers.size + 1
    this.#numbers.set(key, number)
    return `[${kind} ${number}]`
  }
}
