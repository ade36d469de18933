import type { AuthorityKind, IssuingAuthority } from '../../authority/index.ts'
import type { Audiences } from './audience.ts'

/** The issuers of one authority's tokens. */
export interface Issuers {
  readonly main: IssuingAuthority
  /** Entra ID: of version 1 tokens. */
  readonly version1: IssuingAuthority | undefined
  /** Azure AD B2C: those of other user flows that sign users in, as the one that resets passwords does. */
  readonly userFlows: readonly IssuingAuthority[]
}

/** What access tokens are held against. */
export interface TokenRules {
  readonly kind: AuthorityKind
  readonly issuers: Issuers
  readonly audiences: Audiences
  /** Unix time in seconds. */
  readonly now: () => number
}
