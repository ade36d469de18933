// Hints for decisions of the tenant or the user.
import type { OperatorHint } from './operator-hint.ts'

const INVITE = 'Invite the account as a guest, or ask the user to sign in with another account.'
const PICK =
  "Ask the user to sign in with another account. A sign-in with prompt: 'select_account' shows the account picker."
const POLICY =
  'Another attempt does not help. An administrator can find the policy in the sign-in logs by the correlation ID.'
const MFA = 'No change is needed. The guard sends the user to the provider for this step.'

/** The hints for decisions that the tenant, its policies or its users made. */
export const USER_HINTS: Readonly<Record<string, OperatorHint>> = {
  AADSTS65001: [
    'The user or an administrator has not consented to these permissions.',
    'To ask each user for consent, set the scopes on the route or in scopes (IDENTITY_SCOPE). To consent for all users, grant admin consent under API permissions in the app registration.',
  ],
  AADSTS65004: [
    'The user declined to consent.',
    'The user can try again, or an administrator can consent for all users.',
  ],
  AADSTS90094: [
    'These permissions require the consent of an administrator.',
    'Ask an administrator to select Grant admin consent under API permissions in the app registration.',
  ],
  AADSTS90095: [
    'The user was asked to request the consent of an administrator.',
    'Ask an administrator to review the request: Enterprise applications, Admin consent requests.',
  ],
  AADSTS50126: [
    'The user name or the password is wrong.',
    'The user can try again. identity-web does not send passwords, so this error comes from a page of the provider or from another program.',
  ],
  AADSTS50105: [
    'The user is not assigned to the application.',
    'Open the application under Enterprise applications. Assign the user under Users and groups. To allow all users instead, set "Assignment required" to "No" under Properties.',
  ],
  AADSTS50020: ['The account does not exist in this tenant.', INVITE],
  AADSTS50034: ['The account was not found in this tenant.', INVITE],
  AADSTS51004: ['The account does not exist in this tenant.', INVITE],
  AADSTS50057: [
    'The account is disabled.',
    'An administrator must enable the account. Until then, each sign-in fails with this error.',
  ],
  AADSTS53000: ['A Conditional Access policy requires a compliant device.', POLICY],
  AADSTS53001: [
    'A Conditional Access policy requires a device that is joined to the domain.',
    POLICY,
  ],
  AADSTS53003: ['A Conditional Access policy blocks the sign-in.', POLICY],
  AADSTS530032: ['A security policy of the tenant blocks the sign-in.', POLICY],
  AADSTS50058: [
    "The user does not have a session at the provider, and prompt: 'none' does not allow a sign-in page.",
    "Sign in without prompt: 'none'.",
  ],
  AADSTS16000: [
    "The user has several accounts, and prompt: 'none' does not allow the provider to ask which account to use.",
    "Set loginHint, or sign in with prompt: 'select_account'.",
  ],
  AADSTS50076: ['A policy requires multi-factor authentication.', MFA],
  AADSTS50078: ['The multi-factor authentication of the user has expired.', MFA],
  AADSTS50079: ['The user must register for multi-factor authentication.', MFA],
  AADSTS50158: ['A policy requires a check by another service.', MFA],
  AADSTS500212: ["A policy of the user's organization does not allow access to this tenant.", PICK],
  AADSTS500213: [
    "The cross-tenant access policy of this tenant does not allow access for the user's organization.",
    'Ask an administrator to allow this access under External Identities, Cross-tenant access settings. Until then, the user must sign in with another account.',
  ],
}
