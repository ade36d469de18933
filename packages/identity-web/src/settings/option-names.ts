import type { B2cOptions } from '../authority/index.ts'
import type { ProviderOptions } from './provider-options.ts'

// The record types make the build fail if an option does not have an entry.
export const PROVIDER_NAMES: Record<keyof ProviderOptions, true> = {
  clientId: true,
  clientCredential: true,
  clientSecret: true,
  authority: true,
  oidcAuthority: true,
  b2c: true,
  tenants: true,
  clientCapabilities: true,
  apis: true,
  logger: true,
  fetch: true,
  timeoutSeconds: true,
  now: true,
}

export const B2C_NAMES: Record<keyof B2cOptions, true> = {
  tenantName: true,
  customDomain: true,
  signUpSignInUserFlow: true,
  editProfileUserFlow: true,
  resetPasswordUserFlow: true,
}

/** The options that the application passed, and the function that takes them. */
interface GivenOptions {
  /** The function or class that takes the options, such as `Auth`. */
  readonly owner: string
  readonly given: object | null | undefined
  /** The path of nested options, such as `session.`. */
  readonly prefix?: string
}

/** Returns a message for each option that does not exist. */
export function unknownNames(known: object, { owner, given, prefix = '' }: GivenOptions): string[] {
  const names = Object.keys(known)
  return Object.keys(given ?? {})
    .filter((name) => !names.includes(name))
    .map((name) => `${owner} has no option ${prefix}${name}.${suggestion(name, names)}`)
}

/** Returns a sentence that suggests the correct option for a misspelled one. Returns `''` if no option is similar. */
function suggestion(misspelled: string, names: readonly string[]): string {
  const plain = (name: string): string => name.toLowerCase().replaceAll(/[^a-z]/g, '')
  const similar =
    names.find((name) => plain(name) === plain(misspelled)) ??
    names.find((name) => differsByOne(plain(name), plain(misspelled)))
  return similar === undefined ? '' : ` Did you mean ${similar}?`
}

/** Returns whether two words differ by one inserted, removed or replaced letter. */
function differsByOne(a: string, b: string): boolean {
  let start = 0
  while (start < a.length && a[start] === b[start]) start++
  return [
    [1, 0],
    [0, 1],
    [1, 1],
  ].some(([skipA = 0, skipB = 0]) => a.slice(start + skipA) === b.slice(start + skipB))
}
