import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { readRegistration } from '../network/graph.js'
import { error, ok, skipped, warning, type Finding } from '../report/finding.js'
import type { Evidence } from '../evidence.js'
import type { Check } from './check.js'

const DAY = 24 * 3600 * 1000
/** The number of days before the end at which the warning starts. The library starts its warnings at the same time. */
const WARNING_DAYS = 30

const NEW_CREDENTIAL =
  'Add a new credential under Certificates & secrets of the app registration, and deploy [new, old]. The guide docs/credentials.md lists the steps.'

const NEW_SECRET = `${NEW_CREDENTIAL} If the secret is new already, correct its date.`

/** Checks the days on which secrets and certificates end. */
export const expiry: Check = {
  name: 'expiry',
  looksAt:
    'when the certificate of the app expires, and the secret if its date is set. With --azure-cli or --token-file, also when the registered secrets expire',
  async run(evidence) {
    const findings = [
      ...(await certificateFindings(evidence)),
      ...secretFindings(evidence),
      ...(await graphFindings(evidence)),
    ]
    return findings.length > 0
      ? findings
      : skipped(
          'The settings do not contain the date on which a secret expires. Set IDENTITY_CLIENT_SECRET_EXPIRES to this date. To ask Microsoft Graph, add --azure-cli or --token-file.',
        )
  },
}

async function certificateFindings({ subject, folder }: Evidence): Promise<Finding[]> {
  const credentials: readonly unknown[] = [subject.options.clientCredential].flat()
  const findings: Finding[] = []
  for (const one of credentials) {
    const { certificate } = Object(one) as { readonly certificate?: unknown }
    if (typeof certificate !== 'string') continue
    const pem = certificate.includes('-----BEGIN')
      ? certificate
      : await readFile(resolve(folder, certificate), 'utf8')
    const { validTo, fingerprint256 } = new X509Certificate(pem)
    const name = `The certificate ${fingerprint256.replaceAll(':', '').slice(0, 16)}…`
    findings.push(toFinding(name, new Date(validTo)))
  }
  return findings
}

/** Returns the findings for the dates in the settings. The check of the settings reports unreadable dates. */
function secretFindings({ subject: { options, variables } }: Evidence): Finding[] {
  const { IDENTITY_CLIENT_SECRET: own, IDENTITY_CLIENT_SECRET_EXPIRES: ends } = variables.all
  const given: unknown = options.clientCredential ?? options.clientSecret ?? own
  return [given].flat().flatMap((one: unknown, index) => {
    // As in the library, the variable belongs to this value, also if the code passes the value on.
    const isOwn = Boolean(own) && one === own
    const { expires } = isOwn ? { expires: ends } : (Object(one) as { readonly expires?: unknown })
    const end = toTime(expires)
    const option = Array.isArray(given) ? `clientCredential[${index}]` : 'clientCredential'
    const name = `The secret of ${isOwn ? 'IDENTITY_CLIENT_SECRET' : option}`
    return end === undefined ? [] : [toFinding(name, end, NEW_SECRET)]
  })
}

/** Returns the time of a `Date`, or of a string such as `2027-03-31`, which is the end of this day. */
function toTime(expires: unknown): Date | undefined {
  const text = expires instanceof Date ? expires.toJSON() : String(expires)
  if (!/^\d{4}-\d\d-\d\d(T|$)/.test(text)) return undefined
  const time = new Date(text.length === 10 ? `${text}T23:59:59Z` : text)
  return Number.isNaN(time.getTime()) ? undefined : time
}

async function graphFindings(evidence: Evidence): Promise<Finding[]> {
  const registered = (await readRegistration(evidence))?.credentials
  if (registered === undefined) return []
  if (registered.length === 0)
    return [ok('The app registration contains no secret and no certificate.')]
  // The app cannot know which of them it uses. While one is valid, an old one is only a leftover.
  const isCovered = registered.some(({ end }) => end === undefined || end.getTime() > Date.now())
  return registered.map(({ kind, name, end }) => {
    const finding = toFinding(`The registered ${kind} ${name}`, end)
    if (isEndless(end)) return finding
    return finding.result === 'error' && isCovered
      ? warning(
          finding.found,
          'If the app does not use this credential anymore, remove it from the registration.',
        )
      : finding
  })
}

/** Returns whether a credential never ends. Entra ID stores the year 2299 for "never". */
function isEndless(end: Date | undefined): boolean {
  return end === undefined || end.getUTCFullYear() >= 2100
}

function toFinding(name: string, end: Date | undefined, change = NEW_CREDENTIAL): Finding {
  if (end === undefined || isEndless(end))
    return error(
      `${name} does not expire, so anyone who finds it can use it forever.`,
      'Replace it with a secret that expires, a certificate or a federated credential. Then remove it from the registration.',
    )
  const day = end.toISOString().slice(0, 10)
  const days = Math.floor((end.getTime() - Date.now()) / DAY)
  if (days < 0) return error(`${name} expired on ${day}.`, change)
  const sentence = `${name} expires on ${day}, in ${days} ${days === 1 ? 'day' : 'days'}.`
  return days < WARNING_DAYS ? warning(sentence, change) : ok(sentence)
}
