// `npm run check -- budgets`: measures the repository, and fails if a number of budgets.json is exceeded. `why` says what the
// number is for, so that nobody raises it without a thought. Code lines are lines that are neither blank nor only a comment.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const FILE = 'scripts/budgets.json'
const SOURCES = 'packages/identity-web/src'

const repository = process.cwd()
const { wings, gates, printed } = JSON.parse(readFileSync(join(repository, FILE), 'utf8'))
const read = (file) => readFileSync(join(repository, file), 'utf8')
const sum = (numbers) => numbers.reduce((total, number) => total + number, 0)
const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]
const linesOf = (files) => files.filter(isCode).map((file) => codeLines(read(file)))

/** What a row can measure. */
const MEASURES = {
  lines: (files) => sum(linesOf(files)),
  otherLines: (files) => sum(files.filter(isOtherCode).map((file) => codeLines(read(file)))),
  medianLines: (files) => median(linesOf(files)),
  files: (files) => files.filter(isCode).length,
  pages: (files) => files.length,
  scripts: (files) => sum(files.map((file) => Object.keys(JSON.parse(read(file)).scripts).length)),
  smallFiles: (files) => linesOf(files).filter((lines) => lines < 20).length,
  testFiles: (files) => files.filter((file) => file.endsWith('.test.ts')).length,
  tests: (files) => sum(files.map((file) => read(file).match(TEST)?.length ?? 0)),
  bytes: (files) => sum(files.map((file) => Buffer.byteLength(read(file)))),
}
const TEST = /^ *test(?:\.(?:for|each))?[(<]/gm

const problems = []
for (const row of [...gates, ...wings.map(toRow), ...printed]) {
  const { name, atMost, atLeast, target, why } = row
  const number = MEASURES[row.measure](filesOf(row))
  const limits = Object.entries({ 'at most': atMost, 'at least': atLeast, target })
    .filter(([, limit]) => limit !== undefined)
    .map(([text, limit]) => `${text} ${format(limit)}`)
  console.log(`${name.padEnd(44)} ${format(number).padStart(8)}   ${limits.join(', ')}`)
  if (number > atMost)
    problems.push(`${name}: ${format(number - atMost)} more than ${format(atMost)}. ${why}`)
  if (number < atLeast)
    problems.push(`${name}: ${format(atLeast - number)} fewer than ${format(atLeast)}. ${why}`)
}
for (const problem of problems) console.error(problem)
if (problems.length > 0) process.exitCode = 1

function toRow({ folder, ...row }) {
  return {
    name: `wing ${folder}, code lines`,
    measure: 'lines',
    paths: [`${SOURCES}/${folder}`],
    ...row,
  }
}

/** The files of a row that Git knows. A path without files is an error, because it has moved. */
function filesOf({ name, paths, without = [] }) {
  const all = paths.flatMap((path) => {
    const files = path === 'core' ? tracked(SOURCES).filter(isCore) : tracked(path)
    if (files.length === 0)
      throw new Error(`${FILE}, ${name}: ${path} contains no files. Correct the path.`)
    return files
  })
  return all.filter((file) => !without.includes(file))
}

function tracked(path) {
  const output = execFileSync('git', ['ls-files', path], { cwd: repository, encoding: 'utf8' })
  return output.split('\n').filter((file) => file !== '')
}

function isCore(file) {
  return !wings.some(({ folder }) => file.startsWith(`${SOURCES}/${folder}/`))
}

function isCode(file) {
  return /\.(?:ts|tsx|mjs)$/.test(file)
}

/** A language that a framework or a tool demands. Code must not move to it to leave the budget of all code. */
function isOtherCode(file) {
  return /\.(?:js|cjs|vue|svelte|astro|py)$/.test(file)
}

function format(number) {
  return number.toLocaleString('en')
}

/** The lines of a text that are neither blank nor only a comment. */
function codeLines(text) {
  let count = 0
  let isComment = false
  for (const line of text.split('\n')) {
    let rest = line.trim()
    while (isComment || rest.startsWith('/*')) {
      const end = rest.indexOf('*/', isComment ? 0 : 2)
      isComment = end < 0
      if (isComment) break
      rest = rest.slice(end + 2).trim()
    }
    if (!isComment && rest !== '' && !rest.startsWith('//')) count += 1
  }
  return count
}
