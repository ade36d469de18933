import { decodeClaims } from '../network/tokens.js'
import { error, ok, skipped, warning } from '../report/finding.js'
import type { Check } from './check.js'
import { hasCredential } from './credential.js'

/** Checks the version of the access tokens for an API. */
export const tokenVersion: Check = {
  name: 'token-version',
  isPerIssuer: true,
  looksAt: 'whether Entra ID issues access tokens of version 2 for the API',
  async run(evidence) {
    if (evidence.subject.kind === 'web') return skipped('The app is not an API.')
    if (evidence.authority === undefined)
      return skipped('Only Entra ID has two versions of access tokens.')
    if (!hasCredential(evidence))
      return skipped('A token is necessary for this check, and clientCredential is not configured.')
    const isMcp = evidence.subject.kind === 'mcp'
    const forServer = isMcp ? await evidence.resourceToken() : undefined
    const result = forServer?.kind === 'token' ? forServer : await evidence.ownToken()
    if (result?.kind !== 'token')
      return skipped(
        'The app did not get a token for itself. A daemon does not need such a token. For an API, see "credential".',
      )
    const { ver, aud } = decodeClaims(result.token) ?? {}
    if (ver === '2.0') return ok('Access tokens have version 2.')
    if (ver !== '1.0') return skipped('The access token does not show its version.')
    if (!isMcp)
      return warning(
        'Access tokens have version 1. identity-web accepts both versions.',
        'Set api.requestedAccessTokenVersion to 2 in the manifest of the API. Then all APIs get the same claims.',
      )
    // Entra ID also accepts version 1 for MCP servers with this optional claim (secure-mcp-server-with-entra-id).
    return result === forServer && typeof aud === 'string' && !aud.includes('://')
      ? ok(
          'Access tokens have version 1 with the client ID as their audience. This works only while the optional claim aud has the property use_guid. Version 2 is better for new servers.',
        )
      : error(
          `Access tokens have version 1, and their audience is ${String(aud)}. The server accepts only its client ID as the audience.`,
          'Set api.requestedAccessTokenVersion to 2 in the manifest of the API.',
        )
  },
}
