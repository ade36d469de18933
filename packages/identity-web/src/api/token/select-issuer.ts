import { isForMany, isIssuer, mayIssue, type ProviderMetadata } from '../../authority/index.ts'
import { createRecentCache, getOrCreate } from '../../caches.ts'
import { configurationError } from '../../errors.ts'
import { andThen, isThenable, type MaybePromise } from '../../maybe-promise.ts'
import { overlapMessage } from '../../options/resolve-api.ts'
import { quote } from '../../text.ts'
import { atIssuer, rejectAccessToken, type TokenRules } from './rules.ts'

/** The claims that select the issuer of a token. */
interface SelectingClaims {
  readonly iss?: unknown
  readonly aud?: unknown
}

/** Tokens of an authority for many tenants have as many issuers. */
const MAX_KNOWN_ISSUERS = 200

/**
 * Creates the function that selects the issuer of a token: by the claim `iss`, and then by `aud`. If both belong to
 * several
 * issuers, their metadata decide, and an issuer for one tenant takes the tokens of its tenant from one for many
 * tenants.
 *
 * The claims are not verified. Only the selected issuer judges the token, so forged claims select an issuer that
 * rejects it.
 *
 * @throws IdentityError `invalid_token` for an unknown issuer. `configuration` if several issuers accept the same
 * tokens.
 *   `provider_unavailable` if the metadata that must decide were never fetched, and the provider does not respond.
 */
export function createIssuerSelection<Issuer extends TokenRules>(
  all: readonly [Issuer, ...Issuer[]],
): (claims: SelectingClaims) => MaybePromise<Issuer> {
  const [only, ...others] = all
  if (others.length === 0) return () => only
  const known = createRecentCache<readonly Issuer[]>(MAX_KNOWN_ISSUERS)
  const findAll = (iss: string): readonly Issuer[] =>
    all.filter(({ options, issuers }) =>
      [options.authority, ...issuers.userFlows.map(({ authority }) => authority)].some(
        (authority) => mayIssue(authority, iss),
      ),
    )

  function select({ iss, aud }: SelectingClaims): MaybePromise<Issuer> {
    const named = typeof iss === 'string' ? getOrCreate(known, iss, () => findAll(iss)) : []
    const [first] = named
    const found = first === undefined ? all.filter(isAdfs) : named
    const accepting =
      found.length === 1 ? found : found.filter(({ audiences }) => audiences.isForApi(aud))
    return first === undefined || accepting.length > 1
      ? selectByMetadata(accepting, { iss, aud })
      : (accepting[0] ?? first)
  }

  const rivals = new Map(
    all.map((issuer) => [issuer, all.filter((other) => sharesAudience(issuer, other))]),
  )
  const checked = (selected: Issuer): Issuer => {
    assertOnlyOne(selected, rivals.get(selected) ?? [])
    return selected
  }
  return (claims) => andThen(select(claims), checked)
}

function sharesAudience({ options }: TokenRules, other: TokenRules): boolean {
  return overlapMessage(options, other.options) !== undefined
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

/** Two issuers that accept the same tokens are unavailable until a developer corrects the settings. The others work. */
function assertDifferent([first, second]: readonly [TokenRules, TokenRules], iss: string): void {
  const message = overlapMessage(first.options, second.options, iss)
  if (message !== undefined) throw Object.assign(configurationError(message), { status: 503 })
}

const isAdfs = ({ options }: TokenRules): boolean => options.authority.kind === 'adfs'

/** Selects one of several issuers by their metadata, which are fetched if they are not cached. */
function selectByMetadata<Issuer extends TokenRules>(
  candidates: readonly Issuer[],
  { iss, aud }: SelectingClaims,
): MaybePromise<Issuer> {
  const pick = (are: readonly unknown[]): Issuer => {
    const found = candidates.filter((_, index) => are[index] === true)
    const ofOneTenant = found.filter(({ options }) => !isForMany(options.authority))
    const [first, second] = ofOneTenant.length > 0 ? ofOneTenant : found
    if (first === undefined) {
      throw rejectAccessToken(`its issuer is ${quote(iss)}, which this API does not accept`)
    }
    if (second === undefined) return first
    assertDifferent([first, second], String(iss))
    throw rejectAccessToken('its audiences belong to several issuers of this API')
  }
  const answers = candidates.map((candidate) => isIssuerOf(candidate, { iss, aud }))
  return answers.some(isThenable) ? allOf(answers).then(pick) : pick(answers)
}

async function allOf(values: readonly unknown[]): Promise<unknown[]> {
  return Promise.all(values.map(async (value) => value))
}

/**
 * Returns whether the metadata of one of the issuers contains the issuer of a token. At AD FS, only the metadata can decide
 * that: an administrator can change the issuer to any URI (`Set-AdfsProperties -Identifier`), so its host proves nothing.
 */
function isIssuerOf(
  { audiences, issuers, options }: TokenRules,
  { iss, aud }: SelectingClaims,
): MaybePromise<boolean> {
  if (typeof iss !== 'string') return false
  const { main, version1, userFlows } = issuers
  const isMain = version1 === undefined && mayIssue(main.authority, iss)
  const others = isMain ? [] : [version1, ...userFlows].filter((other) => other !== undefined)
  const issuing = others.find(({ authority }) => mayIssue(authority, iss)) ?? main
  const metadata: MaybePromise<ProviderMetadata | undefined> =
    issuing.cachedMetadata() ??
    (audiences.isForApi(aud)
      ? atIssuer(options.name, () => issuing.metadata())
      : // A token with another audience is rejected in any case, also if the provider does not respond.
        issuing.metadata().catch(() => undefined))
  return andThen(metadata, (known) =>
    options.authority.kind === 'adfs'
      ? (known?.access_token_issuer ?? known?.issuer) === iss
      : known !== undefined && isIssuer(known, iss),
  )
}
