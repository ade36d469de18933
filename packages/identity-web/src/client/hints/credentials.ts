import type { OperatorHint } from './operator-hint.ts'

/** The hints for errors of the client authentication and of on-behalf-of requests. */
export const CREDENTIAL_HINTS: Readonly<Record<string, OperatorHint>> = {
  AADSTS7000215: {
    cause: 'The client secret is wrong.',
    remedy:
      'Open Certificates & secrets in the app registration, and set clientCredential (IDENTITY_CLIENT_SECRET) to the value of the secret, not to its ID.',
  },
  AADSTS7000218: {
    cause: 'The request does not contain a client credential.',
    remedy:
      'Set clientCredential (IDENTITY_CLIENT_SECRET). For a public client, allow public client flows under Authentication in the app registration.',
  },
  AADSTS7000222: {
    cause: 'The client secret has expired.',
    remedy:
      'Create a new secret under Certificates & secrets in the app registration, and set clientCredential (IDENTITY_CLIENT_SECRET) to its value.',
  },
  AADSTS700025: {
    cause:
      'The application is registered as a public client, but the request contains a client credential.',
    remedy:
      'Register redirectUri (IDENTITY_REDIRECT_URI) for the platform Web, or remove clientCredential (IDENTITY_CLIENT_SECRET).',
  },
  AADSTS700027: {
    cause:
      'The signature of the client assertion does not match a certificate of the app registration.',
    remedy:
      'Upload the certificate of clientCredential under Certificates & secrets in the app registration. Check that the private key belongs to this certificate.',
  },
  AADSTS700024: {
    cause: 'The client assertion has expired or is not valid yet.',
    remedy:
      'Correct the clock of the server. If clientCredential is a function, return a new assertion for each call.',
  },
  AADSTS7000214: {
    cause: 'The certificate of the client assertion has been revoked.',
    remedy:
      'Set a new certificate in clientCredential, and upload it under Certificates & secrets in the app registration.',
  },
  AADSTS1000502: {
    cause: 'The certificate of the client assertion has expired or is not valid yet.',
    remedy:
      'Set a new certificate in clientCredential, and upload it under Certificates & secrets in the app registration.',
  },
  AADSTS7000274: {
    cause: 'The signature of the client assertion is not valid.',
    remedy:
      'Check that the private key and the certificate in clientCredential belong together. Check that the certificate is listed under Certificates & secrets in the app registration.',
  },
  AADSTS7000277: {
    cause: 'The certificate of the client assertion was revoked.',
    remedy:
      'Set a new certificate in clientCredential, and upload it under Certificates & secrets in the app registration.',
  },
  AADSTS700229: {
    cause:
      'The client assertion is the token of a user, but a federated credential must be an app-only token.',
    remedy:
      'Change the function in clientCredential. It must return an app-only token for api://AzureADTokenExchange, for example the token of a managed identity.',
  },
  AADSTS500133: {
    cause: 'The access token in the on-behalf-of request has expired.',
    remedy:
      'The client must send a new access token to this API. Also check the clock of the server.',
  },
  AADSTS50013: {
    cause: 'The access token in the on-behalf-of request is not valid for this application.',
    remedy:
      'The client must request a scope of this API, so that the access token is issued for this API.',
  },
  AADSTS240002: {
    cause: 'The on-behalf-of request contains an ID token instead of an access token.',
    remedy: 'The client must send the access token that it received for a scope of this API.',
  },
  AADSTS7000114: {
    cause: 'The on-behalf-of request contains an app-only token, which does not belong to a user.',
    remedy: 'The client must send an access token of a user for this API.',
  },
}
