import type { IssuerProfile } from './issuer-profile.js'
import { pairwiseSubject } from './subject.js'

/** The behavior that most issuers share. A profile starts with it and overrides the differences. */
export const defaultTraits: Pick<
  IssuerProfile,
  | 'accessTokenHeader'
  | 'asksConsent'
  | 'asksSignInConsent'
  | 'hasCustomerAccounts'
  | 'hasMicrosoftClients'
  | 'homeAccount'
  | 'ignoresLoopbackPort'
  | 'journey'
  | 'keyUses'
  | 'translateError'
  | 'sendsLogoutTokens'
  | 'shapeTokens'
  | 'subjectOf'
> = {
  journey: { kind: 'sign-in', offers: [] },
  hasCustomerAccounts: false,
  hasMicrosoftClients: false,
  ignoresLoopbackPort: false,
  asksConsent: true,
  asksSignInConsent: false,
  keyUses: ['main'],
  sendsLogoutTokens: false,
  subjectOf: pairwiseSubject,
  homeAccount: ({ oid, tenant }) => ({ uid: oid, utid: tenant }),
  accessTokenHeader: () => ({}),
  shapeTokens: (body) => body,
  translateError: (error) => error,
}
