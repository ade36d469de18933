import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../', import.meta.url))
const src = `${root}packages/identity-web/src/`
const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts'))
/** The languages of the pages, which `languageSource` loads. */
const LANGUAGES = /^languages\/languages-(?:node|web)\.ts$/

const parse = (path: string): ts.SourceFile =>
  ts.createSourceFile(path, readFileSync(src + path, 'utf8'), ts.ScriptTarget.Latest, true)

/** Returns all `import()` of a file. */
function importCalls(node: ts.Node): ts.CallExpression[] {
  const found: ts.CallExpression[] = []
  const visit = (each: ts.Node): void => {
    if (ts.isCallExpression(each) && each.expression.kind === ts.SyntaxKind.ImportKeyword)
      found.push(each)
    ts.forEachChild(each, visit)
  }
  visit(node)
  return found
}

/** Returns what an `import()` loads, as `file: module` if `loadLater(…, () => import(…))` calls it. */
function siteOf(path: string, call: ts.CallExpression): string {
  const outer = call.parent.parent
  const isLater =
    ts.isArrowFunction(call.parent) &&
    ts.isCallExpression(outer) &&
    outer.expression.getText() === 'loadLater'
  const [argument] = call.arguments
  const name = argument !== undefined && ts.isStringLiteral(argument) ? argument.text : '?'
  const target = name.startsWith('.') ? posix.join(posix.dirname(path), name) : name
  return `${isLater ? '' : 'not loadLater: '}${path}: ${target}`
}

const sites = files
  .filter((path) => !LANGUAGES.test(path))
  .flatMap((path) => importCalls(parse(path)).map((call) => siteOf(path, call)))

/** Returns the files that a file imports when it is evaluated, without those that it only exports again. */
function importsOf(path: string): string[] {
  return parse(path).statements.flatMap((statement) => {
    const isExport = ts.isExportDeclaration(statement)
    if (!isExport && !ts.isImportDeclaration(statement)) return []
    if (isExport ? statement.isTypeOnly : isTypeOnly(statement)) return []
    const { moduleSpecifier } = statement
    if (moduleSpecifier === undefined || !ts.isStringLiteral(moduleSpecifier)) return []
    const target = posix.join(posix.dirname(path), moduleSpecifier.text)
    return existsSync(src + target) ? [target] : []
  })
}

function isTypeOnly({ importClause }: ts.ImportDeclaration): boolean {
  const bindings = importClause?.namedBindings
  return (
    importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword ||
    (bindings !== undefined &&
      ts.isNamedImports(bindings) &&
      bindings.elements.every((element) => element.isTypeOnly))
  )
}

/** Returns a file and everything that is evaluated with it. */
function evaluatedWith(path: string, found = new Set<string>()): Set<string> {
  if (found.has(path)) return found
  found.add(path)
  for (const target of importsOf(path)) evaluatedWith(target, found)
  return found
}

describe('what the library loads later', () => {
  test('has nine places, which ARCHITECTURE.md lists', () => {
    const text = readFileSync(`${root}ARCHITECTURE.md`, 'utf8')
    const [, section = ''] = /## When modules load\n(.*?)\n## /s.exec(text) ?? []
    const listed = [...section.matchAll(/^\| `([^`]+)` +\| `([^`]+)` +\|/gm)]

    expect(sites.toSorted()).toEqual(listed.map(([, from, to]) => `${from}: ${to}`).toSorted())
    expect(sites).toHaveLength(9)
  })

  test('is not evaluated with an Auth', () => {
    const start = evaluatedWith('web/create-web-auth.ts')
    const groups = sites.map((site) => site.split(': ')[1] ?? '')
    const isWeb = (path: string) => path.startsWith('web/')
    const parts = groups.filter(isWeb).flatMap(importsOf).filter(isWeb)

    expect(start).toContain('web/guard/guard.ts')
    expect(parts.length).toBeGreaterThan(20)
    expect(parts.filter((path) => start.has(path))).toEqual([])
  })

  test('is not evaluated with an ApiAuth, so that an API without a store does not load its parts', () => {
    const start = evaluatedWith('api/create-web-api.ts')

    expect(start).toContain('api/guard/guard.ts')
    expect(start).not.toContain('reliable-store.ts')
    expect(start).not.toContain('store-failure.ts')
  })
})
