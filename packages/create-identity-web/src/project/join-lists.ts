const WIDTH = 100
const LIST = /^(import (?:type )?\{|export function \w+\()\n((?: {2}[^\n]+,\n)+)(\}|\))([^\n]*)$/gm

/** Writes the imports and parameters that fit in one line there, as formatters do. Regions leave them on several lines. */
export function joinLists(text: string): string {
  return text.replaceAll(
    LIST,
    (lines: string, start: string, items: string, end: string, rest: string) => {
      const space = end === '}' ? ' ' : ''
      const list = items
        .trim()
        .replace(/,$/, '')
        .split(/,\n\s*/)
        .join(', ')
      const line = `${start}${space}${list}${space}${end}${rest}`
      return line.length <= WIDTH ? line : lines
    },
  )
}
