import * as judges from './judges.ts'
import type { ConformanceModule } from './module.ts'
import type { ProviderScript, TokenClaims } from '../support/scripted-provider/script.ts'
import { signIn } from './walks.ts'

const SIGNED_IN = { status: 200, isSignedIn: true }
const REJECTED = { status: 401, isSignedIn: false }

/** A module whose provider follows the specifications. */
const accepted = (
  name: string,
  checks: string,
  script: ProviderScript = {},
): ConformanceModule => ({
  name: `oidcc-client-test${name}`,
  checks,
  script,
  walk: signIn,
  judge: judges.callsUserInfo,
  outcome: SIGNED_IN,
})

/** A module whose ID token must be rejected. */
const rejected = (name: string, checks: string, script: ProviderScript): ConformanceModule => ({
  name: `oidcc-client-test${name}`,
  checks,
  script,
  walk: signIn,
  judge: judges.stopsBeforeUserInfo,
  outcome: REJECTED,
})

/** Returns a script that changes claims of the ID token of a sign-in. */
const withClaims = (changes: TokenClaims): ProviderScript => ({
  changeIdToken: (claims) => ({ ...claims, ...changes }),
})

export const success = accepted('', 'The user signs in, and the application calls UserInfo.')

export const invalidIss = rejected(
  '-invalid-iss',
  'The application rejects an ID token of another issuer.',
  withClaims({ iss: 'https://another.example/' }),
)

export const missingSub = rejected(
  '-missing-sub',
  'The application rejects an ID token without `sub`.',
  withClaims({ sub: undefined }),
)

export const invalidAud = rejected(
  '-invalid-aud',
  'The application rejects an ID token for another application.',
  withClaims({ aud: 'another-application' }),
)

export const missingAud = rejected(
  '-missing-aud',
  'The application rejects an ID token without `aud`.',
  withClaims({ aud: undefined }),
)

export const missingIat = rejected(
  '-missing-iat',
  'The application rejects an ID token without `iat`.',
  withClaims({ iat: undefined }),
)

export const nonceInvalid = rejected(
  '-nonce-invalid',
  'The application rejects an ID token with the nonce of another sign-in.',
  withClaims({ nonce: 'another-nonce' }),
)

export const kidAbsentSingle = accepted(
  '-kid-absent-single-jwks',
  'The application verifies an ID token without `kid` if one key of the provider matches.',
  { hasKids: false, rsaKeys: 1 },
)

export const kidAbsentMultiple = accepted(
  '-kid-absent-multiple-jwks',
  'The application tries each matching key for an ID token without `kid`. It may also reject the token.',
  { hasKids: false, rsaKeys: 3 },
)

export const signedWithRs256 = accepted(
  '-idtoken-sig-rs256',
  'The application accepts an ID token that is signed with RS256.',
  { signing: 'RS256' },
)

export const unsigned: ConformanceModule = {
  ...rejected(
    '-idtoken-sig-none',
    'The application rejects an ID token without a signature. It may also accept the token.',
    { signing: 'none' },
  ),
  judge: judges.mayStopBeforeUserInfo,
}

const wrongSignature = (algorithm: 'RS256' | 'ES256' | 'HS256'): ConformanceModule =>
  rejected(
    `-invalid-sig-${algorithm.toLowerCase()}`,
    `The application rejects an ID token with a wrong ${algorithm} signature.`,
    { signing: algorithm, hasWrongSignature: true },
  )

export const wrongRs256 = wrongSignature('RS256')
export const wrongEs256 = wrongSignature('ES256')
export const wrongHs256 = wrongSignature('HS256')
