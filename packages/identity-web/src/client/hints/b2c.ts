import type { OperatorHint } from './operator-hint.ts'

const SIGN_IN_AGAIN = 'Nothing to set right: the user signs in again, which guards see to.'
const ANOTHER_TIME = 'Try again later; if it stays, the sign-in logs of the B2C tenant say more.'

/** @see {@link https://learn.microsoft.com/azure/active-directory-b2c/error-codes} */
export const B2C_HINTS: Readonly<Record<string, OperatorHint>> = {
  AADB2C90006: {
    cause: 'The redirect URI is not among those of the app registration.',
    remedy:
      'Register this redirectUri (IDENTITY_REDIRECT_URI) to the letter in the B2C tenant: Authentication, platform Web.',
  },
  AADB2C90007: {
    cause: 'The app registration has no redirect URI at all.',
    remedy:
      'Register redirectUri (IDENTITY_REDIRECT_URI) in the B2C tenant: Authentication, platform Web.',
  },
  AADB2C90008: {
    cause: 'The request names no application.',
    remedy: 'Set clientId (IDENTITY_CLIENT_ID).',
  },
  AADB2C90011: {
    cause: 'The custom policy is for another application.',
    remedy: 'Set clientId (IDENTITY_CLIENT_ID) to the one in the policy, or change the policy.',
  },
  AADB2C90012: {
    cause: 'A scope is not supported.',
    remedy: 'Check scopes (IDENTITY_SCOPE) against API permissions in the B2C tenant.',
  },
  AADB2C90018: {
    cause: 'The B2C tenant does not know the application.',
    remedy:
      'Check clientId (IDENTITY_CLIENT_ID), b2c.tenantName (IDENTITY_B2C_TENANT_NAME), and that the registration is in the B2C tenant.',
  },
  AADB2C90035: { cause: 'The service is not available for the moment.', remedy: ANOTHER_TIME },
  AADB2C90036: {
    cause: 'The sign-out names no page to return to.',
    remedy: 'Set postLogoutRedirectUri.',
  },
  AADB2C90037: {
    cause: 'The policy failed on the request.',
    remedy:
      'Run the user flow in the portal, or look at a custom policy in Application Insights, by the correlation id.',
  },
  AADB2C90043: {
    cause: 'The prompt has a value that Azure AD B2C does not know.',
    remedy: "Leave prompt out, or set it to 'none', 'login', 'consent' or 'select_account'.",
  },
  AADB2C90055: {
    cause: 'A scope names no API.',
    remedy:
      'Write scopes (IDENTITY_SCOPE) in full, such as https://contoso.onmicrosoft.com/tasks/read.',
  },
  AADB2C90057: {
    cause: 'The request asked for a token on the redirect, which the registration does not allow.',
    remedy:
      'Remove response_type from extraParams, or allow ID tokens under Authentication, Implicit grant and hybrid flows.',
  },
  AADB2C90058: {
    cause: 'The registration does not allow public clients.',
    remedy: 'Set clientCredential (IDENTITY_CLIENT_SECRET).',
  },
  AADB2C90067: {
    cause: 'The page to return to after the sign-out is no valid https address.',
    remedy: 'Set postLogoutRedirectUri to an https URL.',
  },
  AADB2C90068: {
    cause: 'The application was not registered for Azure AD B2C.',
    remedy:
      'Register it in the B2C tenant, for accounts in any identity provider, and set clientId (IDENTITY_CLIENT_ID).',
  },
  AADB2C90077: {
    cause: "The user has no session at the provider, and prompt: 'none' forbids to ask.",
    remedy: "Sign in without prompt: 'none'.",
  },
  AADB2C90079: {
    cause: 'The application proved itself by nothing.',
    remedy: 'Set clientCredential (IDENTITY_CLIENT_SECRET).',
  },
  AADB2C90080: { cause: 'The code or refresh token has expired.', remedy: SIGN_IN_AGAIN },
  AADB2C90081: {
    cause: 'The client secret is wrong.',
    remedy:
      "Set clientCredential (IDENTITY_CLIENT_SECRET) to the secret's value, not its id: Certificates & secrets in the B2C tenant.",
  },
  AADB2C90084: {
    cause: 'The registration is that of a public client, which has no secret.',
    remedy:
      'Register redirectUri (IDENTITY_REDIRECT_URI) with the platform Web, or leave clientCredential (IDENTITY_CLIENT_SECRET) out.',
  },
  AADB2C90085: { cause: 'The service met an error of its own.', remedy: SIGN_IN_AGAIN },
  AADB2C90088: {
    cause: 'The code or refresh token is of another user flow.',
    remedy:
      'Keep b2c.signUpSignInUserFlow (IDENTITY_B2C_SIGN_UP_SIGN_IN_USER_FLOW) the same on every instance; sessions of a former flow sign in again.',
  },
  AADB2C90091: {
    cause: 'The user pressed Cancel.',
    remedy: 'Nothing to set right: they can try again.',
  },
  AADB2C90092: {
    cause: 'The application is disabled in the tenant.',
    remedy: 'Enable it in the B2C tenant.',
  },
  AADB2C90107: {
    cause: 'The application gets no ID token.',
    remedy: 'Grant openid and offline_access under API permissions in the B2C tenant.',
  },
  AADB2C90115: {
    cause: 'The scopes name no API, so there is nothing to give an access token for.',
    remedy: 'Add a scope of an API, or the client id itself, to scopes (IDENTITY_SCOPE).',
  },
  AADB2C90117: {
    cause: 'A scope is not supported.',
    remedy:
      'Check scopes (IDENTITY_SCOPE) against API permissions in the B2C tenant, and grant admin consent there.',
  },
  AADB2C90118: {
    cause: 'The user forgot the password, and the application has no user flow for that.',
    remedy:
      'Set b2c.resetPasswordUserFlow (IDENTITY_B2C_RESET_PASSWORD_USER_FLOW), or turn on self-service password reset in the sign-in user flow.',
  },
  AADB2C90128: { cause: 'The account no longer exists.', remedy: SIGN_IN_AGAIN },
  AADB2C90129: { cause: 'The refresh token was revoked.', remedy: SIGN_IN_AGAIN },
  AADB2C90146: {
    cause: 'The request names scopes of several APIs, but an access token is for one.',
    remedy: 'Ask for the scopes of each API apart.',
  },
  AADB2C90205: {
    cause: 'The application lacks the permission for this API.',
    remedy: 'Add it under API permissions in the B2C tenant, and grant admin consent.',
  },
  AADB2C90244: { cause: 'There are too many requests.', remedy: ANOTHER_TIME },
  AADB2C90273: {
    cause: 'The identity provider behind the user flow refused; also when the user cancels there.',
    remedy: 'The message quotes it: check that identity provider in the B2C tenant.',
  },
  AADB2C90279: {
    cause: 'The code or refresh token was issued to another application.',
    remedy: 'Keep clientId (IDENTITY_CLIENT_ID) the same on every instance.',
  },
  AADB2C90285: {
    cause: 'The B2C tenant does not know the application.',
    remedy: 'Check clientId (IDENTITY_CLIENT_ID), and that the registration is in the B2C tenant.',
  },
  AADB2C90287: {
    cause: 'The redirect URI is not valid.',
    remedy: 'Check redirectUri (IDENTITY_REDIRECT_URI).',
  },
  AADB2C90289: {
    cause:
      'The identity provider behind the user flow could not be reached, or refused its secret.',
    remedy: 'Check its client id and secret under Identity providers in the B2C tenant.',
  },
  AADB2C99059: {
    cause: 'The request has no code challenge, which single-page applications must send.',
    remedy:
      'Let no code but this library build the sign-in, and register redirectUri (IDENTITY_REDIRECT_URI) with the platform Web.',
  },
}
