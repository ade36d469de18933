import type { AuthorityKind, Clock, IssuingAuthority } from '../../authority/index.ts'
import type { Audiences } from './audience.ts'

/** The issuers whose tokens an API accepts. */
export interface Issuers {
  readonly main: IssuingAuthority
  /** Entra ID: the issuer of version 1 tokens. */
  readonly version1: IssuingAuthority | undefined
  /** Azure AD B2C: the issuers of the other user flows that sign users in, such as the password reset. */
  readonly userFlows: readonly IssuingAuthority[]
}

/** The rules that an access token must satisfy. */
export interface TokenRules {
  readonly kind: AuthorityKind
  readonly issuers: Issuers
  readonly audiences: Audiences
  /** Returns the Unix time in seconds. */
  readonly now: () => number
  /** Returns the clock for the times of tokens. */
  readonly clock: () => Clock
}
