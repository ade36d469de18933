import type { OperatorHint } from './operator-hint.ts'

const INVITE = 'Invite the account as a guest, or let the user sign in with another one.'
const PICK = "Let the user sign in with another account: a sign-in with prompt: 'select_account'."
const POLICY =
  'Trying again does not help: the administrator finds the policy in the sign-in logs, by the correlation id.'
const MFA = 'Let the request reach a guard: it sends the user to the provider for this step.'

/** What the tenant, its policies or its users decided. */
export const USER_HINTS: Readonly<Record<string, OperatorHint>> = {
  AADSTS65001: {
    cause: 'Nobody has consented to these permissions yet.',
    remedy:
      'Put the scopes on the route or into scopes (IDENTITY_SCOPE), so that the user is asked, or grant admin consent under API permissions.',
  },
  AADSTS65004: {
    cause: 'The user declined to consent.',
    remedy: 'They can try again, or an administrator can consent for everybody.',
  },
  AADSTS90094: {
    cause: 'An administrator has to consent to these permissions.',
    remedy: 'Send an administrator to Grant admin consent under API permissions.',
  },
  AADSTS90095: {
    cause: 'The user was told to ask an administrator for consent.',
    remedy:
      'Let an administrator answer the request under Enterprise applications, Admin consent requests.',
  },
  AADSTS50105: {
    cause: 'The user is not assigned to the application.',
    remedy:
      'Assign them under Enterprise applications, Users and groups, or set Assignment required to No.',
  },
  AADSTS50020: { cause: 'The account does not exist in this tenant.', remedy: INVITE },
  AADSTS50034: { cause: 'There is no such account in this tenant.', remedy: INVITE },
  AADSTS51004: { cause: 'The account does not exist in this tenant.', remedy: INVITE },
  AADSTS50057: {
    cause: 'The account is disabled.',
    remedy: 'An administrator can enable it; until then every try ends like this.',
  },
  AADSTS53000: { cause: 'A policy asks for a compliant device.', remedy: POLICY },
  AADSTS53001: {
    cause: 'A policy asks for a device that is joined to the domain.',
    remedy: POLICY,
  },
  AADSTS53003: { cause: 'A Conditional Access policy blocks the sign-in.', remedy: POLICY },
  AADSTS530032: { cause: 'A security policy of the tenant blocks the sign-in.', remedy: POLICY },
  AADSTS50058: {
    cause: "The user has no session at the provider, and prompt: 'none' forbids to ask.",
    remedy: "Sign in without prompt: 'none'.",
  },
  AADSTS16000: {
    cause: "The user has several accounts, and prompt: 'none' forbids to ask for one.",
    remedy: "Pass loginHint, or sign in with prompt: 'select_account'.",
  },
  AADSTS50076: { cause: 'A policy asks for multi-factor authentication.', remedy: MFA },
  AADSTS50078: { cause: 'The multi-factor authentication is too long ago.', remedy: MFA },
  AADSTS50079: {
    cause: 'The user has to register for multi-factor authentication.',
    remedy: MFA,
  },
  AADSTS50158: { cause: 'A policy asks for a check by another service.', remedy: MFA },
  AADSTS500212: {
    cause: "A policy of the user's own organization forbids access to this tenant.",
    remedy: PICK,
  },
  AADSTS500213: {
    cause: "The cross-tenant access policy of this tenant does not let the user's organization in.",
    remedy:
      'Let an administrator allow it under External Identities, Cross-tenant access settings, or use another account.',
  },
}
