// The session of a sign-in: new, or with more tokens.
import { isSameSubject } from '../../authority/index.ts'
import { random } from '../../base64.ts'
import { addAccessToken, type OAuthClient, type SignIn } from '../../client/index.ts'
import {
  startTimes,
  toClaims,
  type Claims,
  type Session,
  type SessionStrategy,
} from '../../session/index.ts'
import { NO_TOKENS, type SessionTokens, type LoginTokens } from '../../tokens.ts'
import type { Transaction } from '../runtime/transaction.ts'
import { callOnLogin, toHttpRequest } from '../users/call-on-login.ts'
import type { RouteRequest } from '../http/routes.ts'
import { addStepUp } from './step-up.ts'
import type { UserServices } from '../users/services.ts'

/** Returns the tokens of a sign-in for `onLogin`. */
export function toLoginTokens(
  { response, idToken }: SignIn,
  refreshToken: string | undefined = response.refreshToken,
): LoginTokens {
  return {
    accessToken: response.accessToken,
    idToken,
    ...(refreshToken !== undefined && { refreshToken }),
  }
}

/** The verified sign-in that a session starts with. */
export interface SessionStart {
  readonly signIn: SignIn
  readonly transaction: Pick<Transaction, 'userFlow' | 'stepUpFor'>
  /** The request that completes the sign-in. Its cookies contain the previous session, if there is one. */
  readonly request: RouteRequest
}

/**
 * Creates the session of a sign-in. The session always gets a new id. If the previous session belongs to the same user,
 * its tokens for other APIs are kept. Otherwise, the previous session is dropped.
 */
export async function newSession<User>(
  services: UserServices<User>,
  { signIn, transaction: { userFlow, stepUpFor }, request }: SessionStart,
): Promise<{ readonly session: Session; readonly tokens: SessionTokens }> {
  const { now, sessions, provider } = services
  const { cookieHeader } = request
  const { client } = provider.byUserFlow.get(userFlow) ?? provider
  const claims = toClaims(signIn.claims)
  const previous = await readSameUser(sessions, claims, cookieHeader)
  // A refresh token of Azure AD B2C works at its own user flow only (AADB2C90088).
  const previousTokens =
    previous?.userFlow === userFlow && previous !== undefined
      ? await sessions.readTokens(cookieHeader, previous)
      : NO_TOKENS
  // Some providers return a refresh token only at the first consent.
  const refreshToken = signIn.response.refreshToken ?? previousTokens.refreshToken
  const session = await createSession(services, {
    start: { signIn, transaction: { userFlow, stepUpFor }, request },
    claims,
    previous,
    refreshToken,
  })
  // If no scope of an API was requested, the access token of Entra ID cannot be used at any API.
  const isUsable = signIn.requested.names.length > 0 || !client.traits.prefixedScopes
  const { resourceIndicator, token } = signIn
  const kept = resourceIndicator === previousTokens.resourceIndicator ? previousTokens.access : []
  const tokens: SessionTokens = {
    revision: 0,
    ...(refreshToken !== undefined && { refreshToken }),
    ...((await needsIdToken(client, claims)) && { idToken: signIn.idToken }),
    ...(resourceIndicator !== undefined && { resourceIndicator }),
    access: isUsable ? addAccessToken(kept, token, now()) : kept,
  }
  return { session, tokens }
}

/** The values of a new session that its {@link SessionStart} does not contain. */
export interface SessionOrigin {
  readonly start: SessionStart
  /** The claims of the ID token that the session keeps. */
  readonly claims: Claims
  /** The previous session of the same user in this browser. */
  readonly previous?: Session | undefined
  readonly refreshToken: string | undefined
}

/** Calls `onLogin` and creates the session of the user. */
export async function createSession<User>(
  services: UserServices<User>,
  { start, claims, previous, refreshToken }: SessionOrigin,
): Promise<Session> {
  const { signIn, transaction, request } = start
  const { userFlow, stepUpFor } = transaction
  const { hooks, now, sessions } = services
  const { userInfoClaims = [] } = signIn
  const user =
    hooks.onLogin === undefined
      ? undefined
      : await callOnLogin(services, claims, {
          tokens: toLoginTokens(signIn, refreshToken),
          request: toHttpRequest(request),
        })
  const time = now()
  const userAgent = sessions.isListed === true ? request.header('user-agent') : undefined
  return {
    id: random(16),
    ...(user !== undefined && { user }),
    ...(hooks.onRefresh && { userCheckedAt: time }),
    claims,
    ...(userInfoClaims.length > 0 && { userInfoClaims }),
    ...startTimes(sessions.lifetimes, time),
    ...(refreshToken !== undefined && { renewAt: signIn.claims.exp }),
    ...(userFlow !== undefined && { userFlow }),
    ...(userAgent !== undefined && { userAgent: userAgent.slice(0, MAX_USER_AGENT) }),
    ...(stepUpFor !== undefined && { steppedUpFor: addStepUp(previous ?? {}, stepUpFor, time) }),
  }
}

/** The maximum length of a stored `User-Agent`, in characters, because each guarded request reads it. */
const MAX_USER_AGENT = 200

async function readSameUser(
  sessions: SessionStrategy,
  claims: Claims,
  cookieHeader: string,
): Promise<Session | undefined> {
  const previous = await sessions.read(cookieHeader)
  return previous?.claims.iss === claims.iss && isSameSubject(previous.claims, claims)
    ? previous
    : undefined
}

// The ID token would be half of the cookie, so it is kept only if sign-out needs it as a hint.
async function needsIdToken(client: OAuthClient, claims: Claims): Promise<boolean> {
  const { end_session_endpoint: endpoint } = await client.issuing.metadata()
  return endpoint !== undefined && client.traits.idTokenHint && claims['login_hint'] === undefined
}
