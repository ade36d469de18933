import { randomUUID } from 'node:crypto'
import { EXCHANGE_AUDIENCE } from './federated-assertion.js'
import type { ProviderContext } from '../state/context.js'
import { createSign } from '../profiles/sign-token.js'
import { toJson, type ProviderResponse } from '../protocol/http.js'
import { simulatedIdentities } from '../config/simulated-identities.js'

/**
 * The claims in a service account token. The default app trusts the defaults.
 *
 * @example A token that expires after a minute
 * ```ts
 * const options: WorkloadTokenOptions = { expiresIn: 60 }
 * const token = await provider.workloadToken(options)
 * ```
 */
export interface WorkloadTokenOptions {
  /**
   * The `iss` claim.
   *
   * @defaultValue the provider's simulated cluster
   */
  readonly issuer?: string
  /**
   * The `sub` claim.
   *
   * @defaultValue 'system:serviceaccount:default:my-web-app'
   */
  readonly subject?: string
  /**
   * The `aud` claim.
   *
   * @defaultValue 'api://AzureADTokenExchange'
   */
  readonly audience?: string
  /**
   * The lifetime in seconds.
   *
   * @defaultValue 3600
   */
  readonly expiresIn?: number
}

/** Creates a service account token as a Kubernetes cluster projects it into a pod. */
export async function createWorkloadToken(
  context: ProviderContext,
  options: WorkloadTokenOptions = {},
): Promise<string> {
  const { subject = simulatedIdentities.serviceAccount, audience = EXCHANGE_AUDIENCE } = options
  const [, , namespace = 'default', name = subject] = subject.split(':')
  const iat = context.issueSeconds()
  return createSign(await context.keys.main())({
    aud: [audience],
    exp: iat + (options.expiresIn ?? 3600),
    iat,
    iss: options.issuer ?? issuerOf(context),
    jti: randomUUID(),
    'kubernetes.io': { namespace, serviceaccount: { name, uid: randomUUID() } },
    nbf: iat,
    sub: subject,
  })
}

/**
 * Returns `/workload/.well-known/openid-configuration`, the discovery document of the simulated cluster.
 */
export function workloadMetadata(context: ProviderContext): ProviderResponse {
  const issuer = issuerOf(context)
  return toJson({
    issuer,
    jwks_uri: `${issuer}/openid/v1/jwks`,
    response_types_supported: ['id_token'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
  })
}

/** Returns `/workload/openid/v1/jwks`. */
export async function workloadKeys(context: ProviderContext): Promise<ProviderResponse> {
  const published = (await context.keys.published()).filter(({ use }) => use === 'main')
  const keys = published.map(({ key }) => ({
    ...key.publicJwk,
    kid: key.kid,
    use: 'sig',
    alg: 'RS256',
  }))
  return toJson({ keys })
}

function issuerOf({ origin }: ProviderContext): string {
  return `${origin}/workload`
}
