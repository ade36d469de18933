import { randomUUID, X509Certificate } from 'node:crypto'
import { importPKCS8, SignJWT, type JWTPayload } from 'jose'
import type { ClientCertificate, DevProvider } from '../../src/index.js'
import { requestToken, TODO_API, type Params } from './flow.js'

/** The differences from a valid client assertion. */
export interface AssertionChanges {
  readonly alg?: 'PS256' | 'RS256'
  readonly header?: Record<string, unknown>
  readonly claims?: Record<string, unknown>
}

/** Signs a client assertion as MSAL does, with changes. An `undefined` value removes a member. */
export async function signAssertion(
  provider: DevProvider,
  certificate: ClientCertificate,
  { alg = 'PS256', header = {}, claims = {} }: AssertionChanges = {},
): Promise<string> {
  const now = Math.floor(Date.now() / 1000)
  const clientId = provider.app.clientId
  const payload: JWTPayload = {
    aud: `${provider.authority()}/oauth2/v2.0/token`,
    iss: clientId,
    sub: clientId,
    jti: randomUUID(),
    nbf: now,
    exp: now + 600,
    ...claims,
  }
  return new SignJWT(payload)
    .setProtectedHeader({
      alg,
      typ: 'JWT',
      'x5t#S256': Buffer.from(certificate.thumbprintSha256, 'hex').toString('base64url'),
      ...header,
    })
    .sign(await importPKCS8(certificate.key, alg))
}

/** Returns the certificate in the format of an `x5c` header. */
export function toX5c({ cert }: ClientCertificate): string[] {
  return [new X509Certificate(cert).raw.toString('base64')]
}

/** Returns the form fields that replace a secret. */
export function assertionParams(assertion: string): Params {
  return {
    client_secret: '',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
  }
}

/** Requests an app-only token with an assertion. */
export function askWith(
  provider: DevProvider,
  assertion: string,
  params: Params = {},
): ReturnType<typeof requestToken> {
  return requestToken(provider, {
    grant_type: 'client_credentials',
    scope: `${TODO_API}/.default`,
    ...assertionParams(assertion),
    ...params,
  })
}
