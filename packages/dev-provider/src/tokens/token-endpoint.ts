import { changesOf, deviateParameters } from '../controls/deviations.js'
import { authenticateClient } from './client-authentication.js'
import type { ProviderContext } from '../state/context.js'
import { clientCredentialsGrant } from './grants/client-credentials.js'
import { codeGrant } from './grants/code.js'
import { deviceCodeGrant } from './grants/device-code.js'
import { onBehalfOfGrant } from './grants/on-behalf-of.js'
import { refreshGrant } from './grants/refresh.js'
import type { TokenRequest } from './grants/token-request.js'
import {
  assertNoDuplicates,
  param,
  toJson,
  type ProviderResponse,
  type ProviderRequest,
} from '../protocol/http.js'
import type { IssuerProfile } from '../profiles/issuer-profile.js'
import { missingParameter, OAuthError } from '../protocol/oauth-error.js'

type TokenGrant = (
  context: ProviderContext,
  request: TokenRequest,
) => Promise<Record<string, unknown>>

// Azure AD B2C, AD FS and the plain OpenID provider do not support it.
const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer'

const GRANTS: ReadonlyMap<string, TokenGrant> = new Map([
  ['authorization_code', codeGrant],
  ['refresh_token', refreshGrant],
  ['client_credentials', clientCredentialsGrant],
  [JWT_BEARER, onBehalfOfGrant],
  ['urn:ietf:params:oauth:grant-type:device_code', deviceCodeGrant],
  // The short name of MSAL, which Entra ID also accepts.
  ['device_code', deviceCodeGrant],
])

/** Handles `/token`. */
export async function token(
  context: ProviderContext,
  request: ProviderRequest,
  profile: IssuerProfile,
): Promise<ProviderResponse> {
  const { form } = request
  assertNoDuplicates(form)
  const grantType = param(form, 'grant_type')
  if (grantType === undefined) throw missingParameter('grant_type')
  const grant = GRANTS.get(grantType)
  const isSupported = grantType !== JWT_BEARER || profile.kind === 'entra'
  if (grant === undefined || !isSupported) {
    throw new OAuthError(
      'unsupported_grant_type',
      70003,
      `The app requested an unsupported grant type '${grantType}'.`,
      { remedy: supportedGrants(profile) },
    )
  }
  const client = await authenticateClient(context, profile, request)
  deviateParameters(context, form)
  const issued = await grant(context, { profile, client, form })
  const body = changesOf(context, 'tokenResponse').reduce(
    (changed, change) => change(changed, grantType),
    issued,
  )
  return toJson(context.tamper.tokenResponse?.(body, grantType) ?? body)
}

function supportedGrants({ kind, title }: IssuerProfile): string {
  const names = [...GRANTS.keys()].filter((name) => name !== JWT_BEARER || kind === 'entra')
  return `Set grant_type to a grant that ${title} supports: ${names.join(', ')}.`
}
