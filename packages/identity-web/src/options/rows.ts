// The row of an option: variable, check, example.
import type { Environment } from '../host-traits.ts'
import { own, ownMembers, readMembers } from '../own.ts'

/**
 * The error for a value: the words that follow the option's name in the message, for example `must be a string`. The
 * row adds the change to make, unless a `remedy` is given.
 */
export type Fault = string | { readonly fault: string; readonly remedy: string }

/**
 * Checks an option's value, which is never `undefined`.
 *
 * @param code - Returns the option as it is written in code, with a value or without one.
 * @returns The value's errors. If the value is valid, the result is `undefined` or an empty list.
 */
export type Check = (
  value: unknown,
  code: (value?: string) => string,
) => Fault | readonly Fault[] | undefined

/**
 * All facts about an option. The row's key is the option's name, and all messages about the option are built from the
 * row.
 */
export interface OptionRow {
  /** The environment variable that sets the option. */
  readonly variable?: string
  /** A valid value, as it is written in code. */
  readonly example: string
  /** The example in words, if words explain the option better than a value. */
  readonly words?: string
  /**
   * `true` if the option only restricts who may sign in or call. Such an option must have a value if its key is
   * present, so that a variable that is not set does not remove the restriction. For other options, `undefined` means
   * that the option is not given.
   */
  readonly restricts?: true
  /**
   * The check for the value. With `'resolver'`, the option's resolver checks it, because the check depends on other
   * options or on the environment. With `'members'`, the option is a group whose members are checked.
   */
  readonly check: Check | 'resolver' | 'members'
  /** Another way to solve a problem with the option, such as `Omit it to allow every client.` */
  readonly remedy?: string
  /** The options of a group. */
  readonly members?: Rows
  /** The value contains values by names that the application chooses: 1, or objects with such values: 2, and so on. */
  readonly depth?: number
}

/** Options by their names. */
export type Rows = Readonly<Record<string, OptionRow>>

/** One row for each option of an interface. The build fails if an option does not have a row. */
export type RowsOf<Options> = Readonly<Record<keyof Options, OptionRow>>

/** The options of a class, or of a function such as `deviceCode`. */
export interface OptionTable {
  /** The name of the class or function, for messages. */
  readonly owner: string
  /** The arguments before the options, as they are written in code: `'/api', `. */
  readonly before?: string
  readonly rows: Rows
  /** All options by their whole names, such as `session.secret`. */
  readonly options: Rows
  /**
   * Sentences about options that only the identity library for Python has, by option name. Each sentence says which
   * option to use instead.
   */
  readonly replaced: ReadonlyMap<string, string>
}

export function optionTable(
  owner: string,
  rows: Rows,
  replaced: ReadonlyMap<string, string> = new Map(),
): OptionTable {
  return { owner, rows, options: withMembers(rows, ''), replaced }
}

/** Returns the row for a group of options. */
export function group(example: string, members: Rows, variable?: string): OptionRow {
  return { example, check: 'members', members, ...(variable !== undefined && { variable }) }
}

function withMembers(rows: Rows, prefix: string): Rows {
  const named = Object.entries(rows).map(([name, row]) => [prefix + name, row] as const)
  const groups = named.map(([name, { members }]) => members && withMembers(members, `${name}.`))
  return Object.assign(Object.fromEntries(named), ...groups) as Rows
}

/**
 * Reads the options of the application, including groups such as `session`. Values such as a store, a credential or a
 * logger stay as they are.
 */
export function readOptions<T extends object>(given: T | null | undefined, rows: Rows): T {
  const copy = readMembers<object>(given ?? {}, Object.keys(rows)) as Record<string, unknown>
  for (const [name, { members, depth = 0 }] of Object.entries(rows)) {
    const value = copy[name]
    // The checks of values report null.
    if (value === undefined || value === null) continue
    if (members !== undefined) copy[name] = readOptions(value, members)
    else if (depth > 0) copy[name] = readNamed(value, depth)
  }
  return copy as T
}

/** Reads values by names that the application chooses. */
function readNamed<T>(value: T, depth: number): T {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || depth === 0)
    return value
  const copy = readMembers(value) as Record<string, unknown>
  for (const [name, inner] of Object.entries(copy)) copy[name] = readNamed(inner, depth - 1)
  return copy as T
}

/** Returns the options that the environment sets, at the level of these rows. */
export function fromEnvironment<Options>(rows: RowsOf<Options>, variables: Environment): Options {
  const values = Object.entries<OptionRow>(rows).map(([name, { variable = '', members }]) => [
    name,
    // `NODE_ENV` belongs to the whole process.
    members === undefined && variable.startsWith('IDENTITY_') ? variables[variable] : undefined,
  ])
  return definedOnly(Object.fromEntries(values) as Options & object)
}

/** Removes undefined values and empty strings, because `.env` files often contain empty variables. */
export function definedOnly<T extends object>(values: T): T {
  const defined = Object.entries(values).filter(([, value]) => value !== undefined && value !== '')
  return ownMembers(Object.fromEntries(defined) as T)
}

/**
 * Returns the value of an option such as `session.secret`, and whether the option is given. Inherited properties do not
 * count.
 */
export function entryOf(
  given: object,
  option: string,
): readonly [isPresent: boolean, value: unknown] {
  const names = option.split('.')
  const name = names.pop() ?? ''
  const holder = names.reduce((value, part) => Object(own(value, part)) as Values, given as Values)
  return [Object.hasOwn(holder, name), own(holder, name)]
}

type Values = Readonly<Record<string, unknown>>

/** The options that the application passed, and the function or class that received them. */
interface GivenOptions {
  /** The function or class that takes the options, such as `Auth`. */
  readonly owner: string
  readonly given: object | null | undefined
  /** The path of nested options, such as `session.`. */
  readonly prefix?: string
}

/** Returns each option that does not exist, with a message about it. */
export function unknownNames(
  known: object,
  { owner, given, prefix = '' }: GivenOptions,
): readonly (readonly [name: string, message: string])[] {
  const names = Object.keys(known)
  return Object.keys(given ?? {})
    .filter((name) => !names.includes(name))
    .map((name) => [name, `${owner} has no option ${prefix}${name}.${suggestion(name, names)}`])
}

/** Returns a message for each option that does not exist. */
export function unknownNameMessages(known: object, given: GivenOptions): string[] {
  return unknownNames(known, given).map(([, message]) => message)
}

/** Returns a sentence that suggests the correct option for a misspelled one, or `''` if no option is similar. */
function suggestion(misspelled: string, names: readonly string[]): string {
  const plain = (name: string): string => name.toLowerCase().replaceAll(/[^a-z]/g, '')
  const similar =
    names.find((name) => plain(name) === plain(misspelled)) ??
    names.find((name) => differsByOne(plain(name), plain(misspelled)))
  return similar === undefined ? '' : ` Did you mean ${similar}?`
}

/** Returns a warning for each variable that looks like a misspelled variable of an option that is not set. */
export function misspelledVariables(rows: Rows, variables: Environment): string[] {
  const known = new Set(Object.values(rows).map(({ variable = '' }) => variable))
  const missing = [...known].filter((name) => !variables[name])
  return Object.keys(variables).flatMap((name) => {
    // `IDENTITY_CLIENT_ID2` may belong to another registration.
    if (!/^I[A-Z]*_.*\D$/.test(name) || known.has(name)) return []
    const meant = missing.find((one) => differsByOne(one, name))
    return meant === undefined ? [] : [`The variable ${name} has no effect. Did you mean ${meant}?`]
  })
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
