import { IdentityError } from 'identity-web/fetch'
import { explainError } from '../explain-error.js'
import { hasSecretIds, servesManyTenants } from '../../../subject/authorities.js'
import { error, ok, skipped, warning, type Finding } from '../report/finding.js'
import type { Evidence } from '../evidence.js'
import type { Check } from './check.js'

const GUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i

/** The errors of a token request which say that the credential or the client ID is wrong. */
const WRONG_CODES: ReadonlySet<string> = new Set([
  // The secret is wrong, has expired, or is missing.
  'AADSTS7000215',
  'AADSTS7000222',
  'AADSTS7000216',
  'AADSTS7000218',
  // The assertion of a certificate or of another issuer does not match the registration.
  'AADSTS700021',
  'AADSTS70021',
  'AADSTS700027',
  'AADSTS700211',
  'AADSTS700212',
  'AADSTS700213',
  'AADSTS50012',
  // The tenant does not contain the registration, or does not exist.
  'AADSTS700016',
  'AADSTS7000112',
  'AADSTS7000229',
  'AADSTS90002',
  'AADSTS900023',
])
/**
 * The errors that the provider sends only after it has authenticated the app. They prove that the credential is right.
 */
const AUTHENTICATED: ReadonlySet<string> = new Set([
  'invalid_scope',
  'invalid_target',
  'invalid_resource',
  'unauthorized_client',
  'invalid_grant',
  'access_denied',
])

/** Microsoft's errors for a request that must contain a credential. */
const NEEDS_CREDENTIAL: ReadonlySet<string> = new Set([
  'AADSTS7000218',
  'AADB2C90058',
  'AADB2C90079',
])

/** Checks the credential by requesting a token with it. */
export const credential: Check = {
  name: 'credential',
  isPerIssuer: true,
  looksAt:
    'whether the provider accepts the credential of the app, and whether an app without a credential needs one',
  async run(evidence) {
    const finding = await check(evidence)
    const isKnown = finding.result === 'ok' || finding.result === 'error'
    return isKnown || !isSecretId(evidence) ? finding : SECRET_ID
  },
}

async function check(evidence: Evidence): Promise<Finding> {
  const { kind, object, options } = evidence.subject
  const isPlain = !hasCredential(evidence)
  if (isPlain && options.signIn?.kind === 'platform') return skipped('The platform signs users in.')
  if (isPlain && options.signIn !== undefined)
    return skipped('The device code flow works without a credential.')
  if (isPlain && kind !== 'web')
    return skipped('clientCredential is not configured. An API needs it only to call other APIs.')
  const provider = await evidence.provider()
  if (provider === undefined) return skipped('The settings do not contain a provider.')
  if (provider.error !== undefined)
    return skipped('The provider does not respond, see "discovery".')
  if (isPlain) return judgePublic(evidence)
  if (servesManyTenants(evidence.authority) && evidence.choices.tenant === undefined)
    return skipped(
      'The authority is for several tenants. Set one tenant with --tenant, for example --tenant contoso.onmicrosoft.com.',
    )
  const result = await evidence.anyToken()
  if (result === undefined) return skipped('Settings are missing, see "settings".')
  if (result.kind === 'token') return ok('The provider issued a token to the app.')
  const isPublic = IdentityError.is(result.error) && result.error.code === 'configuration'
  if (isPublic && object !== undefined && kind === 'web') return judgePublic(evidence)
  if (IdentityError.is(result.error) && result.error.oauthError === 'unauthorized_client') {
    const { message, microsoftCodes = [] } = result.error
    const nobody = microsoftCodes.length > 0 ? undefined : await evidence.errorOfNobody()
    if (IdentityError.is(nobody) && nobody.message === message)
      return error(
        'The provider responds with unauthorized_client, as to a client that does not exist.',
        'Compare the client ID and the credential with the registration. If both are right, allow the grant type client_credentials there for a moment, and run the command again.',
      )
  }
  return judge(result.error, isSecretId(evidence))
}

const SET_CREDENTIAL =
  'Set clientCredential (IDENTITY_CLIENT_SECRET) to the value of the client secret, or to another credential.'

/** Returns the finding for a web app without a credential. Only a public client works without one. */
async function judgePublic(evidence: Evidence): Promise<Finding> {
  const isDeclared =
    evidence.setting('clientAuthentication', 'IDENTITY_CLIENT_AUTHENTICATION') === 'none'
  const response = await evidence.sendCodeWithoutCredential()
  if (response === undefined)
    return skipped(
      'clientCredential is not configured, and the provider did not say whether a credential is required.',
    )
  const { error: oauthError, codes } = response
  const code = [oauthError, ...codes].join(', ')
  const isMicrosoft = evidence.setting('oidcAuthority', 'IDENTITY_OIDC_AUTHORITY') === undefined
  const orPublic = isMicrosoft
    ? ` For a public client, register the redirect URI for the platform "Mobile and desktop applications"${isDeclared ? '' : ", and set Auth({ clientAuthentication: 'none' }) or IDENTITY_CLIENT_AUTHENTICATION=none"}.`
    : ''
  if (oauthError === 'invalid_client' || codes.some((each) => NEEDS_CREDENTIAL.has(each)))
    return error(
      `The app does not have a credential, and the provider requires one (${code}), so no user can sign in.`,
      `${SET_CREDENTIAL}${orPublic}`,
    )
  // Entra ID can reject a code before it looks for the credential, so this error proves nothing there.
  if (isMicrosoft && !isDeclared)
    return warning(
      `The app does not have a credential. The provider did not say whether a credential is required (${code}).`,
      `${SET_CREDENTIAL}${orPublic}`,
    )
  return ok(`The app is a public client. The provider did not ask for a credential (${code}).`)
}

/** The finding for the ID of a secret instead of its value, if the provider did not check the secret. */
const SECRET_ID = warning(
  'The client secret is a GUID, which is probably the ID of the secret. In this check, the provider did not test the secret.',
  'Copy the column "Value" of the secret, not the column "Secret ID".',
)

/**
 * Returns whether the secret looks like the ID of a secret. Some providers other than Microsoft use GUIDs as secrets.
 */
function isSecretId(evidence: Evidence): boolean {
  const isB2c =
    evidence.subject.options.b2c ?? evidence.subject.variables.all['IDENTITY_B2C_TENANT_NAME']
  const secret = secretOf(evidence)
  return (
    secret !== undefined &&
    GUID.test(secret) &&
    (Boolean(isB2c) || hasSecretIds(evidence.authority))
  )
}

function judge(cause: unknown, sendsSecretId: boolean): Finding {
  const { found, change } = explainError(
    cause,
    'Compare the client ID and the credential with the registration.',
  )
  if (!IdentityError.is(cause)) return error(found, change)
  const { oauthError = '', microsoftCodes = [] } = cause
  const isWrong = microsoftCodes.some((code) => WRONG_CODES.has(code))
  if (AUTHENTICATED.has(oauthError) && !isWrong)
    return ok(
      `The provider accepts the credential, but did not issue an app-only token (${oauthError}).`,
    )
  if (oauthError === 'invalid_client' && sendsSecretId)
    return error(
      'The provider rejected the secret, which is a GUID. It is probably the ID of the secret.',
      'Copy the column "Value" of the secret, not the column "Secret ID". If this value is hidden, create a new secret under Certificates & secrets.',
    )
  // Azure AD B2C issues app-only tokens only for an API with its own App ID URI.
  if (microsoftCodes.includes('AADB2C90117'))
    return skipped(
      'Azure AD B2C rejects the scope of this check. Sign in once to check the secret.',
    )
  if (oauthError === 'unsupported_grant_type')
    return warning(
      'The provider does not support app-only tokens, so this check cannot test the credential.',
      'Sign in once to check the credential.',
    )
  return error(found, change)
}

/**
 * Returns whether the application authenticates. If the file exports an object, the credential is hidden, so the object itself is asked.
 */
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
  const { secret = given } = Object(given) as { readonly secret?: unknown }
  return typeof secret === 'string' ? secret.trim() : undefined
}
