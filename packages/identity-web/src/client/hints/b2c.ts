import { SIGN_IN_AGAIN, type OperatorHint } from './operator-hint.ts'

const TRY_LATER = 'Try again later. If the error remains, check the sign-in logs of the B2C tenant.'

const NO_ASSERTIONS: OperatorHint = {
  cause: 'Azure AD B2C does not accept certificates (client assertions).',
  remedy: 'Set clientCredential (IDENTITY_CLIENT_SECRET) to a client secret.',
}

/** @see {@link https://learn.microsoft.com/azure/active-directory-b2c/error-codes} */
export const B2C_HINTS: Readonly<Record<string, OperatorHint>> = {
  AADB2C90006: {
    cause: 'The redirect URI of the request is not registered.',
    remedy:
      'Open Authentication in the app registration of the B2C tenant, and add the exact value of redirectUri (IDENTITY_REDIRECT_URI) to the platform Web.',
  },
  AADB2C90007: {
    cause: 'The app registration does not have a redirect URI.',
    remedy:
      'Open Authentication in the app registration of the B2C tenant, and add the value of redirectUri (IDENTITY_REDIRECT_URI) to the platform Web.',
  },
  AADB2C90008: {
    cause: 'The request does not contain a client ID.',
    remedy: 'Set clientId (IDENTITY_CLIENT_ID).',
  },
  AADB2C90011: {
    cause: 'The client ID of the request differs from the client ID in the custom policy.',
    remedy:
      'Set clientId (IDENTITY_CLIENT_ID) to the client ID in the policy, or change the policy.',
  },
  AADB2C90012: {
    cause: 'A scope is not supported.',
    remedy:
      'Compare scopes (IDENTITY_SCOPE) with API permissions in the app registration of the B2C tenant.',
  },
  AADB2C90016: NO_ASSERTIONS,
  AADB2C90017: NO_ASSERTIONS,
  AADB2C90018: {
    cause: 'The application does not exist in the B2C tenant.',
    remedy:
      'Check clientId (IDENTITY_CLIENT_ID) and b2c.tenantName (IDENTITY_B2C_TENANT_NAME). Check that the app registration is in the B2C tenant.',
  },
  AADB2C90035: { cause: 'The service is temporarily not available.', remedy: TRY_LATER },
  AADB2C90036: {
    cause: 'The sign-out request does not contain a post-logout redirect URI.',
    remedy: 'Set postLogoutRedirectUri.',
  },
  AADB2C90037: {
    cause: 'The policy failed while it processed the request.',
    remedy:
      'Test the user flow in the Azure portal. For a custom policy, search Application Insights for the correlation ID.',
  },
  AADB2C90039: {
    cause: 'The request contains a client assertion, but the policy expects a client secret.',
    remedy: 'Set clientCredential (IDENTITY_CLIENT_SECRET) to a client secret.',
  },
  AADB2C90043: {
    cause: 'Azure AD B2C does not support this value of the parameter "prompt".',
    remedy: "Remove prompt, or set it to 'none', 'login', 'consent' or 'select_account'.",
  },
  AADB2C90055: {
    cause: 'A scope does not contain the Application ID URI of an API.',
    remedy:
      'Set scopes (IDENTITY_SCOPE) to full scopes, such as https://contoso.onmicrosoft.com/tasks/read.',
  },
  AADB2C90057: {
    cause:
      'The request asked for a token in the redirect, but the app registration does not allow tokens in redirects.',
    remedy:
      'Remove response_type from extraParams. If you need this token, open Authentication in the app registration, and allow ID tokens under Implicit grant and hybrid flows.',
  },
  AADB2C90058: {
    cause: 'The app registration does not allow public clients.',
    remedy: 'Set clientCredential (IDENTITY_CLIENT_SECRET).',
  },
  AADB2C90067: {
    cause: 'The post-logout redirect URI is not a valid https URL.',
    remedy: 'Set postLogoutRedirectUri to an https URL.',
  },
  AADB2C90068: {
    cause: 'The application was not registered for Azure AD B2C.',
    remedy:
      'Register it in the B2C tenant for accounts in any identity provider, and set clientId (IDENTITY_CLIENT_ID) to the new client ID.',
  },
  AADB2C90077: {
    cause:
      "The user does not have a session at the provider, and prompt: 'none' does not allow a sign-in page.",
    remedy: "Sign in without prompt: 'none'.",
  },
  AADB2C90079: {
    cause: 'The request does not contain a client credential.',
    remedy: 'Set clientCredential (IDENTITY_CLIENT_SECRET).',
  },
  AADB2C90080: {
    cause: 'The authorization code or the refresh token has expired.',
    remedy: SIGN_IN_AGAIN,
  },
  AADB2C90081: {
    cause: 'The client secret is wrong.',
    remedy:
      'Open Certificates & secrets in the app registration of the B2C tenant, and set clientCredential (IDENTITY_CLIENT_SECRET) to the value of the secret, not to its ID.',
  },
  AADB2C90084: {
    cause:
      'The application is registered as a public client, but the request contains a client credential.',
    remedy:
      'Register redirectUri (IDENTITY_REDIRECT_URI) for the platform Web, or remove clientCredential (IDENTITY_CLIENT_SECRET).',
  },
  AADB2C90085: { cause: 'The service had an internal error.', remedy: SIGN_IN_AGAIN },
  AADB2C90088: {
    cause: 'The authorization code or the refresh token belongs to another user flow.',
    remedy:
      'Set the same b2c.signUpSignInUserFlow (IDENTITY_B2C_SIGN_UP_SIGN_IN_USER_FLOW) on every instance. Users whose sessions come from another user flow must sign in again.',
  },
  AADB2C90091: {
    cause: 'The user selected Cancel.',
    remedy: 'No change is needed. The user can try again.',
  },
  AADB2C90092: {
    cause: 'The application is disabled in the tenant.',
    remedy: 'Enable the application in the B2C tenant.',
  },
  AADB2C90107: {
    cause: 'The application is not allowed to get an ID token.',
    remedy:
      'Grant openid and offline_access under API permissions in the app registration of the B2C tenant.',
  },
  AADB2C90115: {
    cause:
      'The scopes do not contain a scope of an API, so Azure AD B2C cannot issue an access token.',
    remedy: 'Add a scope of an API, or the client ID, to scopes (IDENTITY_SCOPE).',
  },
  AADB2C90117: {
    cause: 'A scope is not supported.',
    remedy:
      'Compare scopes (IDENTITY_SCOPE) with API permissions in the app registration of the B2C tenant, and grant admin consent there.',
  },
  AADB2C90118: {
    cause:
      'The user forgot the password, and the application does not have a user flow to reset it.',
    remedy:
      'Set b2c.resetPasswordUserFlow (IDENTITY_B2C_RESET_PASSWORD_USER_FLOW), or turn on self-service password reset in the sign-in user flow.',
  },
  AADB2C90128: { cause: 'The account does not exist anymore.', remedy: SIGN_IN_AGAIN },
  AADB2C90129: { cause: 'The refresh token was revoked.', remedy: SIGN_IN_AGAIN },
  AADB2C90146: {
    cause: 'The request contains scopes of several APIs, but an access token is valid for one API.',
    remedy: 'Request the scopes of each API separately.',
  },
  AADB2C90205: {
    cause: 'The application does not have the permission for this API.',
    remedy:
      'Add the permission under API permissions in the app registration of the B2C tenant, and grant admin consent.',
  },
  AADB2C90244: { cause: 'The tenant received too many requests.', remedy: TRY_LATER },
  AADB2C90273: {
    cause:
      'The identity provider of the user flow rejected the sign-in, or the user cancelled it there.',
    remedy:
      'The message contains the error of this identity provider. Check its settings under Identity providers in the B2C tenant.',
  },
  AADB2C90279: {
    cause: 'The authorization code or the refresh token was issued to another application.',
    remedy: 'Set the same clientId (IDENTITY_CLIENT_ID) on every instance of the application.',
  },
  AADB2C90285: {
    cause: 'The application does not exist in the B2C tenant.',
    remedy:
      'Check clientId (IDENTITY_CLIENT_ID). Check that the app registration is in the B2C tenant.',
  },
  AADB2C90287: {
    cause: 'The redirect URI is not valid.',
    remedy: 'Check redirectUri (IDENTITY_REDIRECT_URI).',
  },
  AADB2C90289: {
    cause:
      'Azure AD B2C could not reach the identity provider of the user flow, or this provider rejected the client secret.',
    remedy:
      'Check the client ID and the secret of this provider under Identity providers in the B2C tenant.',
  },
  AADB2C99059: {
    cause:
      'The request does not contain a code challenge, which single-page applications must send.',
    remedy:
      'Start each sign-in with identity-web. Register redirectUri (IDENTITY_REDIRECT_URI) for the platform Web.',
  },
}
