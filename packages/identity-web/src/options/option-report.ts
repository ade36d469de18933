// Collects the problems and warnings of options.
import { secretOf } from '../client/index.ts'
import { isPlaceholder } from './checks.ts'
import {
  entryOf,
  misspelledVariables,
  unknownNames,
  type Fault,
  type OptionRow,
  type OptionTable,
  type Rows,
} from './rows.ts'
import type { Environment } from '../host-traits.ts'
import { isCopy, own, refusedKind } from '../own.ts'
import type { ConfigurationProblem, FailedCheck } from './problems.ts'

/**
 * Collects the problems and the warnings of options. It builds the sentences from the rows, for the class or the
 * function that owns them.
 */
export class OptionReport {
  readonly owner: string
  readonly problems: FailedCheck[]
  readonly warnings: string[]
  readonly #table: OptionTable
  /** The path of the options, such as `issuers.workforce.`. */
  readonly #prefix: string

  constructor(table: OptionTable, whole?: OptionReport, prefix = '') {
    this.owner = table.owner
    this.problems = whole?.problems ?? []
    this.warnings = whole?.warnings ?? []
    this.#table = table
    this.#prefix = prefix
  }

  /** Returns the report of the options of a group, which adds to this one. */
  at(group: string): OptionReport {
    return new OptionReport(this.#table, this, `${group}.`)
  }

  /** Adds the problem with an option, and the change that solves it. */
  add(option: string, fault: Fault): void {
    const { remedy } = this.#row(option)
    const message =
      typeof fault === 'object'
        ? `${this.#prefix}${option} ${fault.fault}. ${fault.remedy}`
        : `${this.#prefix}${option} ${fault}${this.#change(option, fault)}`
    this.addMessage(option, remedy === undefined ? message : `${message} ${remedy}`)
  }

  /** Adds a problem with its whole message, if there is one. */
  addMessage(option: string, message: string | undefined): void {
    if (message !== undefined) this.problems.push({ option: this.#prefix + option, message })
  }

  /** Adds the problem that a value does not come from the functions that make it, one of which an entry exports. */
  addForeign(option: string, functions: string, entry: string): void {
    const [name] = this.#row(option).example.split('(', 1)
    this.add(option, {
      fault: `must be the result of ${functions}`,
      remedy: `Set, for example, ${this.example(option)}, with import { ${name} } from 'identity-web/${entry}'.`,
    })
  }

  /** Returns whether an option of a group has a problem. */
  hasProblem(group: string): boolean {
    return this.problems.some(({ option }) => option.startsWith(`${this.#prefix}${group}.`))
  }

  /** Adds the problem that a required option is not set. */
  addMissing(option: string, more = ''): void {
    const message = this.missing(option) + more
    this.problems.push({ option: this.#prefix + option, message, isMissing: true })
  }

  /** Returns the message about a required option that is not set. */
  missing(option: string): string {
    return `${this.#prefix}${option} is not configured. Set ${this.where(option)}.`
  }

  /**
   * Returns the places where an option can be set, with an example: `Auth({ clientId }) or IDENTITY_CLIENT_ID, for
   * example …`.
   */
  where(option: string): string {
    const { example, words } = this.#row(option)
    const value = words ?? /^'(.*)'$/.exec(example)?.[1] ?? this.example(option)
    return `${this.places(option)}, for example ${value}`
  }

  /** Returns the option in code and its variable: `Auth({ clientId }) or IDENTITY_CLIENT_ID`. */
  places(option: string): string {
    const { variable } = this.#row(option)
    return this.code(option) + (variable === undefined ? '' : ` or ${variable}`)
  }

  /** Returns the option as it is written in code: `Auth({ session: { secret } })`, or with a value. */
  code(option: string, value?: string): string {
    const [last = '', ...groups] = `${this.#prefix}${option}`.split('.').toReversed()
    const inner = value === undefined ? last : `${last}: ${value}`
    const { owner, before = '' } = this.#table
    return `${owner}(${before}{ ${groups.reduce((text, name) => `${name}: { ${text} }`, inner)} })`
  }

  /** Returns the option in code, with a valid value. */
  example(option: string): string {
    return this.code(option, this.#row(option).example)
  }

  /**
   * Checks the names and the values of all options.
   *
   * @param written - The options in code, as `readOptions` returns them.
   * @param given - The same options, with the values of the environment.
   * @param variables - The environment, whose misspelled variables cause warnings.
   */
  check(written: object, given: object, variables: Environment = {}): void {
    this.#checkNames(written, this.#table.rows)
    this.warnings.push(...misspelledVariables(this.#table.options, variables))
    const wrong = this.#checkKinds(written)
    for (const [option, row] of Object.entries(this.#table.options)) {
      if (wrong.some((path) => `${option}.`.startsWith(path))) continue
      const values = [entryOf(given, option)[1]].flat().map(secretOf)
      const isNamed = row.variable !== undefined || option.startsWith('issuers.')
      // The check of secrets reports the others.
      if (isNamed && !option.endsWith('.secret') && values.some(isPlaceholder))
        this.add(option, 'contains the placeholder of a guide')
      if (row.restricts === true) this.#checkPresence(option, written)
      this.#checkValue(option, row, given)
    }
  }

  /** Reports values that should have members and cannot, such as a Map, and returns their paths, with a dot at the end. */
  #checkKinds(copy: object, path = ''): readonly string[] {
    const kind = refusedKind(copy)
    if (kind === undefined) {
      const copies = Object.entries(copy).filter((entry) => isCopy(entry[1]))
      return copies.flatMap(([name, inner]) => this.#checkKinds(inner as object, `${path}${name}.`))
    }
    const option = path.slice(0, -1)
    const what = option || `The options of ${this.owner}`
    this.addMessage(option || 'options', `${what} must be an object, but received ${kind}.`)
    return [path]
  }

  /** The messages of all problems, for an option whose value has options itself. */
  get messages(): readonly string[] {
    return this.problems.map(({ message }) => message)
  }

  /** Returns the problems in the order of the rows, with the variable and the example of each option. */
  toProblems(): readonly ConfigurationProblem[] {
    const order = Object.keys(this.#table.options)
    const sorted = this.problems.toSorted(
      (a, b) => order.indexOf(a.option) - order.indexOf(b.option),
    )
    return Object.freeze(
      sorted.map(({ option, ...found }) => {
        const { variable, example } = this.#row(option)
        return Object.freeze({
          option,
          ...(variable !== undefined && { variable }),
          ...found,
          ...(example !== '' && { example }),
        })
      }),
    )
  }

  #change(option: string, fault: string): string {
    const isRule = this.#row(option).variable === undefined && /^(must|may) /.test(fault)
    return isRule ? `, for example ${this.example(option)}.` : `. Change ${this.where(option)}.`
  }

  #row(option: string): OptionRow {
    return own(this.#table.options, this.#prefix + option) ?? NO_ROW
  }

  #checkNames(given: unknown, rows: Rows, prefix = ''): void {
    const members = Object(given) as Readonly<Record<string, unknown>>
    const { owner } = this
    for (const [name, message] of unknownNames(rows, { owner, given: members, prefix })) {
      const option = prefix + name
      const remedy = this.#table.replaced.get(option)
      this.addMessage(option, remedy ? `${owner} has no option ${option}. ${remedy}` : message)
    }
    for (const [name, row] of Object.entries(rows)) {
      if (row.members === undefined) continue
      this.#checkNames(own(members, name), row.members, `${prefix}${name}.`)
    }
  }

  #checkPresence(option: string, written: object): void {
    const [isPresent, value] = entryOf(written, option)
    // The checks of values report null.
    if (!isPresent || (value !== undefined && value !== '')) return
    const { variable } = this.#row(option)
    const place = this.example(option) + (variable === undefined ? '' : ` or ${variable}`)
    this.addMessage(
      option,
      `${option} is present but does not have a value. Set ${place}. If you do not want this restriction, remove ${option} from the code.`,
    )
  }

  #checkValue(option: string, { check }: OptionRow, given: object): void {
    const [, value] = entryOf(given, option)
    if (value === undefined || typeof check !== 'function') return
    const faults = check(value, (code) => this.code(option, code)) ?? []
    for (const fault of [faults].flat() as readonly Fault[]) this.add(option, fault)
  }
}

/** The row for an unknown name, such as a misspelled option. */
const NO_ROW: OptionRow = { example: '', check: 'resolver' }
