import { isSameSubject, type VerifiedClaims } from '../../authority/index.ts'
import { random } from '../../base64.ts'
import { addAccessToken, toAccessToken, type OAuthClient, type SignIn } from '../../client/index.ts'
import type { Claims, Session } from '../../session/index.ts'
import { NO_TOKENS, type SessionTokens } from '../../tokens.ts'
import type { LoginTokens } from '../options/options.ts'
import type { WebRuntime } from '../runtime/runtime.ts'
import type { Transaction } from '../runtime/transaction.ts'
import { stepUpsSince } from './step-up.ts'

// Of no use after the checks, or Microsoft's own ("internal claim … should be ignored"): they would only fill
// the cookie.
const DROPPED = new Set(['nonce', 'at_hash', 'c_hash', 's_hash', 'aio', 'rh'])

/** The claims that a session keeps. */
export function toClaims(verified: VerifiedClaims): Claims {
  return Object.fromEntries(
    Object.entries(verified).filter(([name]) => !DROPPED.has(name)),
  ) as unknown as Claims
}

// What belongs to the sign-in does not change by a refresh, and a refreshed token need not say it again.
const KEPT_AT_REFRESH = ['auth_time', 'acrs', 'sid', 'login_hint']

/** The claims of a session that goes on by a refreshed ID token. */
export function renewedClaims(before: Claims, verified: VerifiedClaims): Claims {
  const kept = Object.entries(before).filter(([name]) => KEPT_AT_REFRESH.includes(name))
  return { ...Object.fromEntries(kept), ...toClaims(verified) }
}

/** The tokens of a sign-in, as `onLogin` gets them. */
export function loginTokens(
  { response, idToken }: SignIn,
  refreshToken: string | undefined = response.refreshToken,
): LoginTokens {
  return {
    accessToken: response.accessToken,
    idToken,
    ...(refreshToken !== undefined && { refreshToken }),
  }
}

/** What a session begins with. */
export interface SessionStart {
  readonly signIn: SignIn
  readonly transaction: Pick<Transaction, 'userFlow' | 'stepUpFor'>
  /** With the session of before, if there is one. */
  readonly cookieHeader: string
}

/**
 * The session that a sign-in begins: always under a new id. The same user's tokens for other APIs come along;
 * of another user's session nothing is left.
 */
export async function newSession<User>(
  runtime: WebRuntime<User>,
  { signIn, transaction: { userFlow, stepUpFor }, cookieHeader }: SessionStart,
): Promise<{ readonly session: Session; readonly tokens: SessionTokens }> {
  const { options, now } = runtime
  const { client } = runtime.clientOf(userFlow)
  const claims = toClaims(signIn.claims)
  const previous = await sessionOfSameUser(runtime, claims, cookieHeader)
  // A refresh token of Azure AD B2C is good at its own user flow only (AADB2C90088).
  const before =
    previous?.userFlow === userFlow && previous !== undefined
      ? await runtime.sessions.readTokens(cookieHeader, previous)
      : NO_TOKENS
  // Some providers give a refresh token at the first consent only.
  const refreshToken = signIn.response.refreshToken ?? before.refreshToken
  const user = await options.onLogin?.(claims, loginTokens(signIn, refreshToken))
  const time = now()
  const session: Session = {
    id: random(16),
    ...(user !== undefined && user !== null && { user }),
    claims,
    startedAt: time,
    touchedAt: time,
    ...(refreshToken !== undefined && { renewAt: signIn.claims.exp }),
    ...(userFlow !== undefined && { userFlow }),
    ...(stepUpFor !== undefined && { steppedUpFor: stepUpsSince(previous, stepUpFor, time) }),
  }
  const token = toAccessToken(client, signIn.response, signIn.asked)
  // Without a scope of an API, Entra ID's access token opens nothing.
  const isOfUse = signIn.asked.names.length > 0 || !client.traits.prefixedScopes
  const tokens: SessionTokens = {
    revision: 0,
    ...(refreshToken !== undefined && { refreshToken }),
    ...((await needsIdToken(client, claims)) && { idToken: signIn.idToken }),
    access: isOfUse ? addAccessToken(before.access, token, time) : before.access,
  }
  return { session, tokens }
}

async function sessionOfSameUser<User>(
  { sessions }: WebRuntime<User>,
  claims: Claims,
  cookieHeader: string,
): Promise<Session | undefined> {
  const before = await sessions.read(cookieHeader)
  return before?.claims.iss === claims.iss && isSameSubject(before.claims, claims)
    ? before
    : undefined
}

// It would be half of the cookie, so it is kept only where sign-out needs it as a hint.
async function needsIdToken(client: OAuthClient, claims: Claims): Promise<boolean> {
  const { end_session_endpoint: endpoint } = await client.issuing.metadata()
  return endpoint !== undefined && client.traits.idTokenHint && claims['login_hint'] === undefined
}
