import { own, ownMembers } from '../own.ts'
import type { B2cOptions } from '../authority/index.ts'
import type { FailedCheck, OptionInfo } from './problems.ts'
import type { ProviderOptions } from './provider-options.ts'

// The record types make the build fail if an option does not have an entry.
export const PROVIDER_NAMES: Record<keyof ProviderOptions, OptionInfo> = {
  clientId: {
    variable: 'IDENTITY_CLIENT_ID',
    example: "'11111111-2222-3333-4444-555555555555'",
  },
  clientCredential: {
    variable: 'IDENTITY_CLIENT_SECRET',
    example: 'process.env.IDENTITY_CLIENT_SECRET',
  },
  clientSecret: {
    variable: 'IDENTITY_CLIENT_SECRET',
    example: 'process.env.IDENTITY_CLIENT_SECRET',
  },
  clientAuthentication: {
    variable: 'IDENTITY_CLIENT_AUTHENTICATION',
    example: "'client_secret_post'",
  },
  authority: {
    variable: 'IDENTITY_AUTHORITY',
    example: "'https://login.microsoftonline.com/contoso.onmicrosoft.com'",
  },
  oidcAuthority: {
    variable: 'IDENTITY_OIDC_AUTHORITY',
    example: "'https://accounts.example.com'",
  },
  b2c: {
    variable: 'IDENTITY_B2C_TENANT_NAME',
    example: "{ tenantName: 'fabrikam', signUpSignInUserFlow: 'B2C_1_susi' }",
  },
  tenants: { example: "['11111111-2222-3333-4444-555555555555']", restricts: true },
  clientCapabilities: { example: "['cp1']" },
  apis: {
    example:
      "{ todos: { baseUrl: 'https://todos.contoso.com/v1', scopes: ['api://todos/Todos.Read'] } }",
  },
  environment: { variable: 'NODE_ENV', example: "'production'" },
  strictStart: { example: 'false' },
  logger: { example: 'console' },
  onEvent: { example: '(event) => console.log(event)' },
  includePersonalData: { example: 'true' },
  cacheEntries: { example: '10_000' },
  fetch: { example: 'fetch' },
  timeoutSeconds: { example: '10' },
  clockToleranceSeconds: { example: '60' },
  now: { example: 'Date.now' },
}

export const B2C_NAMES: Record<keyof B2cOptions, OptionInfo> = {
  tenantName: { variable: 'IDENTITY_B2C_TENANT_NAME', example: "'fabrikam'" },
  customDomain: { variable: 'IDENTITY_B2C_CUSTOM_DOMAIN', example: "'login.fabrikam.com'" },
  signUpSignInUserFlow: {
    variable: 'IDENTITY_B2C_SIGN_UP_SIGN_IN_USER_FLOW',
    example: "'B2C_1_susi'",
  },
  editProfileUserFlow: {
    variable: 'IDENTITY_B2C_EDIT_PROFILE_USER_FLOW',
    example: "'B2C_1_edit_profile'",
  },
  resetPasswordUserFlow: {
    variable: 'IDENTITY_B2C_RESET_PASSWORD_USER_FLOW',
    example: "'B2C_1_reset_password'",
  },
}

/** Returns the options of a group by their whole names, such as `session.secret`. */
export function prefixed<Info>(
  prefix: string,
  options: Readonly<Record<string, Info>>,
): Record<string, Info> {
  return Object.fromEntries(Object.entries(options).map(([name, info]) => [prefix + name, info]))
}

/**
 * Copies the options, and the groups of them such as `session`, without the properties that another package may have added to
 * all objects. Values such as a store, a credential or a logger stay as they are.
 *
 * @param options - All options by their whole names, such as `session.secret`.
 */
export function ownOptions<T extends object>(
  given: T,
  options: Readonly<Record<string, OptionInfo>>,
): T {
  const copy = ownMembers(given)
  // The groups of groups come after their groups, because their names are longer.
  const groups = new Set(Object.keys(options).map((name) => name.slice(0, name.lastIndexOf('.'))))
  for (const group of [...groups].toSorted()) {
    const names = group.split('.')
    const last = names.pop() ?? ''
    let holder: unknown = copy
    for (const name of names) holder = own(Object(holder) as Record<string, unknown>, name)
    if (isLiteral(holder) && isLiteral(own(holder, last))) {
      holder[last] = ownMembers(holder[last] as object)
    }
  }
  return copy
}

function isLiteral(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/**
 * Returns an error for each option that restricts access and is set but empty, such as `tenants: undefined`.
 *
 * @param owner - The class that takes the options, `Auth` or `ApiAuth`.
 */
export function emptyRestrictions(
  owner: string,
  options: Readonly<Record<string, OptionInfo>>,
  given: object,
): FailedCheck[] {
  return Object.entries(options)
    .filter(([name, { restricts }]) => restricts === true && isPresentWithoutValue(given, name))
    .map(([option, { example, variable }]) => {
      const names = option.split('.')
      const value = names.reduceRight((inner, name) => `{ ${name}: ${inner} }`, example)
      return {
        option,
        message: `${option} is present but does not have a value. Set ${owner}(${value})${variable === undefined ? '' : ` or ${variable}`}, or remove ${option} from the code if you do not want this restriction.`,
      }
    })
}

function isPresentWithoutValue(given: object, path: string): boolean {
  const names = path.split('.')
  const last = names.pop() ?? ''
  let holder: unknown = given
  for (const name of names) holder = (holder as Readonly<Record<string, unknown>>)[name] ?? {}
  if (typeof holder !== 'object' || holder === null || !Object.hasOwn(holder, last)) return false
  const value = (holder as Readonly<Record<string, unknown>>)[last]
  // The checks of values report null.
  return value === undefined || value === ''
}

/** A group of options whose unknown names are reported. */
interface OptionGroup extends GivenOptions {
  readonly known: object
}

/** Returns a failed check for each option that does not exist. */
export function unknownOptionChecks(groups: readonly OptionGroup[]): FailedCheck[] {
  return groups.flatMap(({ known, ...given }) => {
    const unknown = Object.keys(given.given ?? {}).filter((name) => !Object.hasOwn(known, name))
    const messages = unknownNames(known, given)
    return unknown.map((name, index) => ({
      option: `${given.prefix ?? ''}${name}`,
      message: messages[index] ?? '',
    }))
  })
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
