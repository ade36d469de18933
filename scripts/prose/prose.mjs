#!/usr/bin/env node
// Checks how this repository writes: words.json over Markdown, docstrings, comments and messages.
//
//   npm run prose                                all files; fails when there are errors
//   npm run prose -- <files, folders>            prints all findings of these
//   npm run prose -- --rhythm                    the rhythm of all guides together; fails when it misses a goal
//   npm run prose -- --rhythm <files, folders>   the rhythm of each page
import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { TextlintKernel } from '@textlint/kernel'
import markdownModule from '@textlint/textlint-plugin-markdown'
import { rateRhythm } from './rhythm.mjs'
import { doubtfulPhrases, phrases } from './rules.mjs'

const ERROR = 2

const kernel = new TextlintKernel()
const plugin = markdownModule.default ?? markdownModule
const options = {
  ext: '.md',
  plugins: [{ pluginId: 'markdown', plugin }],
  rules: [
    { ruleId: 'phrases', rule: phrases },
    { ruleId: 'doubtful-phrases', rule: doubtfulPhrases, options: { severity: 'warning' } },
  ],
}

/** A Markdown page that a person writes; others in the test folders are snapshots. */
const isMarkdown = (path) =>
  path.endsWith('.md') && (!/(?:^|\/)test\//.test(path) || path.endsWith('README.md'))
const isSource = (path) =>
  /^packages\/[^/]+\/(?:src|bin)\/.*\.(?:ts|tsx|mjs)$/.test(path) && !/\.(?:test|d)\.ts$/.test(path)
const IGNORED =
  /(?:^|\/)(?:node_modules|dist|coverage|\.[^/]*)(?:\/|$)|^(?:docs\/reference|api)(?:\/|$)/

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

/** The list of options is generated, and the table of Microsoft's errors contains few sentences. */
const isGuide = (file) => /^docs\/(?!options|microsoft-errors).*\.md$/.test(file)

async function main(args, root) {
  const paths = args
    .filter((arg) => !arg.startsWith('--'))
    .map((path) => relative(root, resolve(root, path)))
  const isWhole = paths.length === 0
  const files = isWhole ? filesBelow(root) : paths.flatMap((path) => filesBelow(root, path))
  if (args.includes('--rhythm')) return printRhythm(root, isWhole ? [files.filter(isGuide)] : files)

  const found = await check(root, files)
  for (const [file, findings] of found)
    print(file, isWhole ? findings.filter(({ isError }) => isError) : findings)
  const all = [...found.values()].flat()
  const errors = errorsOf(all)
  if (isWhole && errors > 0)
    console.log('Rewrite these sentences. scripts/prose/words.json says which words to use.')
  console.log(
    `${isWhole ? 'prose: ' : ''}${errors} errors, ${all.length - errors} warnings in ${files.length} files`,
  )
  return errors > 0 ? 1 : 0
}

/** Prints the rhythm of all guides together, or of each page. Only all guides together can fail. */
function printRhythm(root, groups) {
  const read = (file) => readFileSync(join(root, file), 'utf8')
  const rated = groups.map((group) => {
    const { line, isMet } = rateRhythm([group].flat().filter(isMarkdown).map(read))
    console.log(`${typeof group === 'string' ? group : 'all guides'}: ${line}`)
    return typeof group === 'string' || isMet
  })
  return rated.includes(false) ? 1 : 0
}

process.exitCode = await main(process.argv.slice(2), process.cwd())
