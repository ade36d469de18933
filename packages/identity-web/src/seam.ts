import { own } from './own.ts'

// A value that an application passes can carry code of the library, so that other applications do not bundle this code:
// `signIn: deviceCode()` brings the sign-in with a code, and `store: postgresStore(pool)` a check of its settings.

/** A place at which a value can carry code. */
export interface Seam<Code extends (...given: any) => unknown> {
  /** Adds code to a value. */
  put<Value extends object>(value: Value, code: Code): Value
  /** Returns the code of a value, or `undefined` for any other value. */
  of(value: unknown): Code | undefined
}

/**
 * Defines a seam. Its key is a symbol of all copies of the package, because a bundler can include several. Only an own
 * property counts, so that a polluted `Object.prototype` does not become a platform that signs users in.
 */
export function defineSeam<Code extends (...given: any) => unknown>(name: string): Seam<Code> {
  const key = Symbol.for(`identity-web.${name}`)
  return {
    // Enumerable, so that a copy that an application makes of a value keeps the code.
    put: (value, code) => Object.assign(value, { [key]: code }),

    of(value) {
      const code = own(Object(value) as { readonly [key]?: unknown }, key)
      return typeof code === 'function' ? (code as Code) : undefined
    },
  }
}
