import { X509Certificate } from 'node:crypto'
import { expect, test } from 'vitest'
import { createClientCertificate } from '../src/index.js'
import { createSelfSignedCertificate } from '../src/server/self-signed.js'

const DAY_MS = 24 * 3600 * 1000

test('the certificate of the server names this machine and is its own authority', () => {
  const now = Date.UTC(2026, 5, 1)
  const { cert, key } = createSelfSignedCertificate(now)
  const certificate = new X509Certificate(cert)

  expect(certificate.subject).toBe('CN=localhost')
  expect(certificate.subjectAltName).toBe(
    'DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1',
  )
  expect(certificate.ca).toBe(true)
  expect(certificate.verify(certificate.publicKey)).toBe(true)
  expect(Date.parse(certificate.validFrom)).toBe(now - DAY_MS)
  expect(Date.parse(certificate.validTo)).toBe(now + 365 * DAY_MS)
  expect(key).toContain('-----BEGIN PRIVATE KEY-----')
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
    () => new X509Certificate(createSelfSignedCertificate().cert).serialNumber,
  )

  expect(new Set(serialNumbers).size).toBe(3)
  for (const serialNumber of serialNumbers) expect(serialNumber).toMatch(/^01[0-9A-F]{30}$/)
})
