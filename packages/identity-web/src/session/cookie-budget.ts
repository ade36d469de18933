// Leaves out parts of a session that do not fit into cookies.
import { IdentityError } from '../errors.ts'
import type { AccessToken, SessionTokens } from '../tokens.ts'
import { withoutOtherClaims, type GuardedClaims, type Session } from './session.ts'

/**
 * The maximum length of both cookies together, in characters. Servers reject requests whose headers exceed 8 kB (nginx)
 * or 16 kB (Node.js).
 */
export const BUDGET_CHARACTERS = 7500
/** The number of bytes that the versions, IVs and authentication tags of both cookies need. */
const ENCRYPTION_BYTES = 58

const encoder = new TextEncoder()
const sizeOf = (value: unknown): number => encoder.encode(JSON.stringify(value)).length

/** The data in the cookie with the tokens. */
export interface CookieTokens extends SessionTokens {
  /** The ID of the session that the tokens belong to. */
  readonly of: string
}

/** The parts that did not fit when a session was stored. */
export interface LeftOut {
  /** The names of the parts, for the log. */
  readonly parts: readonly string[]
  /** The session's largest part, with its size and advice for the operator. */
  readonly cause: IdentityError
}

/** A session and its tokens that fit into the cookies. */
export interface FittingSession {
  readonly session: Session
  readonly tokens: SessionTokens
  /** The parts that were left out. Not set if only surplus access tokens were left out. */
  readonly leftOut?: LeftOut | undefined
}

/** A part that a session can do without, and how to remove it. */
interface RemovablePart {
  readonly name: string
  remove(from: FittingSession): FittingSession
}

const NO_GUARDS: GuardedClaims = { names: new Set(), hasFunction: false }

// The most useful part first. The last ones can be fetched again, or are missed only at the sign-out.
const removableParts = (guarded: GuardedClaims): readonly RemovablePart[] => [
  {
    name: 'the claims that guards do not use',
    remove: ({ session, tokens }) => ({ session: withoutOtherClaims(session, guarded), tokens }),
  },
  {
    name: 'access tokens',
    // Without a refresh token, the provider could not issue them again without the user.
    remove: ({ session, tokens }) => ({
      session,
      tokens: tokens.refreshToken === undefined ? tokens : { ...tokens, access: [] },
    }),
  },
  {
    name: 'the groups that were looked up',
    remove({ session, tokens }) {
      const { memberships: _, ...rest } = session
      return { session: rest, tokens }
    },
  },
  {
    name: 'the ID token for the sign-out at the provider',
    remove({ session, tokens }) {
      const { idToken: _, ...rest } = tokens
      return { session, tokens: rest }
    },
  },
]

/**
 * Leaves out parts, so that a session and its tokens fit into the cookies.
 *
 * First, it removes surplus access tokens in the order in which they expire, but keeps the newest one the longest.
 * Without a refresh token, all access tokens stay. If the rest does not fit, it keeps the claims if possible. Then it
 * keeps the newest access token, the looked-up groups and the ID token, in this order, if there is room for them.
 *
 * @returns The same `tokens` object if they all fit.
 * @throws IdentityError `session_too_large` if the rest does not fit. The message names the largest part.
 */
export function fitBudget(
  session: Session,
  tokens: SessionTokens,
  guarded: GuardedClaims = NO_GUARDS,
): FittingSession {
  const parts = removableParts(guarded)
  const given: FittingSession = { session, tokens }
  const newest = withoutSurplus(given)
  if (fits(newest)) return newest
  const smallest = without(newest, parts)
  if (!fits(smallest)) throw sessionTooLarge(smallest)
  let removed = parts
  for (const part of parts) {
    const fewer = removed.filter((other) => other !== part)
    if (fits(without(newest, fewer))) removed = fewer
  }
  return {
    // There can be room for surplus access tokens now.
    ...withoutSurplus(without(given, removed)),
    leftOut: { parts: removed.map(({ name }) => name), cause: sessionTooLarge(given) },
  }
}

function without(whole: FittingSession, parts: readonly RemovablePart[]): FittingSession {
  return parts.reduce((rest, { remove }) => remove(rest), whole)
}

function fits({ session, tokens }: FittingSession): boolean {
  const stored: CookieTokens = { ...tokens, of: session.id }
  return ((sizeOf(session) + sizeOf(stored) + ENCRYPTION_BYTES) * 4) / 3 <= BUDGET_CHARACTERS
}

/** Removes all access tokens except the newest one. The removed tokens are requested again when they are needed. */
function withoutSurplus({ session, tokens }: FittingSession): FittingSession {
  let fitting = tokens
  while (!fits({ session, tokens: fitting })) {
    const removable = tokens.refreshToken === undefined ? [] : fitting.access.slice(0, -1)
    const first = soonestToExpire(removable)
    if (first === undefined) break
    fitting = { ...fitting, access: fitting.access.filter((token) => token !== first) }
  }
  return { session, tokens: fitting }
}

function soonestToExpire(tokens: readonly AccessToken[]): AccessToken | undefined {
  return tokens.reduce<AccessToken | undefined>(
    (soonest, token) =>
      soonest === undefined || token.expiresAt < soonest.expiresAt ? token : soonest,
    undefined,
  )
}

function sessionTooLarge({ session, tokens }: FittingSession): IdentityError {
  const parts: [name: string, size: number][] = [
    ['the user that onLogin returned', session.user === undefined ? 0 : sizeOf(session.user)],
    ...Object.entries(session.claims).map(([name, value]): [string, number] => [
      `the claim "${name}"`,
      sizeOf(value),
    ]),
    ['the groups that were looked up', sizeOf(session.memberships ?? '')],
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
    `The session does not fit into its cookies (${BUDGET_CHARACTERS} characters). The largest part (${size} bytes) is ${name}.`,
    {
      hint: `Make ${name} smaller. For example, request fewer claims in the token configuration, or return a smaller user from onLogin. To allow larger sessions, set the option session.store, for example Auth({ session: { store: redisStore(client) } }).`,
    },
  )
}
