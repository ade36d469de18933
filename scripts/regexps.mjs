// `npm run regexps`: checks that no regular expression of the packages takes more than linear time (ReDoS). recheck analyzes
// the literals that scripts/regexps.json does not contain yet, and adds those that are safe. For another literal, change it,
// or add it by hand with the reason why its input cannot be long. With `--check`, only compares the literals with the file.
import { readdirSync, readFileSync, rmSync, writeFileSync, mkdtempSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ts from 'typescript'
import { root } from './setup.mjs'

const RECHECK = 'recheck@4.5.0'
const list = `${root}scripts/regexps.json`
const reviewed = JSON.parse(readFileSync(list, 'utf8'))
const packages = ['identity-web', 'dev-provider', 'identity-web-cli', 'create-identity-web']
const found = new Map(packages.flatMap(literalsOf))
const added = [...found.keys()].filter((literal) => !Object.hasOwn(reviewed, literal))
const stale = Object.keys(reviewed).filter((literal) => !found.has(literal))

if (process.argv.includes('--check')) {
  for (const literal of added) console.error(`${found.get(literal)}: ${literal} was not checked.`)
  for (const literal of stale) console.error(`${literal} is not in the sources anymore.`)
  const isGood = added.length === 0 && stale.length === 0
  console.log(isGood ? `${found.size} regular expressions were checked.` : 'Run npm run regexps.')
  process.exitCode = isGood ? 0 : 1
} else {
  for (const literal of stale) delete reviewed[literal]
  if (added.length > 0) await analyze(added)
  const sorted = Object.entries(reviewed).toSorted(([one], [other]) => (one < other ? -1 : 1))
  writeFileSync(list, `${JSON.stringify(Object.fromEntries(sorted), undefined, 2)}\n`)
}

/** Returns each literal of a package with the file that contains it. */
function literalsOf(name) {
  const folder = `${root}packages/${name}/src`
  const files = readdirSync(folder, { recursive: true }).filter((file) =>
    String(file).endsWith('.ts'),
  )
  return files.flatMap((file) => {
    const path = `${folder}/${String(file)}`
    const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest)
    const literals = []
    const visit = (node) => {
      if (node.kind === ts.SyntaxKind.RegularExpressionLiteral) {
        literals.push([node.text, path.slice(root.length)])
      }
      ts.forEachChild(node, visit)
    }
    visit(source)
    return literals
  })
}

/** Analyzes literals with the version of recheck in JavaScript. It is not a dependency, because its binaries are large. */
async function analyze(literals) {
  const folder = mkdtempSync(join(tmpdir(), 'recheck-'))
  try {
    const options = ['--prefix', folder, '--no-save', '--omit=optional', '--no-audit', '--no-fund']
    execFileSync('npm', ['install', '--silent', ...options, RECHECK], { stdio: 'inherit' })
    process.env.RECHECK_BACKEND = 'pure'
    const { check } = createRequire(`${folder}/`)('recheck')
    for (const literal of literals) {
      const end = literal.lastIndexOf('/')
      const result = await check(literal.slice(1, end), literal.slice(end + 1), { timeout: 10_000 })
      if (result.status === 'safe') reviewed[literal] = 'safe'
      else {
        process.exitCode = 1
        const details = `${result.complexity?.summary ?? ''} ${result.attack?.pattern ?? ''}`
        console.error(`${found.get(literal)}: ${literal} is ${result.status}. ${details}`)
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
