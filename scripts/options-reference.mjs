// `npm run options` writes docs/options.md from the types of the options and their documentation.
// `npm run options -- --check` fails if the page differs, or if an option lacks its default or an example.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { root } from './setup.mjs'

const PAGE = join(root, 'docs/options.md')
const SOURCE = 'packages/identity-web/src'

/** The sections of the page. Options of `nested` follow the option that contains them. */
const SECTIONS = [
  {
    title: 'Options of `Auth`',
    intro: 'Pass them to `new Auth(app, options)`. They are for web apps that sign users in.',
    file: 'web/options/options.ts',
    type: 'AuthOptions',
    nested: {
      session: 'SessionOptions',
      'session.cookie': 'SessionCookieOptions',
      pages: 'Pages',
      b2c: 'B2cOptions',
    },
  },
  {
    title: 'Options of `ApiAuth`',
    intro:
      'Pass them to `new ApiAuth(options)`. They are for web APIs. The options that `Auth` has as well are described above.',
    file: 'api/options/options.ts',
    type: 'ApiAuthOptions',
    nested: { longRunning: 'LongRunningOptions' },
    without: 'AuthOptions',
  },
  {
    title: 'Requirements of `auth.loginRequired`',
    intro: 'Pass them as the first argument of the guard.',
    file: 'web/guard/requirement.ts',
    type: 'LoginRequirement',
  },
  {
    title: 'Requirements of `api.authorizationRequired`',
    intro: 'Pass them as the first argument of the guard.',
    file: 'api/guard/requirement.ts',
    type: 'AuthorizationRequirement',
  },
  {
    title: 'Parameters of `auth.login`',
    intro:
      'Pass them after the arguments of the framework. Those that are not listed replace the option of the same name.',
    file: 'web/web-auth.ts',
    type: 'LoginOptions',
    without: 'AuthOptions',
  },
]

const problems = []
const program = ts.createProgram(
  [...new Set(SECTIONS.map(({ file }) => join(root, SOURCE, file)))],
  ts.getParsedCommandLineOfConfigFile(
    join(root, 'tsconfig.json'),
    {},
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: console.error },
  ).options,
)
const checker = program.getTypeChecker()
const page = [
  '# All options',
  '',
  '<!-- `npm run options` writes this page from packages/identity-web/src. Change the documentation there. -->',
  '',
  'Each option shows its type, its default, and the environment variable that replaces it. A value in code takes precedence over the environment. `undefined` means that the option is not set.',
  '',
  ...SECTIONS.flatMap(toSection),
]
  .join('\n')
  .trimEnd()
  .concat('\n')

if (problems.length > 0) {
  console.error(problems.join('\n'))
  process.exitCode = 1
} else if (!process.argv.includes('--check')) {
  writeFileSync(PAGE, page)
} else if (readFileSync(PAGE, 'utf8') !== page) {
  console.error('docs/options.md does not match the types. Run `npm run options`.')
  process.exitCode = 1
}

function toSection({ title, intro, file, type, nested = {}, without }) {
  const known =
    without === undefined
      ? new Set()
      : new Set(propertiesOf('web/options/options.ts', without).map(({ name }) => name))
  const lines = [`## ${title}`, '', intro, '']
  for (const property of propertiesOf(file, type)) {
    if (!known.has(property.name)) lines.push(...toOption(property, '', { file, nested }))
  }
  return lines
}

/** Returns the properties of an interface, including those that it inherits. */
function propertiesOf(file, name) {
  const source = program.getSourceFile(join(root, SOURCE, file))
  const declaration = source?.statements.find(
    (statement) => ts.isInterfaceDeclaration(statement) && statement.name.text === name,
  )
  if (declaration === undefined) throw new Error(`${file} has no interface ${name}.`)
  return checker.getTypeAtLocation(declaration).getProperties()
}

function toOption(property, path, { file, nested }) {
  const name = path + property.name
  const tags = property.getJsDocTags(checker)
  const textOf = (tag) => ts.displayPartsToString(tags.find((one) => one.name === tag)?.text).trim()
  const description = ts.displayPartsToString(property.getDocumentationComment(checker)).trim()
  const byDefault = textOf('defaultValue').replaceAll('\n', ' ')
  const example = toExample(textOf('example'))
  const declaration = property.declarations?.[0]
  const isRequired = (property.flags & ts.SymbolFlags.Optional) === 0
  const inner = nested[name]
  if (description === '') problems.push(`${name} has no description.`)
  if (!isRequired && byDefault === '') problems.push(`${name} has no @defaultValue.`)
  if (inner === undefined && example === '') problems.push(`${name} has no @example.`)
  const variables = [...new Set(byDefault.match(/IDENTITY_[A-Z0-9_]+/g))]
  const lines = [
    `### \`${name}\``,
    '',
    description.replaceAll(/\{@link ([^}|]+)(?:\|([^}]*))?\}/g, (_, target, label) =>
      (label ?? `\`${target.trim()}\``).trim(),
    ),
    '',
    `- Type: \`${typeOf(declaration)}\``,
    `- Default: ${isRequired ? 'required' : byDefault}`,
    ...(variables.length > 0
      ? [`- Variable: ${variables.map((variable) => `\`${variable}\``).join(', ')}`]
      : []),
    '',
    ...(example === '' ? [] : ['```ts', example, '```', '']),
  ]
  if (inner === undefined) return lines
  const type = checker.getTypeOfSymbolAtLocation(property, declaration)
  const members = checker.getNonNullableType(type).getProperties()
  return [...lines, ...members.flatMap((member) => toOption(member, `${name}.`, { file, nested }))]
}

function typeOf(declaration) {
  const text = declaration?.type?.getText() ?? declaration?.getText() ?? ''
  return text
    .replaceAll(/\s+/g, ' ')
    .replace(/ \| undefined$/, '')
    .replaceAll('readonly ', '')
    .trim()
}

/** Returns the first example without its caption and its fence. */
function toExample(text) {
  const fenced = /```ts\n([\s\S]*?)\n```/.exec(text)
  return (fenced?.[1] ?? text.replace(/^[^\n`]*\n(?=```)/, '')).trim()
}
