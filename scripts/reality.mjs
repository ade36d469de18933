// `npm run generate` writes from the descriptions of Microsoft's responses: packages/dev-provider/docs/reality.md, their number in
// README.md, docs/evidence/reality.md with those that the library relies on, and the reports of tenants in docs/versions.md. With
// `--check`, it fails if one of them differs. A test passes `--reports` and `--out`.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { parseArgs } from 'node:util'
import { formatText } from './format-text.mjs'
import { readReports } from './reality-reports.mjs'
import { root } from './setup.mjs'

const FOLDER = `${root}packages/dev-provider/test/reality/`
const PAGE = 'packages/dev-provider/docs/reality.md'
const STATEMENTS = 'docs/evidence/reality.md'
const REPORTS = 'docs/evidence/reports'
const CHECKS = 'packages/identity-web-cli/src/commands/verify/checks'
const VERSIONS = 'docs/versions.md'
const README = 'README.md'
const MAX_BYTES = 20_480
const NAMES = { different: 'Different', 'not-played': 'Not played', old: 'Old' }
const toTable = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
const isAddress = (source) => source.startsWith('https:')
const dayOf = ({ endedAt }) => endedAt.slice(0, 10)

const { values: given } = parseArgs({
  options: {
    check: { type: 'boolean' },
    reports: { type: 'string', default: root + REPORTS },
    out: { type: 'string', default: root },
  },
})

const { 'results.json': results, ...services } = Object.fromEntries(
  readdirSync(FOLDER)
    .filter((name) => name.endsWith('.json'))
    .map((name) => [name, JSON.parse(readFileSync(FOLDER + name, 'utf8'))]),
)
const answers = Object.values(services).flatMap(({ service, answers: list }) =>
  list.map((answer) => ({ ...answer, service, id: `${service}/${answer.id}` })),
)
// An example of the documentation is not a response.
const recent = answers.filter(({ date, kind }) => /^202[3-6]/.test(date) && kind !== 'documented')
const same = recent.filter(({ id }) => results[id] === undefined)
const sentence = `${recent.length} responses that Microsoft sent to others between 2023 and 2026 are described in the tests; the development provider sends ${same.length} of them`
const statements = answers.filter(({ reliesOn }) => reliesOn !== undefined)
const checks = readdirSync(root + CHECKS).map((name) =>
  readFileSync(`${root}${CHECKS}/${name}`, 'utf8'),
)
for (const { id, check } of statements) {
  if (check !== undefined && !checks.some((source) => source.includes(`id: '${check}'`)))
    throw new Error(`${id}: verify does not have the check ${check}.`)
}
const reports = readReports(given.reports)

await save(PAGE, createPage())
await save(STATEMENTS, createStatements())
const readme = readFileSync(root + README, 'utf8')
const numbers = [
  [/\d+(?= responses that Microsoft sent)/, recent.length],
  [/(?<=provider sends )\d+(?= of them)/, same.length],
]
if (numbers.some(([number]) => !number.test(readme))) throw new Error(`${README} has no numbers.`)
await save(
  README,
  numbers.reduce((text, [number, value]) => text.replace(number, value), readme),
)
const versions = readFileSync(root + VERSIONS, 'utf8')
const part =
  /(?<=<!-- reports: scripts\/reality.mjs writes this part. -->\n).*?(?=<!-- end of the reports -->)/s
if (!part.test(versions)) throw new Error(`${VERSIONS} has no place for the reports.`)
await save(
  VERSIONS,
  versions.replace(part, () => createRuns()),
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

function createStatements() {
  const sources = [...new Set(statements.map(({ source }) => source))].filter(isAddress)
  const titles = reports.map(({ name, report }) => {
    const title = report.isLocalProvider ? name : `${report.provider}, ${dayOf(report)}`
    return `[${title}](reports/${encodeURIComponent(name)}.json)`
  })
  const head = [
    'Service',
    'Statement',
    'Relies on it',
    'Source',
    'Our provider',
    'By hand',
    ...titles,
  ]
  const rows = statements.map(({ id, service, sentence: what, source, date, kind, ...rest }) => {
    const link = isAddress(source) ? `[${kind}][${sources.indexOf(source) + 1}]` : kind
    const ours = NAMES[results[id]?.result]?.toLowerCase() ?? 'same'
    const hand = rest.by === 'hand' ? (rest.check ?? '–') : ''
    const verdicts = reports.map(({ report }) => verdictOf(report, [id, `verify/${rest.check}`]))
    return [service, what, toLink(rest.reliesOn, id), `${link}, ${date}`, ours, hand, ...verdicts]
  })
  return `# Statements about Microsoft's services

<!-- scripts/reality.mjs writes this page. -->

\`identity-web\` and its guides rely on these ${statements.length} statements. Each row links to a line that would be wrong without its statement. The
statements come from responses that other people got: a machine recorded them, somebody pasted them, or Microsoft documents them. **We have
not tested them at a tenant.** They show what Microsoft sent to somebody on that day, and your tenant can send something else today.

A test sends the same requests to the [development provider](../../packages/dev-provider/docs/reality.md). Its response has the same form or
a different one, or the provider can't play the cause. "By hand" means that a statement needs a person, a policy or a browser, and names
the check of [\`identity-web-cli verify\`](../cli.md#verify-at-your-tenant), or \`–\` without a check.

<!-- prettier-ignore -->
${toTable(head, rows)}

${sources.map((source, index) => `[${index + 1}]: ${source}`).join('\n')}
`
}

/** Returns a report's verdict on a statement, or on the check that proves it. */
function verdictOf({ statements: list }, ids) {
  return ids.map((id) => list.find((entry) => entry.id === id)?.verdict).find(Boolean) ?? ''
}

/** Returns a link to the line with the only occurrence of a text. */
function toLink(reliesOn, id) {
  const at = reliesOn.indexOf('#')
  const path = reliesOn.slice(0, at)
  const [before, ...others] = readFileSync(root + path, 'utf8').split(reliesOn.slice(at + 1))
  if (others.length !== 1)
    throw new Error(`${id}: ${path} contains the text of reliesOn ${others.length} times.`)
  const line = before.split('\n').length
  const target = path.startsWith('docs/') ? path.replace('docs', '..') : `../../${path}#L${line}`
  return `[${basename(path)}:${line}](${target})`
}

/** Returns the table of reports. A provider on a computer, such as an emulator, is not a tenant. */
function createRuns() {
  const runs = reports.filter(({ report }) => !report.isLocalProvider)
  const head = ['provider', 'version of `identity-web`', 'day', 'passed, failed, skipped', 'report']
  const rows = runs.map(
    ({ name, report: { provider, versions: tested, summary, result, ...rest } }) => {
      const counts = `${summary.passed}, ${summary.failed}, ${summary.skipped} (${result})`
      const link = `[${name}](evidence/reports/${encodeURIComponent(name)}.json)`
      return [provider, tested['identity-web'], dayOf(rest), counts, link]
    },
  )
  const none = runs.length === 0 ? '**This table does not contain a report yet.**\n\n' : ''
  return `\n${none}${toTable(head, rows)}\n\n`
}

async function save(file, content) {
  const text = await formatText(file, content)
  const bytes = Buffer.byteLength(text)
  if (file === STATEMENTS && bytes > MAX_BYTES)
    throw new Error(`${file} has ${bytes} bytes, but may have ${MAX_BYTES}.`)
  if (!given.check) {
    mkdirSync(dirname(`${given.out}/${file}`), { recursive: true })
    writeFileSync(`${given.out}/${file}`, text)
  } else if (readFileSync(root + file, 'utf8') !== text) {
    console.error(`${file} is not up to date. Run npm run generate.`)
    process.exitCode = 1
  }
}
