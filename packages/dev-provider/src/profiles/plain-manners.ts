import type { IssuerProfile } from './issuer-profile.js'
import { pairwiseSubject } from './subject.js'

/** What most issuers have in common; a profile starts from it and says what it does otherwise. */
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
