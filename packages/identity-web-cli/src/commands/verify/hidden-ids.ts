import type { Output } from '../../output/output.js'

const GUID = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/gi
// Both match from the start of a word only. Otherwise, a long text of a provider would stop the run for hours.
const USER = /(?<![\w.+#%-])[\w.+#%-]+@[\w-]+(?:\.[\w-]+)+/g
const TENANT = /(?<![\w-])[\w-]+\.(onmicrosoft\.com|ciamlogin\.com|b2clogin\.com)/gi

/**
 * Removes what identifies the tenant, the app and the user from texts. Messages of a provider often contain these
 * values, and a report is made to be published.
 */
export class HiddenIds {
  readonly #output: Output
  readonly #values = new Set<string>()

  constructor(output: Output) {
    this.#output = output
  }

  /** Adds a value that identifies someone. Short values are not added, because they occur in other words. */
  add(value: unknown): void {
    if (typeof value === 'string' && value.length >= 6) this.#values.add(value)
  }

  /** Returns the text without IDs, names of users, secrets and tokens. */
  clean(text: string): string {
    let result = this.#output.redact(text)
    for (const value of [...this.#values].toSorted((a, b) => b.length - a.length))
      result = result.replaceAll(value, '[id]')
    return result
      .replaceAll(GUID, '[id]')
      .replaceAll(USER, '[user]')
      .replaceAll(TENANT, '[tenant].$1')
  }
}
