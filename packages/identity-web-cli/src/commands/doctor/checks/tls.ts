import { endpointOf, readCertificate, type ServerCertificate } from '../network/connect.js'
import { openTunnel, proxyFor, usesEnvProxy } from '../network/proxy.js'
import { error, ok, skipped, warning, type Finding } from '../report/finding.js'
import type { Evidence } from '../evidence.js'
import type { Check } from './check.js'

/** Matches the errors that occur if a proxy decrypts TLS. */
const UNTRUSTED = /SELF_SIGNED|UNABLE_TO_(VERIFY|GET)|UNTRUSTED/
const EXPIRED = /EXPIRED|NOT_YET_VALID/

/** Checks the certificate of the provider. */
export const tls: Check = {
  name: 'tls',
  isPerIssuer: true,
  looksAt: 'whether this computer trusts the certificate of the provider, and who issued it',
  async run(evidence) {
    const findings: Finding[] = []
    if (evidence.subject.variables.all['NODE_TLS_REJECT_UNAUTHORIZED'] === '0')
      findings.push(
        error(
          'NODE_TLS_REJECT_UNAUTHORIZED is 0, so Node.js does not check any certificate. An attacker in the network can read the secret and all tokens.',
          'Remove the variable. To trust a certificate authority of your organization, set NODE_EXTRA_CA_CERTS to its PEM file.',
        ),
      )
    return [...findings, await checkCertificate(evidence)]
  },
}

async function checkCertificate(evidence: Evidence): Promise<Finding> {
  const { url } = (await evidence.provider()) ?? {}
  if (url === undefined) return skipped('The settings do not contain a provider.')
  if (url.protocol !== 'https:') return skipped(`${url.origin} does not use TLS.`)
  let certificate: ServerCertificate
  try {
    certificate = await certificateOf(url, evidence)
  } catch (cause) {
    const { code = '' } = Object(cause) as { readonly code?: unknown }
    return error(
      `A TLS connection with ${url.host} is not possible${code === '' ? '' : ` (${String(code)})`}.`,
      'Check the host and the port of the authority, and whether its URL must start with https:// or http://. Then look at "proxy" and "discovery".',
    )
  }
  const { fault, issuer, validTo } = certificate
  const day = validTo.toISOString().slice(0, 10)
  if (fault === undefined)
    return ok(`The certificate is valid until ${day}. Its issuer is ${issuer}.`)
  const found = `Node.js does not trust the certificate of ${url.host} (${fault}). Its issuer is ${issuer}.`
  if (UNTRUSTED.test(fault))
    return error(
      found,
      `If ${issuer} belongs to your organization, a proxy decrypts TLS. Save its CA certificate to a PEM file, and set NODE_EXTRA_CA_CERTS to this file before Node.js starts. Do not turn off the check of certificates.`,
    )
  if (EXPIRED.test(fault))
    return error(
      `${found} The certificate is valid until ${day}.`,
      'Check the clock of this computer. If the clock is right, the operator of the provider must renew the certificate.',
    )
  return warning(
    found,
    'Check the host of the authority. Another server may respond instead of the provider.',
  )
}

async function certificateOf(url: URL, evidence: Evidence): Promise<ServerCertificate> {
  const { all } = evidence.subject.variables
  const timeoutMs = evidence.choices.timeoutSeconds * 800
  const proxy = proxyFor(url, all)
  // As the application connects: with its own `fetch`, it is likely to use the proxy.
  const isUsed = usesEnvProxy(all) || evidence.subject.options.fetch !== undefined
  const tunnel =
    proxy?.url !== undefined && isUsed ? await openTunnel(proxy.url, url, timeoutMs) : undefined
  return readCertificate(endpointOf(url), { socket: tunnel?.socket, timeoutMs })
}
