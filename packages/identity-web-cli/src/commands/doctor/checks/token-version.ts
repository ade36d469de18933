import { decodeClaims } from '../network/tokens.js'
import { ok, skipped, warning } from '../report/finding.js'
import type { Check } from './check.js'
import { hasCredential } from './credential.js'

/** The version of the access tokens for an API. */
export const tokenVersion: Check = {
  name: 'token-version',
  looksAt: 'whether Entra ID issues access tokens of version 2 for the API',
  async run(evidence) {
    if (evidence.subject.kind === 'web') return skipped('The app is not an API.')
    if (evidence.authority === undefined) return skipped('Only Entra ID has two versions.')
    if (!hasCredential(evidence))
      return skipped('A token is necessary for this check, and clientCredential is not configured.')
    const result = await evidence.ownToken()
    if (result?.kind !== 'token')
      return skipped(
        'The app did not get a token for itself. A daemon does not need one. For an API, see "credential".',
      )
    const { ver } = decodeClaims(result.token) ?? {}
    if (ver === '2.0') return ok('Access tokens have version 2.')
    return ver === '1.0'
      ? warning(
          'Access tokens have version 1. The library accepts both versions.',
          'Set api.requestedAccessTokenVersion to 2 in the manifest of the API. Then all APIs get the same claims.',
        )
      : skipped('The access token does not show its version.')
  },
}
