// Hints for codes about client authentication and on-behalf-of.
import type { OperatorHint } from './operator-hint.ts'

/** The hints for errors in client authentication and on-behalf-of requests. */
export const CREDENTIAL_HINTS: Readonly<Record<string, OperatorHint>> = {
  AADSTS7000215: [
    'The client secret is wrong.',
    'Open Certificates & secrets in the app registration, and set clientCredential (IDENTITY_CLIENT_SECRET) to the value of the secret, not to its ID.',
  ],
  AADSTS7000218: [
    'The request does not contain a client credential.',
    'Set clientCredential (IDENTITY_CLIENT_SECRET). For a public client, allow public client flows under Authentication in the app registration.',
  ],
  AADSTS7000216: [
    'The request does not contain a client credential.',
    'Set clientCredential (IDENTITY_CLIENT_SECRET).',
  ],
  AADSTS50027: [
    'The client assertion, or the access token of an on-behalf-of request, is not a JWT.',
    'Check the function in clientCredential: it must return a signed JWT. For an on-behalf-of request, the client must send an access token for this API.',
  ],
  AADSTS500131: [
    'The access token in the on-behalf-of request was issued for another application.',
    'The client must request a scope of this API, such as api://todos/Todos.Read.',
  ],
  AADSTS7000222: [
    'The client secret has expired.',
    'Create a new secret under Certificates & secrets in the app registration, and set clientCredential (IDENTITY_CLIENT_SECRET) to its value.',
  ],
  AADSTS7000229: [
    'The application does not have a service principal in this tenant.',
    'Grant admin consent in this tenant, or create the service principal with "az ad sp create --id" and the client ID.',
  ],
  AADSTS700025: [
    'The application is registered as a public client, but the request contains a client credential.',
    'Register redirectUri (IDENTITY_REDIRECT_URI) for the platform Web, or remove clientCredential (IDENTITY_CLIENT_SECRET).',
  ],
  AADSTS700027: [
    'The signature of the client assertion does not match a certificate of the app registration.',
    'Upload the certificate of clientCredential under Certificates & secrets in the app registration. Check that the private key belongs to this certificate.',
  ],
  AADSTS700024: [
    'The client assertion has expired or is not valid yet.',
    'Correct the clock of the server. If clientCredential is a function, return a new assertion for each call.',
  ],
  AADSTS7000214: [
    'The certificate of the client assertion has been revoked.',
    'Set a new certificate in clientCredential, and upload it under Certificates & secrets in the app registration.',
  ],
  AADSTS1000502: [
    'The certificate of the client assertion has expired or is not valid yet.',
    'Set a new certificate in clientCredential, and upload it under Certificates & secrets in the app registration.',
  ],
  AADSTS7000274: [
    'The signature of the client assertion is not valid.',
    'Check that the private key and the certificate in clientCredential belong together. Check that the certificate is listed under Certificates & secrets in the app registration.',
  ],
  AADSTS7000277: [
    'The certificate of the client assertion was revoked.',
    'Set a new certificate in clientCredential, and upload it under Certificates & secrets in the app registration.',
  ],
  AADSTS700229: [
    'The client assertion is the token of a user, but a federated credential must be an app-only token.',
    'Change the function in clientCredential. It must return an app-only token for api://AzureADTokenExchange, for example the token of a managed identity.',
  ],
  AADSTS500133: [
    'The access token in the on-behalf-of request has expired.',
    'The client must send a new access token to this API. Also check the clock of the server.',
  ],
  AADSTS50013: [
    'The access token in the on-behalf-of request is not valid for this application.',
    'The client must request a scope of this API, so that the access token is issued for this API.',
  ],
  AADSTS240002: [
    'The on-behalf-of request contains an ID token instead of an access token.',
    'The client must send the access token that it received for a scope of this API.',
  ],
  AADSTS7000114: [
    'The on-behalf-of request contains an app-only token, which does not belong to a user.',
    'The client must send an access token of a user for this API.',
  ],
}
