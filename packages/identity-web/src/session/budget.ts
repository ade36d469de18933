import { IdentityError } from '../errors.ts'
import type { AccessToken, SessionTokens } from '../tokens.ts'
import type { Session } from './session.ts'

/** What both cookies may take. Servers refuse the headers of a request from 8 kB on (nginx) or 16 kB (Node.js). */
const BUDGET_CHARACTERS = 7500
/** Two versions, IVs and tags. */
const SEAL_BYTES = 58

const encoder = new TextEncoder()
const sizeOf = (value: unknown): number => encoder.encode(JSON.stringify(value)).length

/**
 * Makes the tokens fit into the cookies: access tokens that can be had again are dropped, those that
 * expire first before the others; the one that came last stays.
 *
 * @throws IdentityError `session_too_large` when the rest doesn't fit either; it names the largest part.
 */
export function fitBudget(session: Session, tokens: SessionTokens): SessionTokens {
  const fits = (candidate: SessionTokens): boolean =>
    ((sizeOf(session) + sizeOf(candidate) + SEAL_BYTES) * 4) / 3 <= BUDGET_CHARACTERS

  let fitting = tokens
  while (!fits(fitting)) {
    const droppable = tokens.refreshToken === undefined ? [] : fitting.access.slice(0, -1)
    const first = soonestToExpire(droppable)
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
    `The session doesn't fit into its cookies (${BUDGET_CHARACTERS} characters). The largest part is ${name} with ${size} bytes.`,
    {
      hint: `Make ${name} smaller (fewer claims in the token configuration, a smaller result of onLogin), or keep sessions in a store: Auth({ session: { store } }).`,
    },
  )
}
