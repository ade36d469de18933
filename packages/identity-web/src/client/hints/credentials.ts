import type { OperatorHint } from './operator-hint.ts'

/** What is wrong with how the application proves itself. */
export const CREDENTIAL_HINTS: Readonly<Record<string, OperatorHint>> = {
  AADSTS7000215: {
    cause: 'The client secret is wrong.',
    remedy:
      "Set clientCredential (IDENTITY_CLIENT_SECRET) to the secret's value, not its id: Certificates & secrets.",
  },
  AADSTS7000218: {
    cause: 'The application proved itself by nothing.',
    remedy:
      'Set clientCredential (IDENTITY_CLIENT_SECRET), or allow public client flows under Authentication.',
  },
  AADSTS7000222: {
    cause: 'The client secret has expired.',
    remedy:
      'Make a new one under Certificates & secrets, and set clientCredential (IDENTITY_CLIENT_SECRET) to it.',
  },
  AADSTS700025: {
    cause: 'The registration is that of a public client, which has no secret.',
    remedy:
      'Register redirectUri (IDENTITY_REDIRECT_URI) with the platform Web, or leave clientCredential (IDENTITY_CLIENT_SECRET) out.',
  },
  AADSTS700027: {
    cause: 'The signature of the client assertion does not fit a certificate of the registration.',
    remedy:
      "Upload the certificate of clientCredential under Certificates & secrets, and check that the key is that certificate's.",
  },
  AADSTS700024: {
    cause: 'The client assertion is not yet, or no longer, valid.',
    remedy:
      "Set the server's clock right, and let the function in clientCredential give a fresh assertion each time.",
  },
  AADSTS7000214: {
    cause: 'The certificate of the client assertion has been revoked.',
    remedy:
      'Put a new certificate into clientCredential, and upload it under Certificates & secrets.',
  },
  AADSTS1000502: {
    cause: 'The certificate of the client assertion is outside the time for which it is valid.',
    remedy:
      'Put a new certificate into clientCredential, and upload it under Certificates & secrets.',
  },
  AADSTS7000274: {
    cause: 'The client assertion has a signature that does not hold.',
    remedy:
      'Check that key and certificate of clientCredential belong together, and that the registration has this certificate.',
  },
  AADSTS7000277: {
    cause: 'The certificate of the client assertion was revoked.',
    remedy:
      'Put a new certificate into clientCredential, and upload it under Certificates & secrets.',
  },
  AADSTS700229: {
    cause: "The federated credential was a user's token; Entra ID takes only an application's.",
    remedy:
      'Let the function in clientCredential get the token of a managed identity or by client credentials, for api://AzureADTokenExchange.',
  },
  AADSTS500133: {
    cause: 'The token handed on for a user has expired.',
    remedy: 'Let the caller get a fresh access token, and check the clock of the server.',
  },
  AADSTS50013: {
    cause: 'The token handed on for a user is not valid for this application.',
    remedy: 'Let the caller ask for a scope of this API, so that the access token is meant for it.',
  },
  AADSTS240002: {
    cause: 'An ID token was handed on in place of an access token.',
    remedy: 'Let the caller send the access token that it got for a scope of this API.',
  },
  AADSTS7000114: {
    cause:
      "The application may not act on behalf of users; an application's own token has no user.",
    remedy: "Let the caller send a user's access token for this API.",
  },
}
