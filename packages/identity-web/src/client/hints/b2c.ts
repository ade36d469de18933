// Hints for the codes of Azure AD B2C.
import { SIGN_IN_AGAIN, type OperatorHint } from './operator-hint.ts'

const TRY_LATER = 'Try again later. If the error remains, check the sign-in logs of the B2C tenant.'

const NO_ASSERTIONS: OperatorHint = [
  'Azure AD B2C does not accept certificates (client assertions).',
  'Set clientCredential (IDENTITY_CLIENT_SECRET) to a client secret.',
]

/** @see {@link https://learn.microsoft.com/azure/active-directory-b2c/error-codes} */
export const B2C_HINTS: Readonly<Record<string, OperatorHint>> = {
  AADB2C90006: [
    'The redirect URI of the request is not registered.',
    'Open Authentication in the app registration of the B2C tenant, and add the exact value of redirectUri (IDENTITY_REDIRECT_URI) to the platform Web.',
  ],
  AADB2C90007: [
    'The app registration does not have a redirect URI.',
    'Open Authentication in the app registration of the B2C tenant, and add the value of redirectUri (IDENTITY_REDIRECT_URI) to the platform Web.',
  ],
  AADB2C90008: ['The request does not contain a client ID.', 'Set clientId (IDENTITY_CLIENT_ID).'],
  AADB2C90011: [
    'The client ID of the request differs from the client ID in the custom policy.',
    'Set clientId (IDENTITY_CLIENT_ID) to the client ID in the policy, or change the policy.',
  ],
  AADB2C90012: [
    'A scope is not supported.',
    'Compare scopes (IDENTITY_SCOPE) with API permissions in the app registration of the B2C tenant.',
  ],
  AADB2C90016: NO_ASSERTIONS,
  AADB2C90017: NO_ASSERTIONS,
  AADB2C90018: [
    'The application does not exist in the B2C tenant.',
    'Check clientId (IDENTITY_CLIENT_ID) and b2c.tenantName (IDENTITY_B2C_TENANT_NAME). Check that the app registration is in the B2C tenant.',
  ],
  AADB2C90035: ['The service is temporarily not available.', TRY_LATER, 'passes'],
  AADB2C90036: [
    'The sign-out request does not contain a post-logout redirect URI.',
    'Set postLogoutRedirectUri.',
  ],
  AADB2C90037: [
    'The policy failed while it processed the request.',
    'Test the user flow in the Azure portal. For a custom policy, search Application Insights for the correlation ID.',
  ],
  AADB2C90039: [
    'The request contains a client assertion, but the policy expects a client secret.',
    'Set clientCredential (IDENTITY_CLIENT_SECRET) to a client secret.',
  ],
  AADB2C90043: [
    'Azure AD B2C does not support this value of the parameter "prompt".',
    "Remove prompt, or set it to 'none', 'login', 'consent' or 'select_account'.",
  ],
  AADB2C90055: [
    'A scope does not contain the Application ID URI of an API.',
    'Set scopes (IDENTITY_SCOPE) to full scopes, such as https://contoso.onmicrosoft.com/tasks/read.',
  ],
  AADB2C90057: [
    'The request asked for a token in the redirect, but the app registration does not allow tokens in redirects.',
    'Remove response_type from extraParams. If you need this token, open Authentication in the app registration, and allow ID tokens under Implicit grant and hybrid flows.',
  ],
  AADB2C90058: [
    'The app registration does not allow public clients.',
    'Set clientCredential (IDENTITY_CLIENT_SECRET).',
  ],
  AADB2C90067: [
    'The post-logout redirect URI is not a valid https URL.',
    'Set postLogoutRedirectUri to an https URL.',
  ],
  AADB2C90068: [
    'The application was not registered for Azure AD B2C.',
    'Register it in the B2C tenant for accounts in any identity provider, and set clientId (IDENTITY_CLIENT_ID) to the new client ID.',
  ],
  AADB2C90077: [
    "The user does not have a session at the provider, and prompt: 'none' does not allow a sign-in page.",
    "Sign in without prompt: 'none'.",
  ],
  AADB2C90079: [
    'The request does not contain a client credential.',
    'Set clientCredential (IDENTITY_CLIENT_SECRET).',
  ],
  AADB2C90080: ['The authorization code or the refresh token has expired.', SIGN_IN_AGAIN],
  AADB2C90081: [
    'The client secret is wrong.',
    'Open Certificates & secrets in the app registration of the B2C tenant, and set clientCredential (IDENTITY_CLIENT_SECRET) to the value of the secret, not to its ID.',
  ],
  AADB2C90084: [
    'The application is registered as a public client, but the request contains a client credential.',
    'Register redirectUri (IDENTITY_REDIRECT_URI) for the platform Web, or remove clientCredential (IDENTITY_CLIENT_SECRET).',
  ],
  AADB2C90085: ['The service had an internal error.', SIGN_IN_AGAIN, 'passes'],
  AADB2C90088: [
    'The authorization code or the refresh token belongs to another user flow.',
    'Set the same b2c.signUpSignInUserFlow (IDENTITY_B2C_SIGN_UP_SIGN_IN_USER_FLOW) on every instance. Users whose sessions come from another user flow must sign in again.',
  ],
  AADB2C90090: [
    'The key that protects the refresh token does not exist anymore in the tenant.',
    SIGN_IN_AGAIN,
  ],
  AADB2C90091: ['The user selected Cancel.', 'No change is needed. The user can try again.'],
  AADB2C90092: [
    'The application is disabled in the tenant.',
    'Enable the application in the B2C tenant.',
  ],
  AADB2C90107: [
    'The application is not allowed to get an ID token.',
    'Grant openid and offline_access under API permissions in the app registration of the B2C tenant.',
  ],
  AADB2C90115: [
    'The scopes do not contain a scope of an API, so Azure AD B2C cannot issue an access token.',
    'Add a scope of an API, or the client ID, to scopes (IDENTITY_SCOPE).',
  ],
  AADB2C90117: [
    'A scope is not supported.',
    'Compare scopes (IDENTITY_SCOPE) with API permissions in the app registration of the B2C tenant, and grant admin consent there.',
  ],
  AADB2C90118: [
    'The user forgot the password, and the application does not have a user flow to reset it.',
    'Set b2c.resetPasswordUserFlow (IDENTITY_B2C_RESET_PASSWORD_USER_FLOW), or turn on self-service password reset in the sign-in user flow.',
  ],
  AADB2C90128: ['The account does not exist anymore.', SIGN_IN_AGAIN],
  AADB2C90129: ['The refresh token was revoked.', SIGN_IN_AGAIN],
  AADB2C90146: [
    'The request contains scopes of several APIs, but an access token is valid for one API.',
    'Request the scopes of each API separately.',
  ],
  AADB2C90205: [
    'The application does not have the permission for this API.',
    'Add the permission under API permissions in the app registration of the B2C tenant, and grant admin consent.',
  ],
  AADB2C90244: ['The tenant received too many requests.', TRY_LATER, 'passes'],
  AADB2C90273: [
    'The identity provider of the user flow rejected the sign-in, or the user cancelled it there.',
    'The message contains the error of this identity provider. Check its settings under Identity providers in the B2C tenant.',
  ],
  AADB2C90279: [
    'The authorization code or the refresh token was issued to another application.',
    'Set the same clientId (IDENTITY_CLIENT_ID) on every instance of the application.',
  ],
  AADB2C90285: [
    'The application does not exist in the B2C tenant.',
    'Check clientId (IDENTITY_CLIENT_ID). Check that the app registration is in the B2C tenant.',
  ],
  AADB2C90287: ['The redirect URI is not valid.', 'Check redirectUri (IDENTITY_REDIRECT_URI).'],
  AADB2C90289: [
    'Azure AD B2C could not reach the identity provider of the user flow, or this provider rejected the client secret.',
    'Check the client ID and the secret of this provider under Identity providers in the B2C tenant.',
  ],
  AADB2C99059: [
    'The request does not contain a code challenge, which single-page applications must send.',
    'Start each sign-in with identity-web. Register redirectUri (IDENTITY_REDIRECT_URI) for the platform Web.',
  ],
}
