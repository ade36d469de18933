// Compares tokens with the sign-in, then stores the session.
import {
  includesAll,
  scopesOfOneResource,
  signInScopes,
  type OAuthClient,
  type SignIn,
} from '../../client/index.ts'
import { IdentityError, type ClaimsRequest } from '../../errors.ts'
import { eventUserOf, type UserClaims } from '../../event-emitter.ts'
import type { RouteRequest } from '../http/routes.ts'
import { claimsRequestOf, type Transaction } from '../runtime/transaction.ts'
import { hasContext } from './step-up.ts'
import { newSession } from './session-changes.ts'
import { withUserInfo } from './user-info.ts'
import { updateProfile } from './user-flows.ts'
import type { SignInServices } from './services.ts'

/** The values that the library expects in the tokens of a sign-in. */
export interface SignInExpectation {
  readonly scopes: readonly string[]
  readonly claims: ClaimsRequest | undefined
  readonly maxAgeSeconds: number | undefined
  readonly resourceIndicator: string | undefined
}

/** Returns the values that the tokens of a sign-in must match. */
export async function expectationOf(
  client: OAuthClient,
  transaction: Transaction,
): Promise<SignInExpectation> {
  const { extraParams = {} } = transaction.parameters
  return {
    // At Microsoft, the scopes name the API of each token.
    resourceIndicator: client.traits.prefixedScopes ? undefined : extraParams['resource'],
    scopes: await signInScopes(client, transaction.scopes),
    claims: claimsRequestOf(transaction),
    maxAgeSeconds: transaction.parameters.maxAgeSeconds,
  }
}

/** A sign-in whose tokens were verified, in the browser that started it. */
export interface VerifiedSignIn {
  readonly signIn: SignIn
  readonly transaction: Transaction
  readonly request: RouteRequest
}

/** The result of a sign-in: the `Set-Cookie` values, and the error if no session was started. */
export interface FinishedSignIn {
  readonly cookies: readonly string[]
  readonly error?: IdentityError
  /** The verified claims of the user. Set with the error. */
  readonly claims?: UserClaims
}

/** Checks that a verified sign-in has everything that its page requires, and starts the session. */
export async function finishSignIn<User>(
  services: SignInServices<User>,
  verified: VerifiedSignIn,
): Promise<FinishedSignIn> {
  const { signIn, transaction, request } = verified
  try {
    assertMet(services.provider.client, transaction, signIn)
    const cookies =
      transaction.userFlow === 'edit_profile'
        ? await updateProfile(services, signIn, request)
        : await signUserIn(services, verified)
    return { cookies }
  } catch (error) {
    if (!IdentityError.is(error)) throw error
    // The application rejected this user, so an earlier session must not continue either.
    const isRejected = error.code === 'access_denied'
    const { claims } = signIn
    return {
      error,
      claims,
      cookies: isRejected ? await services.sessions.end(request.cookieHeader) : [],
    }
  }
}

async function signUserIn<User>(
  services: SignInServices<User>,
  verified: VerifiedSignIn,
): Promise<string[]> {
  const { cookieHeader } = verified.request
  const { signIn, transaction } = verified
  const complete =
    services.provider.userInfo === false
      ? signIn
      : await withUserInfo(services, signIn, transaction)
  const { session, tokens } = await newSession(services, { ...verified, signIn: complete })
  // Some providers return a refresh token only at the first consent. The session then keeps the earlier one.
  if (tokens.refreshToken === undefined) {
    const { client } = services.provider
    await services.reportMissingRefreshToken(client, signIn, transaction.scopes)
  }
  const cookies = await services.sessions.start(cookieHeader, session, tokens)
  const { events, site, now } = services
  if (events.hearsInfo) {
    events.emit('sign_in.completed', {
      level: 'info',
      message: 'A user signed in.',
      flow: site.signIn.way?.kind ?? 'code',
      durationMs: (now() - transaction.startedAt) * 1000,
      ...(await eventUserOf(events, session.claims)),
    })
  }
  return cookies
}

/**
 * Checks the scopes and the authentication contexts that the page requires. Without this check, the page would start
 * the sign-in again and again.
 *
 * @throws IdentityError `insufficient_scope` if the provider did not grant or confirm them.
 */
function assertMet(client: OAuthClient, { needed, acrs }: Transaction, signIn: SignIn): void {
  const { scopes } = signIn.token
  if (needed.length > 0) {
    const { names } = scopesOfOneResource(needed, client.traits.prefixedScopes)
    if (!includesAll(scopes, names)) {
      throw new IdentityError(
        'insufficient_scope',
        `The provider granted ${scopes.join(' ') || 'no scopes'}, but the page requires ${names.join(' ')}.`,
        { reason: 'scope' },
      )
    }
  }
  const missing = acrs.filter((context) => !hasContext(signIn.claims, context))
  if (missing.length === 0) return
  throw new IdentityError(
    'insufficient_scope',
    `The provider did not confirm the authentication context ${missing.join(', ')}, which the page requires.`,
    {
      reason: 'acr',
      hint: 'Create the authentication context in Conditional Access (Entra ID P1) and publish it to apps. In the app registration, add the optional claim acrs for ID tokens.',
    },
  )
}
