import { IdentityError } from 'identity-web/fetch'
import { explainError } from '../explain-error.js'
import { servesManyTenants } from '../subject/authorities.js'
import { error, ok, skipped, warning, type Finding } from '../report/finding.js'
import type { Evidence } from '../evidence.js'
import type { Check } from './check.js'

const GUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i

/** Errors of a token request that say that the credential or the client ID is wrong. */
const WRONG_CODES: ReadonlySet<string> = new Set([
  'AADSTS700016',
  'AADSTS7000112',
  'AADSTS7000229',
  'AADSTS90002',
  'AADSTS900023',
  'AADSTS50012',
])
/** These are sent after the authentication of the app, so they prove that its credential is right. */
const AUTHENTICATED: ReadonlySet<string> = new Set([
  'invalid_scope',
  'invalid_target',
  'invalid_resource',
  'unauthorized_client',
  'invalid_grant',
  'access_denied',
])

/** The credential, with which a token is requested. */
export const credential: Check = {
  name: 'credential',
  looksAt: 'whether the provider accepts the secret or the certificate of the app',
  async run(evidence) {
    if (!hasCredential(evidence))
      return skipped(
        evidence.subject.kind === 'web'
          ? 'clientCredential is not configured (IDENTITY_CLIENT_SECRET), so the app is a public client.'
          : 'clientCredential is not configured. An API needs it only to call other APIs.',
      )
    if (servesManyTenants(evidence.authority) && evidence.choices.tenant === undefined)
      return skipped(
        'The authority is for several tenants. Name one of them with --tenant, for example --tenant contoso.onmicrosoft.com.',
      )
    const provider = await evidence.provider()
    if (provider === undefined) return skipped('The settings do not name a provider.')
    if (provider.error !== undefined)
      return skipped('The provider does not respond, see "discovery".')
    const result = await evidence.anyToken()
    if (result === undefined) return skipped('Settings are missing, see "settings".')
    if (result.kind === 'token') return ok('The provider issued a token to the app.')
    return judge(result.error, secretOf(evidence))
  },
}

function judge(cause: unknown, secret: string | undefined): Finding {
  const { found, change } = explainError(
    cause,
    'Compare the client ID and the credential with the registration.',
  )
  if (!IdentityError.is(cause)) return error(found, change)
  const { oauthError = '', microsoftCodes = [] } = cause
  const isWrong = microsoftCodes.some((code) => WRONG_CODES.has(code))
  if (AUTHENTICATED.has(oauthError) && !isWrong)
    return ok(`The provider accepts the credential. It issued no app-only token (${oauthError}).`)
  if (oauthError === 'invalid_client' && secret !== undefined && GUID.test(secret))
    return error(
      'The provider rejected the secret, which is a GUID. It is probably the ID of the secret.',
      'Copy the column "Value" of the secret, not the column "Secret ID". If it is hidden, create a new secret under Certificates & secrets.',
    )
  // Azure AD B2C issues app-only tokens only for an API with its own App ID URI.
  if (microsoftCodes.includes('AADB2C90117'))
    return skipped(
      'Azure AD B2C rejects the scope of this check. Sign in once to check the secret.',
    )
  if (oauthError === 'unsupported_grant_type')
    return warning(
      'The provider does not support app-only tokens, so this is not visible.',
      'Sign in once to check the credential.',
    )
  return error(found, change)
}

/** Whether the application authenticates. An object that the file exports hides its credential, so it is asked. */
export function hasCredential({ subject }: Evidence): boolean {
  const { options, variables, object } = subject
  const given = options.clientCredential ?? options.clientSecret
  return (
    given !== undefined || Boolean(variables.all['IDENTITY_CLIENT_SECRET']) || object !== undefined
  )
}

function secretOf({ subject: { options, variables } }: Evidence): string | undefined {
  const given =
    options.clientCredential ?? options.clientSecret ?? variables.all['IDENTITY_CLIENT_SECRET']
  return typeof given === 'string' ? given.trim() : undefined
}
