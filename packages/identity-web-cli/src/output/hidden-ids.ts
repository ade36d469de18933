import type { Output } from './output.js'

const GUID = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/gi
// Both match from the start of a word only. Otherwise, a long text of a provider would stop the run for hours.
const USER = /(?<![\w.+#%-])[\w.+#%-]+@[\w-]+(?:\.[\w-]+)+/g
const TENANT = /(?<![\w-])[\w-]+\.(onmicrosoft\.com|ciamlogin\.com|b2clogin\.com)/gi

/** The hosts of all tenants. A report can contain their names. */
const SHARED_HOST =
  /^(login(\.partner)?\.microsoftonline\.\w+|sts\.windows\.net|graph\.microsoft\.\w+|127\.0\.0\.1|v\d\.\d)$/

/**
 * Removes what identifies the tenant, the app and the user from texts. Messages of a provider often contain these
 * values, and a report is made to be published.
 */
export class HiddenIds {
  readonly output: Output
  readonly #values = new Set<string>()
  readonly #numbers = new Map<string, number>()

  constructor(output: Output) {
    this.output = output
  }

  /** Prints a line without them. */
  print(line: string): void {
    this.output.print(this.clean(line))
  }

  /** Adds a value that identifies someone. Short values are not added, because they occur in other words. */
  add(value: unknown): void {
    if (typeof value === 'string' && value.length >= 6) this.#values.add(value)
  }

  /** Adds a URL, and the names in it, because messages of a provider name the tenant without the rest of the URL. */
  addUrl(url = ''): void {
    this.add(url)
    if (!URL.canParse(url)) return
    const { hostname, pathname } = new URL(url)
    for (const name of [hostname, ...pathname.split('/')]) this.addName(name)
  }

  /** Adds the name of a host or a tenant, but not the hosts that all tenants share. */
  addName(name = ''): void {
    if (name.includes('.') && !SHARED_HOST.test(name)) this.add(name)
  }

  /**
   * Returns the text in one line, without IDs, names of users, secrets and tokens. The same value gets the same number
   * in all texts.
   */
  clean(text: string): string {
    let result = this.output.redact(text).replaceAll(/\s*[\n\u2028\u2029]\s*/g, ' ')
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
    const number = this.#numbers.get(key) ?? this.#numbers.size + 1
    this.#numbers.set(key, number)
    return `[${kind} ${number}]`
  }
}
