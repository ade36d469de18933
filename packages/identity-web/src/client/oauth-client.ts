import type { ClientAuth, Configuration } from 'openid-client'
import type { IssuingAuthority, ProviderMetadata } from '../authority/index.ts'

/** The application as a client of its provider: what every request is made with. */
export interface OAuthClient {
  readonly issuing: IssuingAuthority
  readonly clientId: string
  readonly clientSecret?: string | undefined
}

/** Whether the prefix of a scope names its API, as at Microsoft. */
export function hasPrefixedScopes({ issuing }: OAuthClient): boolean {
  return issuing.authority.kind === 'entra'
}

/**
 * openid-client's view of the provider, made anew for each request: what is set on it is that request's own.
 *
 * The library is loaded here and in its callers when the first request needs it: an application that starts,
 * or a script that imports one, doesn't wait for it.
 */
export async function createConfiguration(client: OAuthClient): Promise<Configuration> {
  const openid = await import('openid-client')
  const metadata = await client.issuing.metadata()
  const configuration = new openid.Configuration(
    // Issuers are compared in authority/, where Microsoft's template and RFC 9207 meet; openid-client would
    // hold an `iss` against the literal template.
    { ...metadata, authorization_response_iss_parameter_supported: false } as ConstructorParameters<
      typeof Configuration
    >[0],
    client.clientId,
    undefined,
    clientAuthentication(openid, client, metadata),
  )
  // Only https and loopback pass the check of the metadata; this lets the loopback pass here.
  openid.allowInsecureRequests(configuration)
  return configuration
}

function clientAuthentication(
  { ClientSecretBasic, ClientSecretPost, None }: typeof import('openid-client'),
  { clientSecret }: OAuthClient,
  metadata: ProviderMetadata,
): ClientAuth {
  if (clientSecret === undefined) return None()
  // Without a list, RFC 8414 means client_secret_basic.
  const methods = metadata.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
  return methods.includes('client_secret_post')
    ? ClientSecretPost(clientSecret)
    : ClientSecretBasic(clientSecret)
}
