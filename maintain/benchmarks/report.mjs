import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { PARTS } from './parts.mjs'

const HEAD = ['row', 'figure', 'ratio', '95 %', 'over the probe', 'budget', 'result']
const here = fileURLToPath(new URL('.', import.meta.url))
const START = '<!-- figures: start -->'
const END = '<!-- figures: end -->'

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

/**
 * Writes the figures of all stored results into README.md.
 *
 * @param folder - The folder of README.md, a path with a slash at the end.
 */
export function writeReport(results, folder = here) {
  const file = `${folder}README.md`
  writeFileSync(file, writeFigures(readFileSync(file, 'utf8'), results))
  const formatter = fileURLToPath(new URL('../../node_modules/oxfmt/bin/oxfmt', import.meta.url))
  execFileSync(process.execPath, [formatter, file])
}

/** Returns the text of the page with the figures of all stored results. */
export function writeFigures(page, results) {
  const figures = results.map(describe).join('\n\n')
  return replaceBetween(page, [START, END], `\n\n${figures}\n\n`)
}

/** Replaces the part of a page between two comments. */
export function replaceBetween(page, [start, end], content) {
  const [from, to] = [page.indexOf(start), page.indexOf(end)]
  if (from === -1 || to < from)
    throw new Error(`The page does not contain ${start} and then ${end}.`)
  return page.slice(0, from + start.length) + content + page.slice(to)
}

function describe({ node, machine, versions, parts }) {
  const measured = PARTS.filter(({ name }) => parts[name] !== undefined)
  const dates = [...new Set(measured.map(({ name }) => parts[name].date))].toSorted((a, b) =>
    a.localeCompare(b),
  )
  const list = Object.entries(versions).map(([name, version]) => `${name} ${version}`)
  return [
    `### Node.js ${node.slice(1)}`,
    `Measured on ${dates.join(', ')}. Machine: ${machine}. Versions: ${list.join(', ')}.`,
    ...measured.map(({ name }) => `#### ${name}\n\n${toTable(parts[name].rows)}`),
  ].join('\n\n')
}

function toCells({ what, figure, cookieCharacters, ratio, overProbe, budget = '', ...result }) {
  return [
    `${what}${sizeOf(cookieCharacters)}`,
    figure,
    ratio === undefined ? '' : `${ratio.median.toFixed(2)} ×`,
    ratio === undefined ? '' : `${ratio.low.toFixed(2)}–${ratio.high.toFixed(2)}`,
    overProbe === undefined ? '' : `${overProbe.median.toFixed(2)} ×`,
    budget,
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
