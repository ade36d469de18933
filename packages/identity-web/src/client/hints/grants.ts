import { SIGN_IN_AGAIN, type OperatorHint } from './operator-hint.ts'

/** The hints for errors of authorization codes and refresh tokens, and for outages of the provider. */
export const GRANT_HINTS: Readonly<Record<string, OperatorHint>> = {
  AADSTS54005: {
    cause: 'The authorization code was already used, because the callback was called twice.',
    remedy:
      'Find out which software calls redirectUri a second time. It can be a link scanner, a proxy that repeats requests, or a reload.',
  },
  AADSTS70000: {
    cause: 'The authorization code or the refresh token belongs to another application.',
    remedy: 'Set the same clientId (IDENTITY_CLIENT_ID) on every instance of the application.',
  },
  AADSTS700005: {
    cause: 'The authorization code belongs to another tenant.',
    remedy: 'Set the same authority (IDENTITY_AUTHORITY) on every instance of the application.',
  },
  AADSTS501481: {
    cause: 'The code verifier does not match the authorization request.',
    remedy:
      'Start each sign-in with identity-web, and do not add code_challenge to the URL of the sign-in.',
  },
  AADSTS50173: { cause: 'The refresh token was revoked.', remedy: SIGN_IN_AGAIN },
  AADSTS70008: {
    cause: 'The authorization code or the refresh token has expired.',
    remedy: SIGN_IN_AGAIN,
  },
  AADSTS700082: {
    cause: 'The refresh token has expired, because it was not used for a long time.',
    remedy: SIGN_IN_AGAIN,
  },
  AADSTS700084: {
    cause:
      'The refresh token was issued to a single-page application and has expired after 24 hours.',
    remedy:
      'Open Authentication in the app registration, and move redirectUri (IDENTITY_REDIRECT_URI) from Single-page application to the platform Web.',
  },
  AADSTS70043: {
    cause: 'The sign-in frequency policy of the tenant requires a new sign-in.',
    remedy: SIGN_IN_AGAIN,
  },
  AADSTS50089: { cause: 'The sign-in took too long or has expired.', remedy: SIGN_IN_AGAIN },
  AADSTS50132: {
    cause: 'The session ended because the password has changed or expired.',
    remedy: SIGN_IN_AGAIN,
  },
  AADSTS50133: {
    cause: 'The session was revoked because the password has changed or expired.',
    remedy: SIGN_IN_AGAIN,
  },
  AADSTS50196: {
    cause: 'The application repeated the same request many times, so Entra ID detected a loop.',
    remedy:
      'Look for a page that starts a sign-in directly after another sign-in. The cause can be a redirect on every 401, or a cookie that the browser does not store.',
  },
  AADSTS90033: {
    cause: 'A service that Entra ID needs is temporarily not available.',
    remedy: 'Try again later. See https://status.cloud.microsoft for the status of the service.',
  },
}
