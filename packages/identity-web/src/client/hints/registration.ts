import type { OperatorHint } from './operator-hint.ts'

/** Where application, registration and authority don't fit each other. */
export const REGISTRATION_HINTS: Readonly<Record<string, OperatorHint>> = {
  AADSTS50011: {
    cause: 'The redirect URI is not among those of the app registration.',
    remedy:
      'Register this redirectUri (IDENTITY_REDIRECT_URI) to the letter: Authentication, platform Web.',
  },
  AADSTS500113: {
    cause: 'The app registration has no redirect URI at all.',
    remedy: 'Register redirectUri (IDENTITY_REDIRECT_URI): Authentication, platform Web.',
  },
  AADSTS9002325: {
    cause: 'The redirect URI is registered for single-page applications.',
    remedy:
      'Move redirectUri (IDENTITY_REDIRECT_URI) to the platform Web: Authentication in the app registration.',
  },
  AADSTS9002326: {
    cause: 'The token request looked like that of a single-page application in a browser.',
    remedy:
      'Register redirectUri (IDENTITY_REDIRECT_URI) with the platform Web alone, and let the fetch option or the proxy add no Origin header.',
  },
  AADSTS9002327: {
    cause:
      'The redirect URI is registered for single-page applications, whose tokens only browsers get.',
    remedy:
      'Move redirectUri (IDENTITY_REDIRECT_URI) to the platform Web: Authentication in the app registration.',
  },
  AADSTS700054: {
    cause:
      'The request asked for an ID token on the redirect, which the registration does not allow.',
    remedy:
      'Remove response_type from extraParams, or allow ID tokens under Authentication, Implicit grant and hybrid flows.',
  },
  AADSTS700016: {
    cause: 'The tenant does not know the application.',
    remedy:
      'Check clientId (IDENTITY_CLIENT_ID), and that authority (IDENTITY_AUTHORITY) names the tenant with the app registration.',
  },
  AADSTS7000112: {
    cause: 'The application is disabled in the tenant.',
    remedy:
      'Let an administrator enable it: Enterprise applications, Properties, Enabled for users to sign-in.',
  },
  AADSTS90002: {
    cause: 'There is no such tenant in this cloud.',
    remedy: 'Check tenant and host in authority (IDENTITY_AUTHORITY).',
  },
  AADSTS50194: {
    cause: 'The application is for one tenant, but was used at an endpoint for all.',
    remedy:
      'Set authority (IDENTITY_AUTHORITY) to the tenant, such as https://login.microsoftonline.com/contoso.onmicrosoft.com, or make the registration multitenant.',
  },
  AADSTS9001023: {
    cause: 'An application cannot get this token from common or consumers.',
    remedy:
      'Set authority (IDENTITY_AUTHORITY) to a tenant, such as https://login.microsoftonline.com/contoso.onmicrosoft.com.',
  },
  AADSTS9002332: {
    cause: 'The application is for work and school accounts, but was used at consumers.',
    remedy:
      'Set authority (IDENTITY_AUTHORITY) to organizations or a tenant, or admit personal accounts under Supported account types.',
  },
  AADSTS500208: {
    cause:
      'The kind of account does not fit the tenant, such as a personal account where only work accounts may sign in.',
    remedy:
      'Choose authority (IDENTITY_AUTHORITY) and Supported account types of the registration for the accounts that are to sign in.',
  },
  AADSTS900382: {
    cause: 'A web application cannot sign in users of another cloud.',
    remedy:
      "Set authority (IDENTITY_AUTHORITY) to the host of the registration's own cloud, and register once in each cloud.",
  },
  AADSTS900432: {
    cause: 'A web application cannot sign in users of another cloud.',
    remedy:
      "Set authority (IDENTITY_AUTHORITY) to the host of the registration's own cloud, and register once in each cloud.",
  },
  AADSTS70011: {
    cause: 'A scope is unknown, or cannot be asked for in this way.',
    remedy:
      'Check scopes (IDENTITY_SCOPE) against API permissions; getTokenForClient takes .default scopes alone, such as https://graph.microsoft.com/.default.',
  },
  AADSTS700022: {
    cause: 'The request names scopes of several APIs, but an access token is for one.',
    remedy: 'Ask for the scopes of each API apart.',
  },
  AADSTS500011: {
    cause: 'The tenant does not know the API that the scopes name.',
    remedy:
      'Check the part of the scopes (IDENTITY_SCOPE) before the last slash, and let an administrator of the tenant consent to that API.',
  },
  AADSTS650057: {
    cause: 'The app registration does not list the API that the scopes name.',
    remedy: 'Add it under API permissions, or correct scopes (IDENTITY_SCOPE).',
  },
  AADSTS901002: {
    cause: 'The parameter resource is not supported.',
    remedy: 'Remove resource from extraParams, and name the API in scopes (IDENTITY_SCOPE).',
  },
  AADSTS9002313: {
    cause: 'The request is malformed.',
    remedy:
      'Check extraParams and claims, and that no proxy before the provider changes requests; the correlation id finds it in the sign-in logs.',
  },
}
