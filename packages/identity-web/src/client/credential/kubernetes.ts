import { readTextFile } from '#key-material'
import { parseObject } from '../../authority/index.ts'
import { fromBase64 } from '../../base64.ts'
import { IdentityError } from '../../errors.ts'
import { environmentVariable } from './environment.ts'
import type { ClientAssertion } from './types.ts'

/**
 * Where the token of a pod is.
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
   * @defaultValue what `AZURE_FEDERATED_TOKEN_FILE` names
   */
  readonly tokenFile?: string
}

const VARIABLE = 'AZURE_FEDERATED_TOKEN_FILE'

/**
 * Proves an application by the service account of its Kubernetes pod (workload identity), without any secret.
 *
 * The cluster renews the file before its token ends, so it is read for each request for tokens. The app registration
 * needs a federated credential for the service account.
 *
 * @param options - Where the token is, if not where the cluster says.
 * @returns What to give as `clientCredential`.
 * @throws IdentityError `configuration`, from the returned function, when there is no file or no token in it;
 *   `provider_unavailable` when the token has ended.
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
        `${VARIABLE} is not set: the token of this pod can't be found. Label the pod azure.workload.identity/use: "true" and give it a service account of workload identity, or set kubernetesAssertion({ tokenFile }).`,
      )
    }
    const name = options.tokenFile === undefined ? VARIABLE : 'kubernetesAssertion({ tokenFile })'
    const token = (await readTextFile(path, name)).trim()
    const expiry = expiryOf(token)
    if (expiry === undefined) {
      throw new IdentityError('configuration', `The file named by ${name} holds no JWT.`)
    }
    if (expiry <= Date.now() / 1000) {
      throw new IdentityError(
        'provider_unavailable',
        `The token in the file named by ${name} has expired: the cluster didn't renew it.`,
        { hint: 'Check the clock, and that the file is a projected volume of the pod.' },
      )
    }
    return token
  }
}

/** Unix time in seconds when a JWT ends, for ever if it doesn't say; `undefined` for what is no JWT. */
function expiryOf(token: string): number | undefined {
  const payload = /^[\w-]+\.([\w-]+)\.[\w-]+$/.exec(token)?.[1]
  const bytes = fromBase64((payload ?? '').replaceAll('-', '+').replaceAll('_', '/'))
  const claims = parseObject(new TextDecoder().decode(bytes))
  if (claims === undefined) return undefined
  return typeof claims['exp'] === 'number' ? claims['exp'] : Number.POSITIVE_INFINITY
}
