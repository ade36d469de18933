import type { SecretMethod } from './secret.ts'
import type { AuthenticationMethod, ClientCredential } from './types.ts'

const METHODS: readonly unknown[] = [
  'client_secret_basic',
  'client_secret_post',
  'private_key_jwt',
  'none',
] satisfies AuthenticationMethod[]

const SET = 'Change Auth({ clientAuthentication }) or IDENTITY_CLIENT_AUTHENTICATION'

/** Returns the method that was chosen for a secret, if one was chosen. */
export function chosenSecretMethod(
  chosen: AuthenticationMethod | undefined,
): SecretMethod | undefined {
  return chosen === 'client_secret_basic' || chosen === 'client_secret_post' ? chosen : undefined
}

/**
 * Returns the problem of a chosen method: it does not exist, or the credential cannot be used with it.
 *
 * @param chosen - The value of `clientAuthentication`.
 * @param credential - The credential of the application. It can be invalid, which is another problem.
 */
export function methodProblem(
  chosen: unknown,
  credential: ClientCredential | undefined,
): string | undefined {
  if (chosen === undefined) return undefined
  if (!METHODS.includes(chosen)) {
    return `clientAuthentication must be 'client_secret_basic', 'client_secret_post', 'private_key_jwt' or 'none'. ${SET}, for example client_secret_post.`
  }
  const list: readonly unknown[] = [credential].flat().filter((single) => single !== undefined)
  const hasSecret = list.some((single) => typeof single === 'string')
  const hasKey = list.some((single) => typeof single !== 'string')
  if (chosen === 'none') {
    return list.length === 0
      ? undefined
      : `clientAuthentication is 'none', but clientCredential is configured. ${SET}, for example client_secret_basic, or remove clientCredential (IDENTITY_CLIENT_SECRET).`
  }
  if (chosen === 'private_key_jwt') {
    return hasKey
      ? undefined
      : `clientAuthentication is 'private_key_jwt', but clientCredential does not contain a certificate or a function. ${SET}, for example client_secret_basic, or set Auth({ clientCredential: { certificate, privateKey } }).`
  }
  return hasSecret
    ? undefined
    : `clientAuthentication is '${chosen as SecretMethod}', but clientCredential does not contain a client secret. Set Auth({ clientCredential }) or IDENTITY_CLIENT_SECRET, for example to the secret of the registration, or remove clientAuthentication.`
}
