import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import { PARTS } from './parts.mjs'

// The section "Figures" of README.md contains the newest table of each part, for each line of Node.js.

const HEAD = ['row', 'figure', 'ratio', '95 %', 'added', 'over the probe', 'budget', 'result']
const START = '<!-- figures: start -->'
const END = '<!-- figures: end -->'
const file = fileURLToPath(new URL('README.md', import.meta.url))

/** Returns the rows as a Markdown table. Columns without a value in any row are omitted. */
export function toTable(rows) {
  const all = [HEAD, ...rows.map(toCells)]
  const used = HEAD.map((_, column) => all.slice(1).some((cells) => cells[column] !== ''))
  const lines = all.map((cells) => cells.filter((_, column) => used[column]))
  const widths = lines[0].map((_, column) =>
    Math.max(3, ...lines.map((line) => line[column].length)),
  )
  const [head, ...body] = lines.map(
    (line) => `| ${line.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`,
  )
  return [head, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...body].join('\n')
}

/** Describes this run: the day, the version of Node.js and the machine. */
export function describeRun() {
  const date = new Date().toISOString().slice(0, 10)
  return `${date}, Node.js ${process.version.slice(1)}, ${cpus().length} cores, ${cpus()[0]?.model.trim()}`
}

/** Replaces the tables of the given parts in README.md. Other parts and other lines of Node.js keep their tables. */
export function writeReport(rowsByPart) {
  const page = readFileSync(file, 'utf8')
  const [from, to] = [page.indexOf(START) + START.length, page.indexOf(END)]
  const lines = sectionsOf(page.slice(from, to), '### ')
  const line = `Node.js ${process.version.slice(1).split('.', 1)[0]}`
  const tables = sectionsOf(lines.get(line) ?? '', '#### ')
  for (const [name, rows] of rowsByPart)
    tables.set(name, `\n\n${describeRun()}.\n\n${toTable(rows)}\n\n`)
  const names = PARTS.map(({ name }) => name).filter((name) => tables.has(name))
  lines.set(line, `\n\n${names.map((name) => `#### ${name}${tables.get(name)}`).join('')}`)
  const sorted = [...lines].toSorted(([a], [b]) => a.localeCompare(b))
  const figures = sorted.map(([name, text]) => `### ${name}${text}`).join('')
  writeFileSync(file, `${page.slice(0, from)}\n\n${figures}${page.slice(to)}`)
  const formatter = fileURLToPath(new URL('../../node_modules/oxfmt/bin/oxfmt', import.meta.url))
  execFileSync(process.execPath, [formatter, file])
}

/** Returns the text below each heading of a level, by the heading. */
function sectionsOf(text, level) {
  const sections = text.split(new RegExp(`^${level}`, 'm')).slice(1)
  return new Map(
    sections.map((section) => {
      const end = section.indexOf('\n')
      return [section.slice(0, end), section.slice(end)]
    }),
  )
}

function toCells({ what, figure, cookieCharacters, ratio, beyond, overProbe, ...result }) {
  return [
    `${what}${sizeOf(cookieCharacters)}`,
    figure,
    ratio === undefined ? '' : `${ratio.median.toFixed(2)} ×`,
    ratio === undefined ? '' : `${ratio.low.toFixed(2)}–${ratio.high.toFixed(2)}`,
    beyond === undefined ? '' : `${Math.round(beyond)} µs`,
    overProbe === undefined ? '' : `${overProbe.median.toFixed(2)} ×`,
    result.budget ?? '',
    toResult(result),
  ]
}

function toResult({ pass, isWithinDispersion }) {
  if (pass === undefined) return ''
  if (!pass) return 'FAIL'
  return isWithinDispersion ? 'pass, within the dispersion' : 'pass'
}

function sizeOf(characters = 0) {
  if (characters === 0) return ''
  const size = characters < 1000 ? `${characters} bytes` : `${(characters / 1000).toFixed(1)} kB`
  return `, ${size} of cookies`
}
