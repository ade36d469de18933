// Fetches and checks the metadata of a provider (discovery).
import { IdentityError } from '../errors.ts'
import { type Authority, isLoopbackUrl, isSecureUrl } from './authority.ts'
import { fetchDocument } from './provider-documents.ts'
import type { Transport } from './transport.ts'
import { quote, isStringList } from '../text.ts'

/** The fields of a provider's metadata that this library uses. @see {@link https://www.rfc-editor.org/rfc/rfc8414} */
export interface ProviderMetadata {
  readonly issuer: string
  readonly authorization_endpoint: string
  readonly token_endpoint: string
  readonly jwks_uri: string
  readonly end_session_endpoint?: string
  readonly userinfo_endpoint?: string
  readonly userinfo_signing_alg_values_supported?: readonly string[]
  readonly scopes_supported?: readonly string[]
  readonly id_token_signing_alg_values_supported?: readonly string[]
  readonly token_endpoint_auth_methods_supported?: readonly string[]
  readonly authorization_response_iss_parameter_supported?: boolean
  readonly cloud_instance_name?: string
  /** The issuer of access tokens at AD FS. It differs from the issuer of ID tokens. */
  readonly access_token_issuer?: string
  readonly [field: string]: unknown
}

const REQUIRED_FIELDS = ['issuer', 'authorization_endpoint', 'token_endpoint', 'jwks_uri'] as const
const REQUIRED_FOR_TOKENS = ['issuer', 'jwks_uri'] as const
const ENDPOINTS = [
  'authorization_endpoint',
  'token_endpoint',
  'jwks_uri',
  'end_session_endpoint',
  'device_authorization_endpoint',
  'userinfo_endpoint',
] as const

const LISTS = [
  'scopes_supported',
  'id_token_signing_alg_values_supported',
  'token_endpoint_auth_methods_supported',
  'userinfo_signing_alg_values_supported',
] as const

/**
 * Fetches the metadata of an authority and checks it, including the issuer.
 *
 * @throws IdentityError `provider_unavailable`, or `invalid_response` if the document is not valid.
 */
export async function fetchMetadata(
  transport: Transport,
  authority: Authority,
): Promise<ProviderMetadata> {
  const fetched = await fetchDocument(transport, 'metadata', authority.metadataUrl)
  // A field with the value null counts as missing.
  const document = Object.fromEntries(Object.entries(fetched).filter(([, value]) => value !== null))
  for (const field of authority.isForTokensOnly === true ? REQUIRED_FOR_TOKENS : REQUIRED_FIELDS) {
    if (typeof document[field] !== 'string')
      throw invalidMetadata(authority, `does not contain ${field}`)
  }
  // A provider on the internet must not send the credential to a service of this machine.
  const isSecure = isLoopbackUrl(authority.metadataUrl) ? isSecureUrl : isHttps
  for (const field of ENDPOINTS) {
    const value = document[field]
    if (value === undefined) continue
    if (typeof value !== 'string' || !isSecure(value)) {
      throw invalidMetadata(
        authority,
        `contains a ${field} that is not an https URL`,
        'Configure the provider with its public https URL. Only an authority on this machine can have http URLs of this machine.',
      )
    }
  }
  const metadata = { ...document, ...listsOf(document) } as ProviderMetadata
  if (!authority.acceptsIssuer(metadata.issuer)) {
    throw invalidMetadata(
      authority,
      `contains the issuer ${quote(metadata.issuer)}, but ${authority.issuerRule} is expected`,
    )
  }
  return metadata
}

function isHttps(url: string): boolean {
  return isSecureUrl(url) && new URL(url).protocol === 'https:'
}

// A field that is not a list of strings counts as missing. The defaults of the specification apply.
function listsOf(document: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    LISTS.map((field) => [field, isStringList(document[field]) ? document[field] : undefined]),
  )
}

function invalidMetadata(
  authority: Authority,
  problem: string,
  hint = 'Check the authority. It must be the URL that the provider uses as its issuer.',
): IdentityError {
  return new IdentityError(
    'invalid_response',
    `The metadata at ${authority.metadataUrl} ${problem}.`,
    { hint },
  )
}
