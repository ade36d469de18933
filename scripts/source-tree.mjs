// `npm run generate` writes docs/evidence/tree.md: the first sentence of each file of the library, and the names of the others.
// With `--check`, it fails if the page differs. A file starts with its sentence, unless its first docstring says the same.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { root } from './setup.mjs'

const PAGE = 'docs/evidence/tree.md'
const LIBRARY = 'packages/identity-web/src'
/** The folders whose files the page only names. */
const OTHERS = [
  'packages/dev-provider/src',
  'packages/identity-web-cli/src',
  'packages/create-identity-web/src',
  'packages/identity-web/test/support',
  'scripts/*.mjs',
  'maintain/scripts',
]
const COMMENT = /^\/\*\*[^]*?\*\/|^(?:\/\/ .*\n)+/m

/** The first sentence of the first comment of a file. */
function sentenceOf(file) {
  const [comment] = readFileSync(root + file, 'utf8').match(COMMENT) ?? ['']
  const text = comment.replaceAll(/^\/\*\*|\*\/$|^ *(?:\*|\/\/)|[`]/gm, '').replaceAll(/\s+/g, ' ')
  const [, sentence] = text.match(/^ ([^@{].*?)\.(?: |$)/) ?? []
  if (sentence === undefined)
    throw new Error(`${file} does not start with a sentence about itself.`)
  return sentence
}

/** The files of each folder that Git knows. */
function foldersOf(...paths) {
  const files = execFileSync('git', ['ls-files', ...paths], { cwd: root, encoding: 'utf8' })
  const folders = new Map()
  for (const file of files.trimEnd().split('\n'))
    folders.set(dirname(file), [...(folders.get(dirname(file)) ?? []), file])
  return [...folders]
}

const nameOf = (file) => basename(file).replace(/\.m?[jt]s$/, '')
const library = foldersOf(LIBRARY).flatMap(([folder, files]) => [
  `\n${folder.replace(`${LIBRARY}/`, '')}/`,
  ...files.map((file) => `  ${nameOf(file)}: ${sentenceOf(file)}`),
])
const others = foldersOf(...OTHERS).map(
  ([folder, files]) => `${folder}/: ${files.map(nameOf).join(', ')}`,
)
const page = `# Tree of the sources

\`npm run generate\` writes this page from the first sentence of each file. [ARCHITECTURE](../../ARCHITECTURE.md) explains
how the folders work together.

## The library: \`${LIBRARY}\`

\`\`\`text
${library.join('\n').trim()}
\`\`\`

## Other folders

\`\`\`text
${others.join('\n')}
\`\`\`
`

if (!process.argv.includes('--check')) writeFileSync(root + PAGE, page)
else if (readFileSync(root + PAGE, 'utf8') !== page) {
  console.error(`${PAGE} is not up to date. Run npm run generate.`)
  process.exitCode = 1
}
