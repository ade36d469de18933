// Hints for codes about codes, refresh tokens and outages.
import { SIGN_IN_AGAIN, type OperatorHint } from './operator-hint.ts'

/** The hints for errors with authorization codes and refresh tokens, and for the provider's outages. */
export const GRANT_HINTS: Readonly<Record<string, OperatorHint>> = {
  AADSTS54005: [
    'The authorization code was already used, because the callback was called twice.',
    'Find out which software calls redirectUri a second time. It can be a link scanner, a proxy that repeats requests, or a reload.',
  ],
  AADSTS70000: [
    'The authorization code, the refresh token or the assertion is not valid anymore, or belongs to another application. The refresh token of a personal account often ends in this way.',
    `${SIGN_IN_AGAIN} Also set the same clientId (IDENTITY_CLIENT_ID) on every instance of the application.`,
  ],
  AADSTS500112: [
    'The redirect URI of the token request differs from that of the sign-in.',
    'Set the same redirectUri (IDENTITY_REDIRECT_URI) on every instance of the application, and finish a sign-in where it started. The client secret is not the cause.',
  ],
  AADSTS700005: [
    'The authorization code belongs to another tenant.',
    'Set the same authority (IDENTITY_AUTHORITY) on every instance of the application.',
  ],
  AADSTS501481: [
    'The code verifier does not match the authorization request.',
    'Start each sign-in with identity-web, and do not add code_challenge to the URL of the sign-in.',
  ],
  AADSTS50173: ['The refresh token was revoked.', SIGN_IN_AGAIN],
  AADSTS70008: ['The authorization code or the refresh token has expired.', SIGN_IN_AGAIN],
  AADSTS700082: [
    'The refresh token has expired, because it was not used for a long time.',
    SIGN_IN_AGAIN,
  ],
  AADSTS700084: [
    'The refresh token was issued to a single-page application and has expired after 24 hours.',
    'Open Authentication in the app registration, and move redirectUri (IDENTITY_REDIRECT_URI) from Single-page application to the platform Web.',
  ],
  AADSTS70043: [
    'The sign-in frequency policy of the tenant requires a new sign-in.',
    SIGN_IN_AGAIN,
  ],
  AADSTS50089: ['The sign-in took too long or has expired.', SIGN_IN_AGAIN],
  AADSTS50132: ['The session ended because the password has changed or expired.', SIGN_IN_AGAIN],
  AADSTS50133: [
    'The session was revoked because the password has changed or expired.',
    SIGN_IN_AGAIN,
  ],
  AADSTS50196: [
    'The application repeated the same request many times, so Entra ID detected a loop.',
    'Look for a page that starts a sign-in directly after another sign-in. The cause can be a redirect on every 401, or a cookie that the browser does not store.',
  ],
  AADSTS90033: [
    'A service that Entra ID needs is temporarily not available.',
    'Try again later. See https://status.cloud.microsoft for the status of the service.',
    'passes',
  ],
}
