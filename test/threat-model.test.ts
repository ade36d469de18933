import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const evidence = fileURLToPath(new URL('../docs/evidence/', import.meta.url))
/** The rows of the tables, with the file of each link instead of its short name. */
function rowsOf(page: string): string[] {
  const text = readFileSync(join(evidence, page), 'utf8')
  const files = new Map(
    [...text.matchAll(/^\[([\w-]+)\]: (\S+)$/gm)].map(([, k = '', v]) => [k, v]),
  )
  return text
    .split('\n')
    .filter((line) => line.startsWith('| ') && !/^\| (attack|section|-+) /.test(line))
    .map((row) => row.replaceAll(/\]\[([\w-]+)\]/g, (_, name: string) => `](${files.get(name)})`))
}

const STRING = /'((?:[^'\\\n]|\\.)+)'|"((?:[^"\\\n]|\\.)+)"|`([^`\n]+)`/g
/** A part of a title that a value replaces, such as `%s`. */
const VALUE = /%[a-z]|\$\{\w+\}/

/** Whether a program contains a string with this text, which may contain values of the program. */
function contains(program: string, text: string): boolean {
  return [...program.matchAll(STRING)].some(([, ...quoted]) => {
    const title = quoted.find((one) => one !== undefined) ?? ''
    if (title === text) return true
    if (!VALUE.test(title)) return false
    const parts = title
      .split(VALUE)
      .map((part) => part.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`))
    const values = new RegExp(`^${parts.join('(.+)')}$`).exec(text)?.slice(1)
    return values?.every((value) => program.includes(value)) ?? false
  })
}

/** Whether a sentence is the title of a test, or the title of its `describe` and its own. */
function isNameIn(program: string, sentence: string): boolean {
  return sentence
    .split(' ')
    .map((_, index, words) => [words.slice(0, index).join(' '), words.slice(index).join(' ')])
    .some((parts) => parts.every((part) => part === '' || contains(program, part)))
}

test.each(['threat-model.md', 'rfc-9700.md', 'rfc-10017.md'])(
  'every line of docs/evidence/%s names tests that exist, in sentences',
  (page) => {
    const rows = rowsOf(page)
    expect(rows.length).toBeGreaterThan(20)
    const faults = rows.flatMap((row) => {
      const column = row.split(' | ').at(-1) ?? ''
      const links = [...column.matchAll(/\[([^\]]+)\]\(([^)]+)\)/g)]
      if (links.length === 0) return /^– +\|$/.test(column) ? [] : [`no test: ${row}`]
      return links
        .filter(
          ([, name = '', path = '']) =>
            name.split(' ').length < 4 ||
            !isNameIn(readFileSync(join(dirname(join(evidence, page)), path), 'utf8'), name),
        )
        .map(([, name = '', path = '']) => `${path} does not contain the test "${name}"`)
    })
    expect(faults).toEqual([])
  },
)
