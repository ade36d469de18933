#!/usr/bin/env node
// Checks how this repository writes: words.json over Markdown, docstrings, comments and messages.
//
//   npm run prose                       all files; fails when a count differs from baseline.json
//   npm run prose -- <files, folders>   prints all findings of these; fails when there are errors
//   npm run prose -- --update           lowers the counts in baseline.json, never raises one
//   npm run prose -- --forget [paths]   removes paths from baseline.json (default: all outside docs/)
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { TextlintKernel } from '@textlint/kernel'
import markdownModule from '@textlint/textlint-plugin-markdown'
import { doubtfulPhrases, phrases, sentenceLength } from './rules.mjs'

const ERROR = 2

const kernel = new TextlintKernel()
const plugin = markdownModule.default ?? markdownModule
const options = {
  ext: '.md',
  plugins: [{ pluginId: 'markdown', plugin }],
  rules: [
    { ruleId: 'phrases', rule: phrases },
    { ruleId: 'doubtful-phrases', rule: doubtfulPhrases, options: { severity: 'warning' } },
    { ruleId: 'sentence-length', rule: sentenceLength, options: { severity: 'warning' } },
  ],
}

/** A Markdown page that a person writes; others in the test folders are snapshots. */
const isMarkdown = (path) =>
  path.endsWith('.md') && (!/(?:^|\/)test\//.test(path) || path.endsWith('README.md'))
const isSource = (path) =>
  /^packages\/[^/]+\/(?:src|bin)\/.*\.(?:ts|tsx|mjs)$/.test(path) && !/\.(?:test|d)\.ts$/.test(path)
const IGNORED = /(?:^|\/)(?:node_modules|dist|coverage|\.[^/]*)(?:\/|$)|^docs\/reference(?:\/|$)/

/** The files that the check reads, below `path`; with `root`, relative to it. */
function filesBelow(root, path = '') {
  if (path !== '' && IGNORED.test(path) && !/^\.(?:github|changeset)/.test(path)) return []
  const full = join(root, path)
  if (!statSync(full).isDirectory()) return isMarkdown(path) || isSource(path) ? [path] : []
  return readdirSync(full)
    .toSorted()
    .flatMap((name) => filesBelow(root, path === '' ? name : `${path}/${name}`))
}

/** The TypeScript compiler is loaded only when it is needed. */
async function proseOf(text, path) {
  const typescript = await import('./typescript.mjs')
  return typescript.proseOf(text, path)
}

/** The findings of one file: line, column, message, and whether it is an error. */
async function findingsOf(text, path) {
  const { text: markdown, positions } = isMarkdown(path) ? { text } : await proseOf(text, path)
  const { messages } = await kernel.lintText(markdown, { ...options, filePath: path })
  const lineStarts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)]
  return messages
    .map(({ range, message, severity }) => {
      const position = positions === undefined ? range[0] : (positions[range[0]] ?? 0)
      const line = lineStarts.findLastIndex((start) => start <= position)
      const column = position - lineStarts[line] + 1
      return { line: line + 1, column, message, isError: severity === ERROR }
    })
    .toSorted((a, b) => a.line - b.line || a.column - b.column)
}

async function check(root, files) {
  const found = new Map()
  for (const file of files)
    found.set(file, await findingsOf(readFileSync(join(root, file), 'utf8'), file))
  return found
}

const errorsOf = (findings) => findings.filter(({ isError }) => isError).length

function print(file, findings) {
  for (const { line, column, message, isError } of findings)
    console.log(`${file}:${line}:${column} ${isError ? 'error' : 'warning'} ${message}`)
}

/** Compares counts with the baseline. Returns the lines that say what is wrong. */
function compare(counts, baseline) {
  const files = new Set([...counts.keys(), ...Object.keys(baseline)])
  return [...files].flatMap((file) => {
    const count = counts.get(file) ?? 0
    const allowed = baseline[file] ?? 0
    if (count > allowed)
      return [{ file, isAbove: true, message: `${count} errors, ${allowed} allowed` }]
    if (count < allowed)
      return [{ file, isAbove: false, message: `${count} errors, baseline.json says ${allowed}` }]
    return []
  })
}

/** The baseline with the counts that became lower. A file that has none, or is gone, has no entry. */
function lowered(counts, baseline) {
  return Object.fromEntries(
    Object.entries(baseline)
      .map(([file, allowed]) => [file, Math.min(allowed, counts.get(file) ?? 0)])
      .filter(([, count]) => count > 0),
  )
}

async function main(args, root) {
  const baselinePath = join(root, 'scripts/prose/baseline.json')
  const readBaseline = () =>
    existsSync(baselinePath) ? JSON.parse(readFileSync(baselinePath, 'utf8')) : {}
  const writeBaseline = (baseline) =>
    writeFileSync(baselinePath, `${JSON.stringify(baseline, undefined, 2)}\n`)
  const paths = args
    .filter((arg) => !arg.startsWith('--'))
    .map((path) => relative(root, resolve(root, path)))
  const isBelow = (file) => paths.some((path) => file === path || file.startsWith(`${path}/`))

  if (args.includes('--forget')) {
    const isForgotten = paths.length === 0 ? (file) => !file.startsWith('docs/') : isBelow
    writeBaseline(
      Object.fromEntries(Object.entries(readBaseline()).filter(([file]) => !isForgotten(file))),
    )
    return 0
  }

  const isWhole = paths.length === 0
  const files = isWhole ? filesBelow(root) : paths.flatMap((path) => filesBelow(root, path))
  const found = await check(root, files)
  const counts = new Map([...found].map(([file, findings]) => [file, errorsOf(findings)]))
  const all = [...found.values()].flat()
  const summary = `${errorsOf(all)} errors, ${all.length - errorsOf(all)} warnings in ${files.length} files`

  if (!isWhole) {
    for (const [file, findings] of found) print(file, findings)
    console.log(summary)
    return errorsOf(all) > 0 ? 1 : 0
  }
  if (args.includes('--update')) {
    const start = Object.fromEntries([...counts].filter(([, count]) => count > 0))
    writeBaseline(existsSync(baselinePath) ? lowered(counts, readBaseline()) : start)
  }
  const differences = compare(counts, readBaseline())
  for (const { file, isAbove } of differences)
    if (isAbove)
      print(
        file,
        found.get(file).filter(({ isError }) => isError),
      )
  for (const { file, message } of differences) console.log(`${file}: ${message}`)
  if (differences.some(({ isAbove }) => isAbove))
    console.log('Rewrite these sentences. scripts/prose/words.json says which words to use.')
  if (differences.some(({ isAbove }) => !isAbove))
    console.log('Run `npm run prose -- --update` to lower the counts, and commit baseline.json.')
  console.log(`prose: ${summary}`)
  return differences.length > 0 ? 1 : 0
}

process.exitCode = await main(process.argv.slice(2), process.cwd())
