import type { ClientAuth, Configuration } from 'openid-client'
import {
  createIssuingAuthority,
  isMetaTenant,
  type Authority,
  type IssuingAuthority,
  type Transport,
} from '../authority/index.ts'
import {
  createClientAuthentication,
  type ClientAuthentication,
  type ClientCredential,
} from './credential/index.ts'
import { traitsOf, type ProviderTraits } from './provider-traits.ts'

/** The application as a client of its provider: what every request is made with. */
export interface OAuthClient {
  readonly issuing: IssuingAuthority
  /** How this kind of provider differs from others. */
  readonly traits: ProviderTraits
  readonly clientId: string
  /** How the application proves itself; a public client has no way to. */
  readonly authentication?: ClientAuthentication | undefined
  /** What the application can do, such as `cp1`: answer claims challenges. */
  readonly capabilities: readonly string[]
  /** To be the same client at another authority. */
  readonly settings: ClientIdentity
}

/** What an application is at any authority. */
export interface ClientIdentity {
  readonly clientId: string
  readonly credential: ClientCredential | undefined
  readonly capabilities: readonly string[]
}

/** What makes an application a client. */
export interface ClientSettings extends ClientIdentity {
  readonly transport: Transport
  /** Unix time in seconds. */
  readonly now: () => number
}

export function createOAuthClient(
  authority: Authority,
  { clientId, credential, capabilities, transport, now }: ClientSettings,
): OAuthClient {
  const { kind, tenant } = authority
  const traits = traitsOf(kind)
  return {
    issuing: createIssuingAuthority(authority, transport, now),
    traits,
    clientId,
    capabilities,
    settings: { clientId, credential, capabilities },
    authentication:
      credential === undefined
        ? undefined
        : createClientAuthentication(credential, {
            clientId,
            certificateAlgorithm: traits.certificateAlgorithm,
            ...(tenant !== undefined && !isMetaTenant(tenant) && { tenantId: tenant }),
          }),
  }
}

/**
 * openid-client's view of the provider, made anew for each request: what is set on it is that request's own.
 *
 * The library is loaded here and in its callers when the first request needs it: an application that starts,
 * or a script that imports one, doesn't wait for it.
 *
 * @param authenticate - How the request proves who sends it; requests of a browser need no proof.
 */
export async function createConfiguration(
  client: OAuthClient,
  authenticate?: ClientAuth,
): Promise<Configuration> {
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
    authenticate ?? openid.None(),
  )
  // Only https and loopback pass the check of the metadata; this lets the loopback pass here.
  openid.allowInsecureRequests(configuration)
  return configuration
}
