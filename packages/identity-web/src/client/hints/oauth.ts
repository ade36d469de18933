// Hints for standard OAuth errors.
import { SIGN_IN_AGAIN, type OperatorHint } from './operator-hint.ts'

/**
 * The kind of request that can fail with a standard OAuth error: `authorization` for the redirect, or a grant type.
 */
export type GrantName =
  | 'authorization'
  | 'authorization_code'
  | 'refresh_token'
  | 'client_credentials'
  | 'urn:ietf:params:oauth:grant-type:jwt-bearer'
  | 'urn:ietf:params:oauth:grant-type:device_code'

const CLIENT: OperatorHint = [
  'The provider did not accept the client ID or the client credential.',
  'Check clientId (IDENTITY_CLIENT_ID) and clientCredential (IDENTITY_CLIENT_SECRET). The secret can be wrong or expired, or the provider expects another way to authenticate.',
]
const SCOPE: OperatorHint = [
  'The provider does not know one of the scopes, or does not allow it for this application.',
  'Compare scopes (IDENTITY_SCOPE) and the scopes of the route with the registration.',
]

const RESOURCE: OperatorHint = [
  'The provider does not know the API in the parameter "resource".',
  'Check "resource" in extraParams, and check the registration of the API.',
]
const UNAVAILABLE: OperatorHint = [
  'The provider failed, or it is overloaded.',
  'Look in the log of the provider. The user can try again later.',
]
const NO_PAGE: OperatorHint = [
  "The user must act on a page of the provider, but prompt: 'none' does not allow pages.",
  "Sign in without prompt: 'none'. To handle this result in the application, set auth.login({ onlySilent: true }) instead.",
]
const REQUEST_OBJECT: OperatorHint = [
  'The provider does not accept the request object of the authorization request.',
  'Remove "request" and "request_uri" from extraParams.',
]

/** Hints for the standard OAuth errors, where the provider does not send a Microsoft code. */
const GENERAL: Readonly<Record<string, OperatorHint>> = {
  invalid_client: CLIENT,
  invalid_scope: SCOPE,
  unauthorized_client: [
    'The registration does not allow this application to use this grant.',
    'Allow the grant in the registration of the application at the provider. Some providers also send this code for a wrong client secret, so check clientCredential (IDENTITY_CLIENT_SECRET).',
  ],
  unsupported_grant_type: [
    'The provider does not support this grant.',
    'Check the authority (IDENTITY_AUTHORITY or IDENTITY_OIDC_AUTHORITY).',
  ],
  invalid_target: RESOURCE,
  // Microsoft's code, and the code in drafts of RFC 8707.
  invalid_resource: RESOURCE,
  invalid_grant: [
    'The provider did not accept the code or the token of the request.',
    'The user can sign in again. If this happens often, check the clock of the servers.',
  ],
  access_denied: [
    'The provider denied the request.',
    'Look in the log of the provider for the rule that denied it, such as a policy for this application.',
  ],
  server_error: UNAVAILABLE,
  temporarily_unavailable: UNAVAILABLE,
  invalid_request: [
    'The request does not contain a required parameter, or the provider does not accept the value of a parameter.',
    'Read the message of the provider. Check redirectUri (IDENTITY_REDIRECT_URI) and extraParams.',
  ],
}

const BY_GRANT: Readonly<Partial<Record<GrantName, Readonly<Record<string, OperatorHint>>>>> = {
  authorization: {
    unsupported_response_type: [
      'The registration does not allow the authorization code flow.',
      'Allow the response type code in the registration of the application.',
    ],
    unauthorized_client: [
      'The registration does not allow this application to sign users in.',
      'Allow the authorization code grant in the registration of the application.',
    ],
    login_required: NO_PAGE,
    interaction_required: NO_PAGE,
    account_selection_required: NO_PAGE,
    consent_required: [
      'The user has not consented to the scopes of this application.',
      "Sign in without prompt: 'none', so that the provider can ask for consent. An administrator can also consent for all users in the registration of the application.",
    ],
    unmet_authentication_requirements: [
      'The provider cannot authenticate the user in the way that the request requires.',
      'Check claimsRequest, maxAgeSeconds, and the value of acr_values in extraParams.',
    ],
    request_not_supported: REQUEST_OBJECT,
    request_uri_not_supported: REQUEST_OBJECT,
    invalid_request_uri: REQUEST_OBJECT,
    invalid_request_object: REQUEST_OBJECT,
    registration_not_supported: [
      'The provider does not support the parameter "registration".',
      'Remove registration from extraParams.',
    ],
    access_denied: [
      'The user or the provider declined the request.',
      'The user can try again. The provider may also block the user for this application.',
    ],
  },
  authorization_code: {
    invalid_grant: [
      'The provider did not accept the code. The code was used before, has expired, or belongs to another redirect URI.',
      'Check that redirectUri (IDENTITY_REDIRECT_URI) is the same on all servers, and that the callback is not called twice.',
    ],
  },
  refresh_token: {
    invalid_grant: [
      'The refresh token has expired, was revoked or was used before.',
      SIGN_IN_AGAIN,
    ],
    unauthorized_client: [
      'The registration does not allow refresh tokens.',
      'Allow the grant refresh_token in the registration of the application.',
    ],
  },
  client_credentials: {
    unauthorized_client: [
      'The registration does not allow tokens without a user.',
      'Allow the grant client_credentials in the registration of the application.',
    ],
    invalid_scope: [
      'The application does not have app permissions for these scopes.',
      'Check the scopes of getTokenForClient(). At Entra ID, use the /.default scope of one API.',
    ],
  },
  'urn:ietf:params:oauth:grant-type:jwt-bearer': {
    invalid_grant: [
      'The provider did not accept the access token of the caller for the on-behalf-of request.',
      'The client must send a valid access token of a user, issued for this API.',
    ],
    unauthorized_client: [
      'The registration does not allow this API to act on behalf of users.',
      'Allow the grant in the registration of the API.',
    ],
  },
  'urn:ietf:params:oauth:grant-type:device_code': {
    invalid_grant: [
      'The device code has expired or was used before.',
      'No change is needed. The user can request a new code.',
    ],
    unauthorized_client: [
      'The registration does not allow the device code flow.',
      'Allow the device code flow, or public client flows, in the registration.',
    ],
  },
}

/**
 * The standard errors that have the same remedy for all Microsoft codes, so that their hint is also correct for a code
 * without a hint.
 */
export const ONE_CAUSE: ReadonlySet<string> = new Set([
  'invalid_client',
  'temporarily_unavailable',
  'server_error',
])

/** Returns the hint for a standard OAuth error, or `undefined` if the list does not contain it. */
export function oauthHint(error: string, grant: string | undefined): OperatorHint | undefined {
  const byGrant = new Map(Object.entries(BY_GRANT)).get(grant ?? '')
  return new Map(Object.entries({ ...GENERAL, ...byGrant })).get(error)
}
