import { IdentityError } from '../errors.ts'
import type { AccessToken, SessionTokens } from '../tokens.ts'
import type { Session } from './session.ts'

/**
 * The length that both cookies may have together. Servers reject requests whose headers exceed 8 kB (nginx) or 16 kB
 * (Node.js).
 */
const BUDGET_CHARACTERS = 7500
/** The versions, IVs and authentication tags of both cookies. */
const ENCRYPTION_BYTES = 58

const encoder = new TextEncoder()
const sizeOf = (value: unknown): number => encoder.encode(JSON.stringify(value)).length

/**
 * Removes access tokens until the session and its tokens fit into the cookies.
 *
 * The token that expires first is removed first. The newest access token stays. Without a refresh token, all access
 * tokens stay, because the provider could not issue them again.
 *
 * @throws IdentityError `session_too_large` if the rest does not fit. The message contains the name of the largest part.
 */
export function fitBudget(session: Session, tokens: SessionTokens): SessionTokens {
  const fits = (candidate: SessionTokens): boolean =>
    ((sizeOf(session) + sizeOf(candidate) + ENCRYPTION_BYTES) * 4) / 3 <= BUDGET_CHARACTERS

  let fitting = tokens
  while (!fits(fitting)) {
    const removable = tokens.refreshToken === undefined ? [] : fitting.access.slice(0, -1)
    const first = soonestToExpire(removable)
    if (first === undefined) throw sessionTooLarge(session, fitting)
    fitting = { ...fitting, access: fitting.access.filter((token) => token !== first) }
  }
  return fitting
}

function soonestToExpire(tokens: readonly AccessToken[]): AccessToken | undefined {
  return tokens.reduce<AccessToken | undefined>(
    (soonest, token) =>
      soonest === undefined || token.expiresAt < soonest.expiresAt ? token : soonest,
    undefined,
  )
}

function sessionTooLarge(session: Session, tokens: SessionTokens): IdentityError {
  const parts: [name: string, size: number][] = [
    ['the user that onLogin returned', session.user === undefined ? 0 : sizeOf(session.user)],
    ...Object.entries(session.claims).map(([name, value]): [string, number] => [
      `the claim "${name}"`,
      sizeOf(value),
    ]),
    ['the refresh token', sizeOf(tokens.refreshToken ?? '')],
    ['the ID token', sizeOf(tokens.idToken ?? '')],
    ...tokens.access.map(({ resource, token }): [string, number] => [
      `the access token for ${resource || 'the default API'}`,
      sizeOf(token),
    ]),
  ]
  const [name, size] = parts.reduce((largest, part) => (part[1] > largest[1] ? part : largest))
  return new IdentityError(
    'session_too_large',
    `The session does not fit into its cookies (${BUDGET_CHARACTERS} characters). The largest part is ${name} with ${size} bytes.`,
    {
      hint: `Make ${name} smaller. For example, request fewer claims in the token configuration, or return a smaller user from onLogin. You can also keep sessions in a store with Auth({ session: { store } }).`,
    },
  )
}
