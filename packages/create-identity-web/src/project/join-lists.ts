const WIDTH = 100
const LIST =
  /^(import (?:type )?\{|export function \w+\(|(?:export )?const \w+ = [({]|export const auth = new Auth\()\n((?: {2}[^\n]+,\n)+)(\}|\))([^\n]*)$/gm
/** An object whose lines belonged to a region. */
const EMPTY = /\{\n *\}/g
/** Options of `Auth`, if only one of them is left. */
const ONE_OPTION = /(?<=new Auth\((?:\n *)?)\{\n *([^\n]+),\n *\}/g

/**
 * Writes the imports, parameters, arguments and objects that fit in one line there, as formatters do, and removes an empty object at the end of
 * the arguments. Regions leave them on several lines.
 */
export function joinLists(text: string): string {
  return text
    .replaceAll(EMPTY, '{}')
    .replaceAll(ONE_OPTION, '{ $1 }')
    .replaceAll(/(?<=new Auth\(\w*)(?:, )?\{\}\)/g, ')')
    .replaceAll(LIST, (lines: string, start: string, items: string, end: string, rest: string) => {
      const space = end === '}' ? ' ' : ''
      const list = items
        .trim()
        .replace(/,$/, '')
        .split(/,\n\s*/)
        .join(', ')
      const line = `${start}${space}${list}${space}${end}${rest}`
      return line.length <= WIDTH ? line : lines
    })
}
