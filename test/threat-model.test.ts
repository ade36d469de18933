import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const evidence = fileURLToPath(new URL('../docs/evidence/', import.meta.url))
const rowsOf = (page: string): string[] =>
  readFileSync(join(evidence, page), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| ') && !/^\| (attack|section|-+) /.test(line))

test.each(['threat-model.md', 'rfc-9700.md', 'rfc-10017.md'])(
  'every line of docs/evidence/%s names tests that exist',
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
            !readFileSync(join(dirname(join(evidence, page)), path), 'utf8').includes(name),
        )
        .map(([, name = '', path = '']) => `${path} does not contain the test "${name}"`)
    })
    expect(faults).toEqual([])
  },
)
