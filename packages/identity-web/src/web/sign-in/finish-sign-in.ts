import { signInScopes, type OAuthClient, type SignIn } from '../../client/index.ts'
import { isIdentityError, type IdentityError } from '../../errors.ts'
import type { WebRuntime } from '../runtime/runtime.ts'
import type { Transaction } from '../runtime/transaction.ts'
import { assertContexts, assertGranted } from './assert-granted.ts'
import { newSession } from './new-session.ts'
import { updateProfile } from './user-flows.ts'
import { askedClaims } from './sign-in.ts'
import { beginSession } from './write-session.ts'

/** What was asked for, to hold the tokens against. */
export async function expectationsOf(
  client: OAuthClient,
  transaction: Transaction,
): Promise<{ scopes: readonly string[]; claims: string | undefined; maxAge: number | undefined }> {
  return {
    scopes: await signInScopes(client, transaction.scopes),
    claims: askedClaims(transaction),
    maxAge: transaction.parameters.maxAge,
  }
}

/** A sign-in whose tokens were verified, in the browser that began it. */
export interface VerifiedSignIn {
  readonly signIn: SignIn
  readonly transaction: Transaction
  readonly cookieHeader: string
}

/** What came of it: the `Set-Cookie` values, and why there is no session where there is none. */
export interface FinishedSignIn {
  readonly cookies: readonly string[]
  readonly error?: IdentityError
}

/** Holds a verified sign-in against what its page needs, and begins the session. */
export async function finishSignIn<User>(
  runtime: WebRuntime<User>,
  verified: VerifiedSignIn,
): Promise<FinishedSignIn> {
  const { signIn, transaction, cookieHeader } = verified
  try {
    assertGranted(runtime.client, transaction.needed, signIn)
    assertContexts(transaction.acrs, signIn)
    const cookies =
      transaction.userFlow === 'edit_profile'
        ? await updateProfile(runtime, signIn, cookieHeader)
        : await signUserIn(runtime, verified)
    return { cookies }
  } catch (error) {
    if (!isIdentityError(error)) throw error
    // Whom the application turns away is not to go on by a session of before.
    const isTurnedAway = error.code === 'access_denied'
    return { error, cookies: isTurnedAway ? await runtime.sessions.end(cookieHeader) : [] }
  }
}

async function signUserIn<User>(
  runtime: WebRuntime<User>,
  verified: VerifiedSignIn,
): Promise<string[]> {
  const { cookieHeader } = verified
  const { session, tokens } = await newSession(runtime, verified)
  const cookies = await beginSession(runtime, { cookieHeader, session, tokens })
  const { sub, tid } = session.claims
  runtime.options.logger.info?.('A user signed in.', { sub, tid })
  return cookies
}
