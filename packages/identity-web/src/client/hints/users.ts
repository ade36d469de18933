import type { OperatorHint } from './operator-hint.ts'

const INVITE = 'Invite the account as a guest, or ask the user to sign in with another account.'
const PICK =
  "Ask the user to sign in with another account. A sign-in with prompt: 'select_account' shows the account picker."
const POLICY =
  'Another attempt does not help. An administrator can find the policy in the sign-in logs by the correlation ID.'
const MFA = 'No change is needed. The guard sends the user to the provider for this step.'

/** The hints for decisions of the tenant, its policies or its users. */
export const USER_HINTS: Readonly<Record<string, OperatorHint>> = {
  AADSTS65001: {
    cause: 'The user or an administrator has not consented to these permissions.',
    remedy:
      'To ask each user for consent, set the scopes on the route or in scopes (IDENTITY_SCOPE). To consent for all users, grant admin consent under API permissions in the app registration.',
  },
  AADSTS65004: {
    cause: 'The user declined to consent.',
    remedy: 'The user can try again, or an administrator can consent for all users.',
  },
  AADSTS90094: {
    cause: 'These permissions require the consent of an administrator.',
    remedy:
      'Ask an administrator to select Grant admin consent under API permissions in the app registration.',
  },
  AADSTS90095: {
    cause: 'The user was asked to request the consent of an administrator.',
    remedy:
      'Ask an administrator to review the request: Enterprise applications, Admin consent requests.',
  },
  AADSTS50105: {
    cause: 'The user is not assigned to the application.',
    remedy:
      'Open the application under Enterprise applications. Assign the user under Users and groups. To allow all users instead, set "Assignment required" to "No" under Properties.',
  },
  AADSTS50020: { cause: 'The account does not exist in this tenant.', remedy: INVITE },
  AADSTS50034: { cause: 'The account was not found in this tenant.', remedy: INVITE },
  AADSTS51004: { cause: 'The account does not exist in this tenant.', remedy: INVITE },
  AADSTS50057: {
    cause: 'The account is disabled.',
    remedy:
      'An administrator must enable the account. Until then, each sign-in fails with this error.',
  },
  AADSTS53000: {
    cause: 'A Conditional Access policy requires a compliant device.',
    remedy: POLICY,
  },
  AADSTS53001: {
    cause: 'A Conditional Access policy requires a device that is joined to the domain.',
    remedy: POLICY,
  },
  AADSTS53003: { cause: 'A Conditional Access policy blocks the sign-in.', remedy: POLICY },
  AADSTS530032: { cause: 'A security policy of the tenant blocks the sign-in.', remedy: POLICY },
  AADSTS50058: {
    cause:
      "The user does not have a session at the provider, and prompt: 'none' does not allow a sign-in page.",
    remedy: "Sign in without prompt: 'none'.",
  },
  AADSTS16000: {
    cause:
      "The user has several accounts, and prompt: 'none' does not allow the provider to ask which account to use.",
    remedy: "Set loginHint, or sign in with prompt: 'select_account'.",
  },
  AADSTS50076: { cause: 'A policy requires multi-factor authentication.', remedy: MFA },
  AADSTS50078: { cause: 'The multi-factor authentication of the user has expired.', remedy: MFA },
  AADSTS50079: { cause: 'The user must register for multi-factor authentication.', remedy: MFA },
  AADSTS50158: { cause: 'A policy requires a check by another service.', remedy: MFA },
  AADSTS500212: {
    cause: "A policy of the user's organization does not allow access to this tenant.",
    remedy: PICK,
  },
  AADSTS500213: {
    cause:
      "The cross-tenant access policy of this tenant does not allow access for the user's organization.",
    remedy:
      'Ask an administrator to allow this access under External Identities, Cross-tenant access settings. Until then, the user must sign in with another account.',
  },
}
