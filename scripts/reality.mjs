// `npm run generate` writes packages/dev-provider/docs/reality.md from the descriptions of Microsoft's responses, and their number in
// README.md. With `--check`, it fails if one of them differs.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { format } from 'oxfmt'
import { root } from './setup.mjs'

const FOLDER = `${root}packages/dev-provider/test/reality/`
const PAGE = 'packages/dev-provider/docs/reality.md'
const README = 'README.md'
const NAMES = { different: 'Different', 'not-played': 'Not played', old: 'Old' }

const { 'results.json': results, ...services } = Object.fromEntries(
  readdirSync(FOLDER)
    .filter((name) => name.endsWith('.json'))
    .map((name) => [name, JSON.parse(readFileSync(FOLDER + name, 'utf8'))]),
)
const answers = Object.values(services).flatMap(({ service, answers: list }) =>
  list.map((answer) => ({ ...answer, id: `${service}/${answer.id}` })),
)
// An example of the documentation is not a response.
const recent = answers.filter(({ date, kind }) => /^202[3-6]/.test(date) && kind !== 'documented')
const same = recent.filter(({ id }) => results[id] === undefined)
const sentence = `${recent.length} responses that Microsoft sent to others between 2023 and 2026 are described in the tests; the development provider sends ${same.length} of them`

const options = JSON.parse(readFileSync(`${root}.oxfmtrc.json`, 'utf8'))
const { code: page } = await format(PAGE, createPage(), options)
save(PAGE, page)
const readme = readFileSync(root + README, 'utf8')
const numbers = [
  [/\d+(?= responses that Microsoft sent)/, recent.length],
  [/(?<=provider sends )\d+(?= of them)/, same.length],
]
if (numbers.some(([number]) => !number.test(readme))) throw new Error(`${README} has no numbers.`)
save(
  README,
  numbers.reduce((text, [number, value]) => text.replace(number, value), readme),
)

function createPage() {
  return `# Compared with Microsoft's responses

[Development provider](../README.md)

<!-- scripts/reality.mjs writes this page. -->

${sentence}. Test recorders of Microsoft's libraries and of other projects captured the
responses, or people pasted them into issues. A test sends the same request to the provider. It compares the status, the form of each
member, and the headers that a client reads. The provider doesn't send cookies, \`P3P\`, \`Strict-Transport-Security\` or
\`x-ms-ests-server\`. With ${answers.length - recent.length} older responses and examples of the documentation, ${answers.filter(({ id }) => results[id] === undefined).length} of ${answers.length} have the same form.

The provider differs in the others:

| Microsoft's response | Provider | Reason |
| --- | --- | --- |
${answers
  .filter(({ id }) => results[id] !== undefined)
  .map(toRow)
  .join('\n')}
`
}

function toRow({ id, sentence: what, source, date, kind }) {
  const { result, reason } = results[id]
  const link = source.startsWith('https:') ? `[${kind}](${source})` : kind
  return `| ${what} (${id.split('/')[0]}, ${link}, ${date}) | ${NAMES[result]} | ${reason} |`
}

function save(file, text) {
  if (readFileSync(root + file, 'utf8') === text) return
  if (!process.argv.includes('--check')) return writeFileSync(root + file, text)
  console.error(`${file} is not up to date. Run npm run generate.`)
  process.exitCode = 1
}
