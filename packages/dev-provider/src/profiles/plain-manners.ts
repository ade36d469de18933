import type { IssuerProfile } from './issuer-profile.js'
import { pairwiseSubject } from './subject.js'

/** The behavior that most issuers share. A profile starts with it and overrides the differences. */
export const plainManners: Pick<
  IssuerProfile,
  | 'accessTokenHeader'
  | 'asksConsent'
  | 'hasOwnAccounts'
  | 'homeAccount'
  | 'journey'
  | 'keyUses'
  | 'ownError'
  | 'sendsLogoutTokens'
  | 'shapeTokens'
  | 'subjectOf'
> = {
  journey: { kind: 'sign-in', offers: [] },
  hasOwnAccounts: false,
  asksConsent: true,
  keyUses: ['main'],
  sendsLogoutTokens: false,
  subjectOf: pairwiseSubject,
  homeAccount: ({ oid, tenant }) => ({ uid: oid, utid: tenant }),
  accessTokenHeader: () => ({}),
  shapeTokens: (body) => body,
  ownError: (error) => error,
}
