// Reads the reports of `identity-web-cli verify` that people sent.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const GUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi
/** The tenant of personal accounts, Microsoft Graph, and the ID of zeros. They are the same for everybody. */
const WELL_KNOWN = new Set([
  '9188040d-6c67-4c5b-b112-36a304b66dad',
  '00000003-0000-0000-c000-000000000000',
  '00000000-0000-0000-0000-000000000000',
])
const ADDRESS = /[^\s"'<>@]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/i
const MEMBERS = ['versions', 'endedAt', 'provider', 'result', 'summary', 'statements']

/**
 * Returns the reports of a folder with their names, sorted by the name.
 *
 * @throws if a report is not one of `verify`, or contains an ID or an address.
 */
export function readReports(folder) {
  const files = existsSync(folder) ? readdirSync(folder).toSorted() : []
  return files
    .filter((file) => file.endsWith('.json'))
    .map((file) => {
      const text = readFileSync(join(folder, file), 'utf8')
      const report = JSON.parse(text)
      const problem = problemOf(report, text)
      if (problem !== undefined) throw new Error(`The report ${file} ${problem}`)
      return { name: file.slice(0, -'.json'.length), report }
    })
}

function problemOf(report, text) {
  if (report.tool !== 'identity-web-cli verify') return 'is not from identity-web-cli verify.'
  const missing = MEMBERS.filter((name) => report[name] === undefined)
  if (missing.length > 0) return `lacks ${missing.join(', ')}.`
  const ids = [...text.matchAll(GUID)].map(([id]) => id.toLowerCase())
  const id = ids.find((each) => !WELL_KNOWN.has(each)) ?? ADDRESS.exec(text)?.[0]
  return id && `contains ${id}. Replace IDs and addresses before you send it.`
}
