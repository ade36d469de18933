import { execFileSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { expect, test } from 'vitest'
import { createClientCertificate } from '../src/index.js'
import { createServerCertificate } from '../src/server/server-certificate.js'

const DAY_MS = 24 * 3600 * 1000

test('the certificate of the server names this machine and is signed by the authority', () => {
  const now = Date.UTC(2026, 5, 1)
  const { cert, key, ca } = createServerCertificate(['idp.localhost', '192.168.0.5'], now)
  const certificate = new X509Certificate(cert)
  const authority = new X509Certificate(ca)

  expect(certificate.subject).toBe('CN=localhost')
  expect(certificate.subjectAltName).toBe(
    'DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1, DNS:idp.localhost, IP Address:192.168.0.5',
  )
  expect(certificate.ca).toBe(false)
  expect(certificate.checkIssued(authority)).toBe(true)
  expect(certificate.verify(authority.publicKey)).toBe(true)
  expect(authority.ca).toBe(true)
  expect(authority.verify(authority.publicKey)).toBe(true)
  for (const each of [certificate, authority]) {
    expect(Date.parse(each.validFrom)).toBe(now - DAY_MS)
    expect(Date.parse(each.validTo)).toBe(now + 365 * DAY_MS)
  }
  expect(key).toContain('-----BEGIN PRIVATE KEY-----')
  // `certificate.ca` also depends on the usage of the key.
  const args = ['x509', '-noout', '-ext', 'basicConstraints,keyUsage,extendedKeyUsage']
  const describeWithOpenssl = (input: string): string =>
    execFileSync('openssl', args, { input, encoding: 'utf8' }).replaceAll(/\s+/g, ' ')
  expect(describeWithOpenssl(cert)).toMatch(
    /Constraints: critical CA:FALSE .*critical Digital Signature .*TLS Web Server Authentication/,
  )
  expect(describeWithOpenssl(ca)).toMatch(
    /Constraints: critical CA:TRUE, pathlen:0 .*critical Certificate Sign, CRL Sign/,
  )
})

test.each([Date.UTC(2026, 5, 1), Date.UTC(2049, 11, 1)])(
  'a client certificate made at %s has the dates, the name and the thumbprints of X.509',
  (now) => {
    const { cert, thumbprint, thumbprintSha256 } = createClientCertificate('Bestellungen ä', now)
    const certificate = new X509Certificate(cert)

    expect(certificate.subject).toBe('CN=Bestellungen ä')
    expect(certificate.issuer).toBe(certificate.subject)
    expect(certificate.verify(certificate.publicKey)).toBe(true)
    expect(certificate.ca).toBe(false)
    expect(Date.parse(certificate.validFrom)).toBe(now - DAY_MS)
    expect(Date.parse(certificate.validTo)).toBe(now + 365 * DAY_MS)
    expect(certificate.fingerprint.replaceAll(':', '')).toBe(thumbprint)
    expect(certificate.fingerprint256.replaceAll(':', '')).toBe(thumbprintSha256)
  },
)

test('two certificates never have the same serial number', () => {
  const serialNumbers = [1, 2, 3].map(
    () => new X509Certificate(createServerCertificate().cert).serialNumber,
  )

  expect(new Set(serialNumbers).size).toBe(3)
  for (const serialNumber of serialNumbers) expect(serialNumber).toMatch(/^01[0-9A-F]{30}$/)
})
