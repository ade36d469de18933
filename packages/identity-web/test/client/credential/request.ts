import { createHash, X509Certificate } from 'node:crypto'
import { decodeProtectedHeader, type JWTHeaderParameters } from 'jose'
import type { ClientAuth } from 'openid-client'
import type { ClientAuthentication } from '../../../src/client/credential/client-authentication.ts'
import type { ClientAssertion, ClientCredential } from '../../../src/client/index.ts'
import { authenticateOnDemand } from '../../../src/client/create-oauth-client.ts'
import { IdentityError } from '../../../src/errors.ts'

export const CLIENT = '11111111-2222-3333-4444-555555555555'
const ISSUER = 'https://login.example/tenant/v2.0'
export const ENDPOINT = 'https://login.example/tenant/oauth2/v2.0/token'
export const SECRET = 'marked-secret-of-the-tests'

type Given = Parameters<typeof authenticateOnDemand>[1]
type Settings = { readonly [Name in keyof Given]?: NonNullable<Given[Name]> }

export const create = (
  credential: ClientCredential,
  settings: Settings = {},
): ClientAuthentication =>
  authenticateOnDemand(credential, {
    clientId: CLIENT,
    certificateAlgorithm: 'PS256',
    assertionAudience: 'token_endpoint',
    preferredSecretMethod: 'client_secret_post',
    timeoutSeconds: 10,
    ...settings,
  })

/** The request to the token endpoint. */
export interface Sent {
  readonly body: URLSearchParams
  readonly headers: Headers
}

/** Authenticates a request to a provider that supports these methods. */
export async function apply(authenticate: ClientAuth, methods?: string[]): Promise<Sent> {
  const body = new URLSearchParams()
  const headers = new Headers()
  const metadata = {
    issuer: ISSUER,
    token_endpoint: ENDPOINT,
    ...(methods !== undefined && { token_endpoint_auth_methods_supported: methods }),
  }
  await (authenticate(metadata, { client_id: CLIENT }, body, headers) as unknown as Promise<void>)
  return { body, headers }
}

export const send = (credential: ClientCredential, settings?: Settings): Promise<Sent> =>
  create(credential, settings).run((authenticate) => apply(authenticate))

/** The error of a provider that rejects a client. */
export const rejection = (code = 700_027): IdentityError =>
  new IdentityError('provider_error', 'The provider rejected the sign-in: invalid_client.', {
    oauthError: 'invalid_client',
    microsoftCodes: [`AADSTS${code}`],
    correlationId: 'id-1',
  })

/** The header of the assertion that was sent. */
export const headerOf = ({ body }: Pick<Sent, 'body'>): JWTHeaderParameters =>
  decodeProtectedHeader(body.get('client_assertion') ?? '') as JWTHeaderParameters

/** The thumbprint of a certificate in PEM. */
export const thumbprintOf = (pem: string, digest: string): Buffer =>
  createHash(digest).update(new X509Certificate(pem).raw).digest()

export const ASSERTION_REQUEST = {
  clientId: CLIENT,
  issuer: ISSUER,
  tokenEndpoint: ENDPOINT,
  audience: ENDPOINT,
  algorithm: 'PS256',
} as const

/** Calls an assertion function as the library does. */
export const ask = async (assertion: ClientAssertion): Promise<string> =>
  assertion(ASSERTION_REQUEST)

/** The Unix time in so many seconds. */
export const inSeconds = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds
