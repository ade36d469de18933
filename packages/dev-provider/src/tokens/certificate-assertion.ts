import { X509Certificate } from 'node:crypto'
import {
  assertAlgorithm,
  assertInTime,
  isSignedBy,
  malformedAssertion,
  type Assertion,
  type AssertionBearer,
} from './assertion.js'
import type { AppConfig } from '../config/config.js'
import { invalidClient } from './invalid-client.js'
import type { OAuthError } from '../protocol/oauth-error.js'
import type { ProviderContext } from '../state/context.js'

/** The algorithms of MSAL, PSS with a SHA-256 thumbprint or the older RS256 with SHA-1. */
const ALGORITHMS = ['PS256', 'RS256']

/**
 * The thumbprint in a header. Entra ID finds keys by `x5t` and ignores `kid`
 * (certificate-credentials).
 */
interface Thumbprint {
  readonly hash: 'sha1' | 'sha256'
  readonly hex: string
}

/** Checks an assertion that the client signed with the key of its certificate. */
export async function verifyCertificateAssertion(
  context: ProviderContext,
  bearer: AssertionBearer,
  assertion: Assertion,
): Promise<void> {
  assertAlgorithm(assertion, ALGORITHMS)
  const thumbprint = readThumbprint(assertion)
  const certificate = findCertificate(bearer.app, assertion, thumbprint)
  if (certificate === undefined) {
    throw badCertificateSignature('The key was not found.', thumbprint)
  }
  if (!(await isSignedBy(assertion, certificate.publicKey))) {
    throw badCertificateSignature(
      'The provided signature value did not match the expected signature value.',
      thumbprint,
    )
  }
  assertCertificateInTime(context, certificate)
  if (!isForThisEndpoint(bearer, assertion)) {
    throw invalidClient(
      700023,
      `Client assertion audience claim does not match Realm issuer. Review the documentation at https://learn.microsoft.com/entra/identity-platform/certificate-credentials . Expected: '${bearer.profile.endpoints.token}'.`,
      `Set aud of the assertion to ${bearer.profile.endpoints.token}.`,
    )
  }
  assertInTime(context, assertion)
  const { jti } = assertion.payload
  // The value can appear again, because MSAL uses an assertion until it expires.
  if (typeof jti !== 'string' || jti === '') throw malformedAssertion("it has no 'jti'")
}

function readThumbprint({ header }: Assertion): Thumbprint | undefined {
  for (const [name, hash] of [
    ['x5t#S256', 'sha256'],
    ['x5t', 'sha1'],
  ] as const) {
    const value: unknown = header[name]
    if (typeof value === 'string') {
      return { hash, hex: Buffer.from(value, 'base64url').toString('hex').toUpperCase() }
    }
  }
  return undefined
}

function findCertificate(
  app: AppConfig,
  assertion: Assertion,
  thumbprint: Thumbprint | undefined,
): X509Certificate | undefined {
  if (thumbprint === undefined) return undefined
  const registered = (app.certificates ?? []).map((pem) => new X509Certificate(pem))
  const match = registered.find((certificate) => hasThumbprint(certificate, thumbprint))
  if (match !== undefined) return match
  // With "subject name and issuer", the registration contains the name of a certificate instead of
  // the certificate.
  const sent = readSentCertificate(assertion)
  const isTrusted =
    sent !== undefined &&
    hasThumbprint(sent, thumbprint) &&
    sent.publicKey.asymmetricKeyType === 'rsa' &&
    commonNames(sent).some((name) => app.trustedSubjectNames?.includes(name))
  return isTrusted ? sent : undefined
}

function hasThumbprint(certificate: X509Certificate, { hash, hex }: Thumbprint): boolean {
  const fingerprint = hash === 'sha256' ? certificate.fingerprint256 : certificate.fingerprint
  return fingerprint.replaceAll(':', '').toUpperCase() === hex
}

function readSentCertificate({ header }: Assertion): X509Certificate | undefined {
  const [first]: unknown[] = Array.isArray(header.x5c) ? header.x5c : []
  if (typeof first !== 'string') return undefined
  try {
    return new X509Certificate(Buffer.from(first, 'base64'))
  } catch {
    throw malformedAssertion("its 'x5c' does not contain a certificate")
  }
}

function commonNames(certificate: X509Certificate): readonly string[] {
  const subject = certificate.toLegacyObject().subject as { CN?: string | string[] } | undefined
  return [subject?.CN ?? []].flat()
}

function isForThisEndpoint(
  { profile, request }: AssertionBearer,
  { audiences }: Assertion,
): boolean {
  const called = request.url.origin + request.url.pathname
  // A path without a tenant has a template instead of an issuer, so only its URL is accepted.
  const issuers = profile.issuer.includes('{') ? [] : [profile.issuer]
  const accepted = [called, profile.endpoints.token, ...issuers]
  return audiences.length === 1 && accepted.includes(audiences[0] ?? '')
}

function assertCertificateInTime(context: ProviderContext, certificate: X509Certificate): void {
  const now = context.nowMs()
  if (Date.parse(certificate.validFrom) <= now && now < Date.parse(certificate.validTo)) return
  throw invalidClient(
    1000502,
    'The provided certificate is not within its specified validity period.',
    'Create a new certificate, for example with createClientCertificate(), and list it in certificates of the app.',
  )
}

function badCertificateSignature(reason: string, thumbprint: Thumbprint | undefined): OAuthError {
  return invalidClient(
    700027,
    `Client assertion failed signature validation. [Reason - ${reason}, Thumbprint of key used by client: '${thumbprint?.hex ?? ''}'] The certificate with identifier used to sign the client assertion is not registered on application.`,
    'Add the certificate to certificates of the app in the configuration, and sign with its private key. The header needs x5t#S256 or x5t.',
  )
}
