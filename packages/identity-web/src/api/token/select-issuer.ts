// Selects the only issuer that may judge a token.
import { isForMany, isIssuer, mayIssue, type IssuingAuthority } from '../../authority/index.ts'
import { createRecentCache, getOrCreate } from '../../caches.ts'
import { configurationError } from '../../errors.ts'
import { andThen, type MaybePromise } from '../../maybe-promise.ts'
import { overlapMessage } from '../../options/resolve-api.ts'
import { quote } from '../../text.ts'
import { atIssuer, rejectAccessToken, type TokenRules } from './rules.ts'

/** An issuer that may have issued a token, and its authority that has this `iss`. */
interface Candidate<Issuer> {
  readonly issuer: Issuer
  readonly issuing: IssuingAuthority
}

type UnverifiedClaims = Readonly<Record<string, unknown>>

/** Tokens from an authority for many tenants have as many issuers, and forged tokens can contain long ones. */
const MAX_KNOWN_ISSUERS = 200

/**
 * Creates the function that selects a token's issuer by the claim `iss`, and then by `aud`. If both belong to several
 * issuers, their metadata decide, and an issuer for one tenant takes its tenant's tokens from one for many tenants.
 *
 * The claims are not verified, but only the selected issuer judges the token, so forged claims select an issuer that
 * rejects it.
 *
 * @throws IdentityError `invalid_token` for an unknown issuer. `configuration` if several issuers accept the same tokens.
 *   `provider_unavailable` if the metadata that must decide were never fetched, and the provider does not respond.
 */
export function createIssuerSelection<Issuer extends TokenRules>(
  all: readonly [Issuer, ...Issuer[]],
): (claims: UnverifiedClaims) => MaybePromise<Issuer> {
  const [only, ...others] = all
  if (others.length === 0) return () => only
  const known = createRecentCache<readonly Candidate<Issuer>[]>(MAX_KNOWN_ISSUERS)
  const findAll = (iss: string): readonly Candidate<Issuer>[] =>
    all.flatMap((issuer) => {
      const { main, version1, userFlows } = issuer.issuers
      const issuing = [main, version1, ...userFlows].find(
        (one) => one && mayIssue(one.authority, iss),
      )
      return issuing === undefined ? [] : [{ issuer, issuing }]
    })
  // Only their metadata contain their `iss`, which an administrator can set to any URI (`Set-AdfsProperties -Identifier`).
  const servers = all
    .filter(({ options }) => options.authority.kind === 'adfs')
    .map((issuer) => ({ issuer, issuing: issuer.issuers.main }))

  function select({ iss, aud }: UnverifiedClaims): MaybePromise<Issuer> {
    const found = typeof iss === 'string' ? getOrCreate(known, iss, () => findAll(iss)) : []
    const candidates = found.length > 0 ? found : servers
    const accepting = candidates.filter(({ issuer }) => issuer.audiences.isForApi(aud))
    const likely = accepting.length > 0 ? accepting : candidates
    const [first] = likely
    const isClear = found.length > 0 && accepting.length < 2
    return isClear && first ? first.issuer : selectByMetadata(likely, { iss, aud })
  }

  return (claims) =>
    andThen(select(claims), (selected) => {
      assertOnlyOne(selected, all)
      return selected
    })
}

/**
 * @throws IdentityError `configuration` if another issuer accepts the same tokens, as far as their metadata are known.
 */
export function assertOnlyOne(issuer: TokenRules, all: readonly TokenRules[]): void {
  const iss = issuer.issuers.main.cachedMetadata()?.issuer
  for (const other of all) {
    const isSame = other !== issuer && other.issuers.main.cachedMetadata()?.issuer === iss
    if (isSame && iss !== undefined) assertDifferent([issuer, other], iss)
  }
}

/** Two issuers that accept the same tokens are unavailable until a developer fixes the settings, but the others work. */
function assertDifferent([first, second]: readonly [TokenRules, TokenRules], iss: string): void {
  const message = overlapMessage(first.options, second.options, iss)
  if (message !== undefined) throw Object.assign(configurationError(message), { status: 503 })
}

/** Selects one of several issuers by their metadata, which are fetched if they are not cached. */
async function selectByMetadata<Issuer extends TokenRules>(
  candidates: readonly Candidate<Issuer>[],
  claims: UnverifiedClaims,
): Promise<Issuer> {
  const { iss } = claims
  const are = await Promise.all(candidates.map((candidate) => isIssuerOf(candidate, claims)))
  const found = candidates.filter((_, index) => are[index]).map(({ issuer }) => issuer)
  const ofOneTenant = found.filter(({ options }) => !isForMany(options.authority))
  const [first, second] = ofOneTenant.length > 0 ? ofOneTenant : found
  if (first === undefined) {
    throw rejectAccessToken('issuer', `its issuer is ${quote(iss)}, which this API does not accept`)
  }
  if (second === undefined) return first
  assertDifferent([first, second], String(iss))
  throw rejectAccessToken('audience', 'its audiences belong to several issuers of this API')
}

/** Returns whether a candidate's metadata contain a token's issuer. */
async function isIssuerOf(
  { issuer: { audiences, options }, issuing }: Candidate<TokenRules>,
  { iss, aud }: UnverifiedClaims,
): Promise<boolean> {
  try {
    const fetchMetadata = () => atIssuer(options.name, () => issuing.metadata())
    const metadata = issuing.cachedMetadata() ?? (await fetchMetadata())
    return options.authority.kind === 'adfs'
      ? (metadata.access_token_issuer ?? metadata.issuer) === iss
      : isIssuer(metadata, String(iss))
  } catch (error) {
    // A token with another audience is rejected in any case, so it must not depend on a provider that does not respond.
    if (audiences.isForApi(aud)) throw error
    return false
  }
}
