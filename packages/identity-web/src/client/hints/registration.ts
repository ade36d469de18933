// Hints for codes about the app registration.
import type { OperatorHint } from './operator-hint.ts'

const OTHER_CLOUD: OperatorHint = [
  'The user belongs to another cloud, and a web application cannot sign in users of another cloud.',
  'Set authority (IDENTITY_AUTHORITY) to the cloud of the app registration. For users of several clouds, create an app registration in each cloud.',
]
const SEVERAL_APIS: OperatorHint = [
  'The request contains scopes of several APIs, but an access token is valid for one API.',
  'Request the scopes of each API separately.',
]

/** The hints for errors in the app registration, or in its use with the authority. */
export const REGISTRATION_HINTS: Readonly<Record<string, OperatorHint>> = {
  AADSTS50011: [
    'The redirect URI of the request is not registered.',
    'Open Authentication in the app registration, and add the exact value of redirectUri (IDENTITY_REDIRECT_URI) to the platform Web.',
  ],
  AADSTS500113: [
    'The app registration does not have a redirect URI.',
    'Open Authentication in the app registration, and add the value of redirectUri (IDENTITY_REDIRECT_URI) to the platform Web.',
  ],
  AADSTS9002325: [
    'The redirect URI is registered for a single-page application.',
    'Open Authentication in the app registration, and move redirectUri (IDENTITY_REDIRECT_URI) to the platform Web.',
  ],
  AADSTS9002326: [
    'Entra ID treated the token request as a request of a single-page application.',
    'Register redirectUri (IDENTITY_REDIRECT_URI) only for the platform Web. Check that the function of Auth({ fetch }) does not add an Origin header, and that a proxy does not add it either.',
  ],
  AADSTS9002327: [
    'The redirect URI is registered for a single-page application. Such an application must request tokens from a browser.',
    'Open Authentication in the app registration, and move redirectUri (IDENTITY_REDIRECT_URI) to the platform Web.',
  ],
  AADSTS700054: [
    'The request asked for an ID token in the redirect, but the app registration does not allow tokens in redirects.',
    'Remove response_type from extraParams. If you need this token, open Authentication in the app registration, and allow ID tokens under Implicit grant and hybrid flows.',
  ],
  AADSTS700038: ['The client ID is not valid.', 'Check clientId (IDENTITY_CLIENT_ID).'],
  AADSTS700016: [
    'The application does not exist in the tenant.',
    'Check clientId (IDENTITY_CLIENT_ID). Check that authority (IDENTITY_AUTHORITY) contains the tenant of the app registration.',
  ],
  AADSTS7000112: [
    'The application is disabled in the tenant.',
    'Ask an administrator to enable it: Enterprise applications, Properties, Enabled for users to sign-in.',
  ],
  AADSTS90002: [
    'The tenant does not exist in this cloud.',
    'Check the tenant and the host in authority (IDENTITY_AUTHORITY).',
  ],
  AADSTS50194: [
    'The app registration allows only one tenant, but authority contains "common" or "organizations".',
    'Set authority (IDENTITY_AUTHORITY) to the tenant, for example https://login.microsoftonline.com/contoso.onmicrosoft.com. To allow users of several tenants, open Authentication in the app registration, and change Supported account types.',
  ],
  AADSTS90010: [
    'The authorities /common and /consumers do not support this grant.',
    'Set authority (IDENTITY_AUTHORITY) to a tenant, or to /organizations.',
  ],
  AADSTS90011: [
    'The request contains two client IDs.',
    'Compare clientId (IDENTITY_CLIENT_ID) with the client ID in the client assertion, and remove client_id from extraParams.',
  ],
  AADSTS9001023: [
    'The application requested a token that Entra ID does not issue for the authorities "common" and "consumers".',
    'Set authority (IDENTITY_AUTHORITY) to a tenant, for example https://login.microsoftonline.com/contoso.onmicrosoft.com.',
  ],
  AADSTS9002332: [
    'The app registration allows only work and school accounts, but authority contains "consumers".',
    'Use "organizations" or a tenant in authority (IDENTITY_AUTHORITY). To allow personal accounts, open Authentication in the app registration, and change Supported account types.',
  ],
  AADSTS500208: [
    'The tenant does not allow this type of account. For example, a personal account tried to sign in where only work accounts are allowed.',
    'Check that authority (IDENTITY_AUTHORITY) and Supported account types of the app registration match the accounts of your users.',
  ],
  AADSTS900382: OTHER_CLOUD,
  AADSTS900432: OTHER_CLOUD,
  AADSTS70011: [
    'A scope does not exist, or it is not allowed in this request.',
    'Compare scopes (IDENTITY_SCOPE) with API permissions in the app registration. getTokenForClient accepts only .default scopes, such as https://graph.microsoft.com/.default.',
  ],
  AADSTS1002012: [
    'An application without a user can request only the scope /.default of an API.',
    'Change the scopes of getTokenForClient() to the .default scope of one API, such as https://graph.microsoft.com/.default or api://todos/.default.',
  ],
  AADSTS28000: SEVERAL_APIS,
  AADSTS700022: SEVERAL_APIS,
  AADSTS500011: [
    'The scopes contain the name of an API that does not exist in the tenant.',
    'The name of the API is the part of a scope before the last slash. Check this name in scopes (IDENTITY_SCOPE). If the name is correct, an administrator of the tenant must consent to this API.',
  ],
  AADSTS650053: [
    'The API does not have a scope with this name.',
    'Check the spelling of scopes (IDENTITY_SCOPE) and of the scopes of the route. The app registration of an API lists its scopes under Expose an API. The documentation of Microsoft Graph lists the scopes of Microsoft Graph.',
  ],
  AADSTS650052: [
    'The scopes contain the name of an API that is not available in the tenant.',
    'An administrator of the tenant must subscribe to the service or consent to the API. Check scopes (IDENTITY_SCOPE).',
  ],
  AADSTS900023: [
    'The tenant in authority is not the domain or the ID of a tenant.',
    'Set authority (IDENTITY_AUTHORITY) to a tenant, for example https://login.microsoftonline.com/contoso.onmicrosoft.com.',
  ],
  AADSTS650057: [
    'The app registration does not contain a permission for the API of the scopes.',
    'Add the permission under API permissions in the app registration, or correct scopes (IDENTITY_SCOPE).',
  ],
  AADSTS901002: [
    'Entra ID rejects the parameter "resource" in this request.',
    'Remove "resource" from extraParams, because the API is already in scopes (IDENTITY_SCOPE). If you need "resource", set it to an Application ID URI of the API, and start each scope with the same URI.',
  ],
  AADSTS9010010: [
    'The parameter "resource" and the scopes belong to different APIs.',
    'Set "resource" in extraParams to an Application ID URI of the API, with the same spelling and without a slash at the end. Start each scope in scopes (IDENTITY_SCOPE) with the same URI.',
  ],
  AADSTS9002313: [
    'The request is not valid.',
    'Check extraParams and claims. Check that a proxy does not change the request. You can find the request in the sign-in logs by its correlation ID.',
  ],
}
