import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { drawChart } from './chart.mjs'
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
 * Writes the figures of all stored results into README.md, and the chart next to it.
 *
 * @param folder - The folder of README.md, a path with a slash at the end.
 */
export function writeReport(results, folder = here) {
  const file = `${folder}README.md`
  const text = readFileSync(file, 'utf8')
  const start = text.indexOf(START)
  const end = text.indexOf(END)
  if (start === -1 || end < start)
    throw new Error(`${file} does not contain ${START} and then ${END}.`)
  const figures = results.map(describe).join('\n\n')
  writeFileSync(
    file,
    `${text.slice(0, start)}${START}\n\n![The ratios of all servers](chart.svg)\n\n${figures}\n\n${text.slice(end)}`,
  )
  writeFileSync(`${folder}chart.svg`, drawChart(results))
  const formatter = fileURLToPath(new URL('../node_modules/oxfmt/bin/oxfmt', import.meta.url))
  execFileSync(process.execPath, [formatter, file])
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
