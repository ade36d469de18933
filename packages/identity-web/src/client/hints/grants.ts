import type { OperatorHint } from './operator-hint.ts'

const SIGN_IN_AGAIN = 'Nothing to set right: the user signs in again, which guards see to.'

/** Codes and refresh tokens that are no longer good, and the provider's own bad hours. */
export const GRANT_HINTS: Readonly<Record<string, OperatorHint>> = {
  AADSTS54005: {
    cause: 'The authorization code was redeemed before: the callback was called twice.',
    remedy:
      'Look for what calls the address of redirectUri a second time, such as a link scanner, a proxy that tries again or a reload.',
  },
  AADSTS700005: {
    cause: 'The authorization code belongs to another tenant.',
    remedy:
      'Redeem it where it came from: one and the same authority (IDENTITY_AUTHORITY) on every instance.',
  },
  AADSTS501481: {
    cause: 'The code verifier does not fit the sign-in that was begun.',
    remedy: 'Let no code but this library build the sign-in, and nothing add code_challenge.',
  },
  AADSTS50173: { cause: 'The refresh token was revoked.', remedy: SIGN_IN_AGAIN },
  AADSTS70008: { cause: 'The code or refresh token has expired.', remedy: SIGN_IN_AGAIN },
  AADSTS700082: {
    cause: 'The refresh token expired, since it was not used for long.',
    remedy: SIGN_IN_AGAIN,
  },
  AADSTS700084: {
    cause: "The refresh token is a single-page application's and ends after a day.",
    remedy:
      'Register redirectUri (IDENTITY_REDIRECT_URI) with the platform Web instead of Single-page application.',
  },
  AADSTS70043: {
    cause: "The tenant's sign-in frequency asks for a fresh sign-in.",
    remedy: SIGN_IN_AGAIN,
  },
  AADSTS50089: { cause: 'The sign-in took too long or has expired.', remedy: SIGN_IN_AGAIN },
  AADSTS50132: {
    cause: 'The session ended with a changed or expired password.',
    remedy: SIGN_IN_AGAIN,
  },
  AADSTS50133: {
    cause: 'The session was revoked by a changed or expired password.',
    remedy: SIGN_IN_AGAIN,
  },
  AADSTS50196: {
    cause: 'The application asked for the same again and again: Entra ID takes it for a loop.',
    remedy:
      'Look for a page that begins a sign-in although one just ended, such as a redirect on every 401 or a cookie that the browser does not keep.',
  },
  AADSTS90033: {
    cause: 'A service behind Entra ID is not available.',
    remedy: 'Try again later; status.cloud.microsoft says more.',
  },
}
