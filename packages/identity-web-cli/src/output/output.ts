/**
 * The output of a command. It replaces every known secret in its lines, so that a message of another program or of the
 * provider cannot reveal a secret.
 */
export class Output {
  readonly #secrets = new Set<string>()
  readonly #out: (line: string) => unknown
  readonly #error: (line: string) => unknown

  constructor(streams: {
    readonly out: (line: string) => unknown
    readonly error: (line: string) => unknown
  }) {
    this.#out = streams.out
    this.#error = streams.error
  }

  /**
   * Makes the output replace a secret or a token from now on. Short strings are not replaced, because they occur in
   * other words.
   */
  hide(secret: string | undefined): void {
    if (secret === undefined || secret.length < SHORTEST) return
    this.#secrets.add(secret)
    // An URL and a JSON document contain a secret in another spelling.
    this.#secrets.add(encodeURIComponent(secret))
    this.#secrets.add(JSON.stringify(secret).slice(1, -1))
  }

  /** Writes a line to the standard output. */
  print(line: string): void {
    this.#out(this.redact(line))
  }

  /** Writes a line to the standard error output. */
  printError(line: string): void {
    this.#error(this.redact(line))
  }

  /** Writes a line with a secret that the user asked for. Call it once for each secret, and never with `--json`. */
  reveal(line: string): void {
    this.#out(line)
  }

  /** Returns the string without secrets, tokens and control characters. */
  redact(text: string): string {
    let result = text
    // A longer secret can contain a shorter one.
    for (const secret of [...this.#secrets].toSorted((a, b) => b.length - a.length))
      result = result.replaceAll(secret, HIDDEN)
    return result
      .replaceAll('\r\n', '\n')
      .replaceAll(/[\w.-]+/g, (word) => (isToken(word) ? HIDDEN : word))
      .replaceAll(CONTROL, '\uFFFD')
  }
}

const SHORTEST = 6
const HIDDEN = '[hidden]'
/**
 * Matches control characters. Text of another server could use them to move the cursor of the terminal, and thus to
 * replace findings.
 */
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/g

/**
 * Returns whether a word is a token in the compact form of JWS or JWE. Such a token starts with a JSON object in
 * base64url.
 */
function isToken(word: string): boolean {
  return word.startsWith('eyJ') && word.includes('.') && word.length > 16
}
