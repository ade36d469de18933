import { explainError } from '../explain-error.js'
import { error, ok, skipped, type Finding } from '../report/finding.js'
import type { Check } from './check.js'

/** Checks the metadata and the keys of the provider. */
export const discovery: Check = {
  name: 'discovery',
  isPerIssuer: true,
  looksAt:
    'whether the provider responds with its keys, and with metadata that contains the expected issuer',
  async run(evidence) {
    const provider = await evidence.provider()
    if (provider === undefined) return skipped('The settings do not contain a provider.')
    const issuer = provider.metadata?.['issuer']
    if (provider.error === undefined)
      return (
        findUnsupported(provider.metadata) ??
        ok(`The issuer is ${typeof issuer === 'string' ? issuer : 'valid'}.`)
      )
    const { found, change } = explainError(
      provider.error,
      'Open the URL of the metadata, and check the authority (IDENTITY_AUTHORITY or IDENTITY_OIDC_AUTHORITY).',
    )
    return error(found, change)
  },
}

const METHODS = ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none']

/** Returns the finding for metadata that require a feature which the library does not have. */
function findUnsupported(metadata: Readonly<Record<string, unknown>> = {}): Finding | undefined {
  if (metadata['require_signed_request_object'] === true)
    return error(
      'The provider requires signed authorization requests (JAR), which identity-web does not send.',
      'Switch off require_signed_request_object at the provider, or for this client.',
    )
  const methods = metadata['token_endpoint_auth_methods_supported']
  if (!Array.isArray(methods) || methods.length === 0) return undefined
  return methods.some((method) => METHODS.includes(method as string))
    ? undefined
    : error(
        `The token endpoint accepts only ${methods.join(', ')}, such as certificates in TLS (mTLS). identity-web does not support these methods.`,
        `Allow one of these methods at the provider: ${METHODS.join(', ')}.`,
      )
}
