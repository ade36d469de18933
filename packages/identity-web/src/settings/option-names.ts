import type { B2cOptions } from '../authority/index.ts'
import type { ProviderOptions } from './provider-options.ts'

// Typed as records, so that an option without an entry fails the build.
export const PROVIDER_NAMES: Record<keyof ProviderOptions, true> = {
  clientId: true,
  clientCredential: true,
  clientSecret: true,
  authority: true,
  oidcAuthority: true,
  b2c: true,
  tenants: true,
  clientCapabilities: true,
  logger: true,
  fetch: true,
  timeout: true,
  now: true,
}

export const B2C_NAMES: Record<keyof B2cOptions, true> = {
  tenantName: true,
  customDomain: true,
  signUpSignInUserFlow: true,
  editProfileUserFlow: true,
  resetPasswordUserFlow: true,
}

/** Options as the application set them, and where they belong. */
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
    .map((name) => `${owner} has no option ${prefix}${name}.${nearest(name, names)}`)
}

/** A sentence that proposes the option which was meant by a misspelt one, or nothing. */
function nearest(misspelt: string, names: readonly string[]): string {
  const plain = (name: string): string => name.toLowerCase().replaceAll(/[^a-z]/g, '')
  const meant =
    names.find((name) => plain(name) === plain(misspelt)) ??
    names.find((name) => differsByOne(plain(name), plain(misspelt)))
  return meant === undefined ? '' : ` Did you mean ${meant}?`
}

/** Whether one letter more, less or other makes one word of the other. */
function differsByOne(a: string, b: string): boolean {
  let start = 0
  while (start < a.length && a[start] === b[start]) start++
  return [
    [1, 0],
    [0, 1],
    [1, 1],
  ].some(([skipA = 0, skipB = 0]) => a.slice(start + skipA) === b.slice(start + skipB))
}
