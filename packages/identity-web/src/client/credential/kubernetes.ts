import { parseObject } from '../../authority/index.ts'
import { fromBase64 } from '../../base64.ts'
import { IdentityError } from '../../errors.ts'
import { loadRequests } from '../load-requests.ts'
import { environmentVariable } from './environment.ts'
import type { ClientAssertion } from './client-credential.ts'

/**
 * The location of a pod's token.
 *
 * @example
 * ```ts
 * const options: KubernetesAssertionOptions = { tokenFile: '/var/run/secrets/tokens/azure' }
 * ```
 * @public
 */
export interface KubernetesAssertionOptions {
  /**
   * The path of the file.
   *
   * @defaultValue the path in `AZURE_FEDERATED_TOKEN_FILE`
   * @example kubernetesAssertion({ tokenFile: '/var/run/secrets/tokens/azure' })
   */
  readonly tokenFile?: string
}

const VARIABLE = 'AZURE_FEDERATED_TOKEN_FILE'

/**
 * Authenticates an application with the service account of its Kubernetes pod (workload identity), without a secret.
 *
 * The cluster replaces the file before the token expires, so the file is read for each token request. The app
 * registration requires a federated credential for the service account.
 *
 * @param options - The location of the token, if the cluster does not set `AZURE_FEDERATED_TOKEN_FILE`.
 * @returns The value for `clientCredential`.
 * @throws IdentityError The returned function throws `configuration` if the file does not exist or does not contain a
 *   JWT, and `provider_unavailable` if the token has expired.
 *
 * @example
 * ```ts
 * const auth = new Auth(app, { authority, clientId, clientCredential: kubernetesAssertion() })
 * ```
 * @see {@link https://learn.microsoft.com/entra/workload-id/workload-identity-federation | Workload identity federation}
 * @public
 */
export function kubernetesAssertion(options: KubernetesAssertionOptions = {}): ClientAssertion {
  return async () => {
    const path = options.tokenFile ?? environmentVariable(VARIABLE)
    if (path === undefined) {
      throw new IdentityError(
        'configuration',
        `${VARIABLE} is not set, so the token of this pod cannot be found. Label the pod azure.workload.identity/use: "true" and assign it a service account with workload identity, or set kubernetesAssertion({ tokenFile }).`,
      )
    }
    const name = options.tokenFile === undefined ? VARIABLE : 'kubernetesAssertion({ tokenFile })'
    const { readTextFile } = await loadRequests()
    const token = (await readTextFile(path, name)).trim()
    const expiry = expiryOf(token)
    if (expiry === undefined) {
      throw new IdentityError(
        'configuration',
        `The file that ${name} names does not contain a JWT. Set it to the path of the service account token, for example /var/run/secrets/azure/tokens/azure-identity-token.`,
      )
    }
    if (expiry <= Date.now() / 1000) {
      throw new IdentityError(
        'provider_unavailable',
        `The token in the file that ${name} names has expired, because the cluster did not replace it.`,
        { hint: 'Check the clock, and check that the file is a projected volume of the pod.' },
      )
    }
    return token
  }
}

/**
 * Returns the expiry of a JWT as Unix time in seconds: infinity for a JWT without `exp`, `undefined` for a string that is
 * not a JWT.
 */
function expiryOf(token: string): number | undefined {
  const payload = /^[\w-]+\.([\w-]+)\.[\w-]+$/.exec(token)?.[1]
  const bytes = fromBase64((payload ?? '').replaceAll('-', '+').replaceAll('_', '/'))
  const claims = parseObject(new TextDecoder().decode(bytes))
  if (claims === undefined) return undefined
  return typeof claims['exp'] === 'number' ? claims['exp'] : Number.POSITIVE_INFINITY
}
