// `npm run generate` writes what the descriptions of Microsoft's responses, and the reports of real tenants, say: two pages, the table
// in docs/versions.md, and the numbers in README.md. With `--check`, it fails if one of them differs. With `--print`, it prints them.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { format } from 'oxfmt'
import { readReports } from './release/tenant-report.mjs'
import { root } from './setup.mjs'

const FOLDER = 'packages/dev-provider/test/reality/'
const OPEN = 'packages/identity-web-cli/reality/entra-v2-open.json'
const CHECKS = 'packages/identity-web-cli/src/commands/verify/checks'
const NAMES = { different: 'Different', 'not-played': 'Not played', old: 'Old' }
const TITLES = {
  adfs: 'AD FS',
  b2c: 'Azure AD B2C',
  'easy-auth': 'Easy Auth',
  'entra-v1': 'Entra ID, version 1',
  'entra-v2': 'Entra ID',
  'external-id': 'External ID',
  graph: 'Microsoft Graph',
  'managed-identity': 'Managed identities',
  msa: 'Personal accounts',
}
const MAX_BYTES = 20_480

const read = (file) => readFileSync(root + file, 'utf8')
const options = JSON.parse(read('.oxfmtrc.json'))
const results = JSON.parse(read(`${FOLDER}results.json`))
const services = readdirSync(root + FOLDER)
  .filter((name) => name.endsWith('.json') && name !== 'results.json')
  .map((name) => FOLDER + name)
const answers = [...services, OPEN].flatMap((file) => {
  const { service, answers: list } = JSON.parse(read(file))
  return list.map((answer) => ({ ...answer, id: `${service}/${answer.id}`, service, file }))
})
// An example of the documentation is not a response.
const recent = answers.filter(({ date, kind }) => /^202[3-6]/.test(date) && kind !== 'documented')
const same = recent.filter(({ id }) => results[id] === undefined)
const sentence = `${recent.length} responses that Microsoft sent to others between 2023 and 2026 are described in the tests; the development provider sends ${same.length} of them`
// A test names another folder with reports.
const reports = readReports(process.env.REPORTS_OF ?? root)
const isAddress = (source) => source.startsWith('https:')
const relied = answers.filter(({ reliesOn }) => reliesOn !== undefined)
const known = readdirSync(root + CHECKS)
  .map((name) => read(`${CHECKS}/${name}`))
  .join('')
const unknown = relied.find(({ check }) => check !== undefined && !known.includes(`id: '${check}'`))
if (unknown !== undefined) throw new Error(`verify does not have the check of ${unknown.id}.`)
const ofTenants = reports.filter(([, { isLocalProvider }]) => !isLocalProvider)

await save('packages/dev-provider/docs/reality.md', createDifferences())
await save('docs/evidence/reality.md', createStatements())
await save(
  'docs/versions.md',
  read('docs/versions.md').replace(
    /(?<=<!-- reports of verify -->\n).*?(?=<!-- end of the reports -->)/s,
    `\n${createRuns()}\n`,
  ),
)
const numbers = [
  [/\d+(?= responses that Microsoft sent)/, recent.length],
  [/(?<=provider sends )\d+(?= of them)/, same.length],
]
if (numbers.some(([number]) => !number.test(read('README.md'))))
  throw new Error('README.md has no numbers.')
await save(
  'README.md',
  numbers.reduce((text, [number, value]) => text.replace(number, value), read('README.md')),
)

function createDifferences() {
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
  .map(toDifference)
  .join('\n')}
`
}

function toDifference({ id, sentence: what, source, date, kind, service }) {
  const { result, reason } = results[id]
  const link = isAddress(source) ? `[${kind}](${source})` : kind
  return `| ${what} (${service}, ${link}, ${date}) | ${NAMES[result]} | ${reason} |`
}

function createStatements() {
  const sources = [...new Set(relied.map(({ source }) => source))].filter(isAddress)
  const columns = reports.map(([file]) => ` ${file.replace(/\.json$/, '')} |`).join('')
  const tables = Object.entries(TITLES).map(([name, title]) => {
    const rows = relied.filter(({ service }) => service === name)
    return `## ${title}

<!-- prettier-ignore -->
| Statement | Relies on it | Source | Our provider | Check |${columns}
| --- | --- | --- | --- | --- |${' --- |'.repeat(reports.length)}
${rows.map((row) => toStatement(row, sources)).join('\n')}`
  })
  return `# Statements about Microsoft's services

<!-- scripts/reality.mjs writes this page. -->

\`identity-web\` and its guides rely on these ${relied.length} statements. Each row links to a line that would be wrong without its statement. The
statements come from responses that other people got: a machine recorded them, somebody pasted them, or Microsoft documents them. **${ofTenants.length === 0 ? 'They have not been tested at a tenant' : `${ofTenants.length} reports of tenants are in the last columns`}.** Your
tenant can send something else today.

A test sends the same requests to the [development provider](../../packages/dev-provider/docs/reality.md). Its response has the same form or
a different one, or the provider can't play the cause. "Check" is the check of [\`identity-web-cli
verify\`](../cli.md#verify-at-your-tenant) that gets this response at your tenant. Only \`responses\` compares its form, so only its results
are in the last columns. "By hand" means that the response needs a person, a policy or a failure, and no check gets it.

${tables.join('\n\n')}

${sources.map((source, index) => `[${index + 1}]: ${source}`).join('\n')}
`
}

function toStatement({ id, sentence: what, reliesOn, source, date, kind, check, by }, sources) {
  const ours = (NAMES[results[id]?.result] ?? 'Same').toLowerCase()
  const link = isAddress(source) ? `[${kind}][${sources.indexOf(source) + 1}]` : kind
  const byHand = by === 'hand' ? 'by hand' : ''
  const proof = check === undefined ? byHand : `\`${check}\``
  const verdicts = reports.map(([, { checks }]) => {
    const found = checks.flatMap(({ proves }) => proves).find((one) => one.id === id)
    return [found?.verdict ?? '', found?.earlier].filter(Boolean).join(', ')
  })
  return `| ${[what, toLink(reliesOn), `${link}, ${date}`, ours, proof, ...verdicts].join(' | ')} |`
}

/** Returns a link to the line with the only occurrence of the text after `#`. */
function toLink(reliesOn) {
  const [path, text] = reliesOn.split(/#(.*)/s)
  const before = read(path).split(text)
  if (before.length !== 2) throw new Error(`${path} must contain "${text}" once.`)
  const line = before[0].split('\n').length
  const target = path.startsWith('docs/') ? path.replace('docs', '..') : `../../${path}#L${line}`
  return `[${path.split('/').at(-1)}:${line}](${target})`
}

function createRuns() {
  const none = ofTenants.length === 0 ? '**This table does not contain a report yet.**\n\n' : ''
  const rows = ofTenants.map(([file, { provider, versions, endedAt, summary, result }]) => {
    const { passed, failed, skipped } = summary
    return `| ${provider} | ${versions['identity-web']} | ${endedAt.slice(0, 10)} | ${result}: ${passed}, ${failed}, ${skipped} | [${file}](evidence/tenants/${file}) |`
  })
  return `${none}| provider | version of \`identity-web\` | day | result: passed, failed, skipped | report |
| --- | --- | --- | --- | --- |
${rows.join('\n')}
`
}

async function save(file, text) {
  const { code } = await format(file, text, options)
  if (file === 'docs/evidence/reality.md' && code.length > MAX_BYTES)
    throw new Error(`${file} has ${code.length} of ${MAX_BYTES} bytes. Remove statements.`)
  if (process.argv.includes('--print')) return console.log(code)
  if (read(file) === code) return
  if (!process.argv.includes('--check')) return writeFileSync(root + file, code)
  console.error(`${file} is not up to date. Run npm run generate.`)
  process.exitCode = 1
}
