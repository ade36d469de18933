import { explainError } from '../explain-error.js'
import { error, ok, skipped } from '../report/finding.js'
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
      return ok(`The issuer is ${typeof issuer === 'string' ? issuer : 'valid'}.`)
    const { found, change } = explainError(
      provider.error,
      'Open the URL of the metadata, and check the authority (IDENTITY_AUTHORITY or IDENTITY_OIDC_AUTHORITY).',
    )
    return error(found, change)
  },
}
