import { parseEnv } from 'node:util'
import { UsageError } from '../command/usage-error.js'

/** The new value of each variable, or `undefined` to remove it. */
export type Changes = Readonly<Record<string, string | undefined>>

/** The new text of a file, and the variables whose old lines are now comments in it. */
export interface Replacement {
  readonly text: string
  readonly replaced: readonly string[]
}

/** The line before the old lines of a variable. */
const REPLACED = '# Replaced by identity-web-cli:'

/**
 * Returns the text of an environment file with some variables set or removed. A variable that the text already sets
 * keeps its place. If the text sets a variable several times, only the last line has an effect, so the other lines are
 * replaced too.
 *
 * A value that the text does not contain anymore stays as a comment, because a client secret is shown only once. The
 * old value does not stay if another variable gets it, or if the variable is removed.
 */
export function replaceVariables(text: string, changes: Changes): Replacement {
  const newline = text.includes('\r\n') ? '\r\n' : '\n'
  const lines = text === '' ? [] : text.replace(/\r?\n$/, '').split(/\r?\n/)
  const statements = statementsOf(lines)
  const last = new Map(statements.map(({ name }, index) => [name, index]))
  const kept = new Set(Object.values(changes))
  const replaced = new Set<string>()
  const result = statements.flatMap(({ name, prefix, lines: own }, index) => {
    if (name === undefined || !Object.hasOwn(changes, name)) return own
    const value = changes[name]
    if (value === undefined) return []
    const before = parseEnv(`${own.join('\n')}\n`)[name] ?? ''
    const isLast = last.get(name) === index
    if (before === value && isLast) return own
    const isLost = before !== '' && !kept.has(before)
    if (isLost) replaced.add(name)
    return [
      ...(isLost ? [REPLACED, ...own.map((line) => `# ${line}`)] : []),
      ...(isLast ? [`${prefix}${name}=${quote(name, value)}`] : []),
    ]
  })
  const added = Object.entries(changes).flatMap(([name, value]) =>
    value === undefined || last.has(name) ? [] : [`${name}=${quote(name, value)}`],
  )
  return { text: [...result, ...added, ''].join(newline), replaced: [...replaced] }
}

/** Some lines of the file: an assignment, which can have several lines, or one other line. */
interface Statement {
  readonly name?: string
  /** The text before the name: spaces and `export`. */
  readonly prefix?: string
  readonly lines: readonly string[]
}

const ASSIGNMENT = /^([\t ]*(?:export[\t ]+)?)([\w.-]+)[\t ]*=(.*)$/

function statementsOf(lines: readonly string[]): Statement[] {
  const statements: Statement[] = []
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? ''
    const [, prefix = '', name, value = ''] = ASSIGNMENT.exec(line) ?? []
    const [mark = ''] = /^["'`]/.exec(value.trimStart()) ?? []
    const rest = value.trimStart().slice(1)
    let end = index
    // A quoted value ends at its quotation mark, which can be on a later line. Without one, the line is the value.
    if (mark !== '' && !rest.includes(mark)) {
      const closing = lines.findIndex((each, at) => at > index && each.includes(mark))
      if (closing > 0) end = closing
    }
    const own = lines.slice(index, end + 1)
    statements.push(name === undefined ? { lines: own } : { name, prefix, lines: own })
    index = end
  }
  return statements
}

/** Quotes a value with characters that have a meaning in the file. */
function quote(name: string, value: string): string {
  if (!/[\s#'"`\\$]/.test(value)) return value
  // Between double quotation marks, Node.js reads \n as a line break.
  const marks = ["'", '`', ...(value.includes('\\') ? [] : ['"'])]
  const mark = marks.find((each) => !value.includes(each))
  if (mark !== undefined) return `${mark}${value}${mark}`
  throw new UsageError(
    `The value of ${name} contains all three kinds of quotation marks (', " and \`), so a file for "node --env-file" cannot contain this value. Replace the value first.`,
  )
}
