import {
  includesAll,
  redeemCode,
  scopesOfOneResource,
  signInScopes,
  toAccessToken,
  hasPrefixedScopes,
  type SignIn,
} from '../client/index.ts'
import { IdentityError, isIdentityError } from '../errors.ts'
import { redirect, withCookies } from './answers.ts'
import { answerError } from './answer-error.ts'
import { newSession } from './new-session.ts'
import type { WebRuntime } from './runtime.ts'
import { beginSignIn } from './sign-in.ts'
import type { Transaction } from './transaction.ts'
import { writeSession } from './write-session.ts'

const MAX_FORM_CHARACTERS = 100_000
// What `prompt=none` is answered where the user has to do something.
const NEEDS_USER = [
  'login_required',
  'interaction_required',
  'consent_required',
  'account_selection_required',
]

/**
 * The callback route: takes the provider's answer, checks it against the transaction that its `state` holds,
 * and only then begins a session.
 */
export async function completeSignIn<User>(
  runtime: WebRuntime<User>,
  request: Request,
): Promise<Response> {
  const { transactions, sessions } = runtime
  const cookieHeader = request.headers.get('cookie') ?? ''
  const answer = await readAnswer(request)
  const state = answer?.get('state')
  if (!answer || !state)
    return refuse(runtime, 'The authorization response is incomplete or repeats a parameter.')

  const opened = await transactions.open(state, cookieHeader)
  if (opened.kind === 'foreign') {
    return refuse(
      runtime,
      'The state of the authorization response was not made here for this provider and client.',
    )
  }
  const { transaction } = opened
  const ended = transactions.end(transaction, cookieHeader)
  if (opened.kind === 'unbound') {
    // A reload or the back button: the user is signed in already.
    if ((await sessions.read(cookieHeader)) !== undefined) {
      return withCookies(redirect(transaction.returnTo, request.method), ended)
    }
    return beginAgain(runtime, request, transaction, ended)
  }
  let signIn: SignIn | undefined
  try {
    signIn = await redeemCode(runtime.client, answer, {
      redirectUri: runtime.options.redirectUri,
      codeVerifier: transaction.codeVerifier,
      nonce: transaction.nonce,
      maxAge: transaction.parameters.maxAge,
      scopes: await signInScopes(runtime.client, transaction.scopes),
    })
    assertGranted(runtime, transaction, signIn)
    const { session, tokens } = await newSession(runtime, signIn, cookieHeader)
    const written = await writeSession(runtime, cookieHeader, session, tokens)
    runtime.options.logger.info?.('A user signed in.', {
      sub: session.claims.sub,
      tid: session.claims.tid,
    })
    return withCookies(redirect(transaction.returnTo, request.method), [...ended, ...written])
  } catch (error) {
    if (!isIdentityError(error)) throw error
    if (isWorthAnotherTry(error, transaction))
      return beginAgain(runtime, request, transaction, ended)
    // Whom the application turns away is not to go on by a session of before.
    const isTurnedAway = signIn !== undefined && error.code === 'access_denied'
    const deleted = isTurnedAway ? await sessions.delete(cookieHeader) : []
    return answerError(runtime, error, {
      returnTo: transaction.returnTo,
      cookies: [...ended, ...deleted],
    })
  }
}

async function readAnswer(request: Request): Promise<URLSearchParams | undefined> {
  const text = request.method === 'POST' ? await request.text() : new URL(request.url).search
  if (text.length > MAX_FORM_CHARACTERS) return undefined
  const answer = new URLSearchParams(text)
  // RFC 6749, section 3.1: no parameter may come twice.
  return new Set(answer.keys()).size === [...answer.keys()].length ? answer : undefined
}

function refuse<User>(runtime: WebRuntime<User>, message: string): Promise<Response> {
  return answerError(runtime, new IdentityError('invalid_request', message), { returnTo: '/' })
}

/** Begins a sign-in anew, once; then says what may be the matter. */
async function beginAgain<User>(
  runtime: WebRuntime<User>,
  { method }: Request,
  { returnTo, scopes, needed, parameters, attempt }: Transaction,
  cookies: readonly string[],
): Promise<Response> {
  if (attempt > 0) {
    const error = new IdentityError(
      'invalid_request',
      'The browser did not bring the cookie of this sign-in back, twice.',
      {
        hint: `Is the application opened at the very origin of redirectUri (${runtime.origin})? Are cookies allowed for it?`,
      },
    )
    return answerError(runtime, error, { returnTo, cookies })
  }
  const start = {
    returnTo,
    scopes,
    needed,
    // Silently it did not work; this overrides the options' own prompt, too.
    parameters: parameters.prompt === 'none' ? { ...parameters, prompt: undefined } : parameters,
  }
  try {
    return withCookies(await beginSignIn(runtime, start, { method, attempt: attempt + 1 }), cookies)
  } catch (error) {
    if (!isIdentityError(error)) throw error
    return answerError(runtime, error, { returnTo, cookies })
  }
}

function isWorthAnotherTry(
  { error }: IdentityError,
  { attempt, parameters }: Transaction,
): boolean {
  if (attempt > 0 || error === undefined) return false
  // The code was used up by a double click, or lay about for too long.
  return error === 'invalid_grant' || (parameters.prompt === 'none' && NEEDS_USER.includes(error))
}

// A route that came back without its scopes would send the user here again, for ever.
function assertGranted<User>(
  { client, now }: WebRuntime<User>,
  { needed }: Transaction,
  { response, asked }: SignIn,
): void {
  const prefixed = hasPrefixedScopes(client)
  const { names } = scopesOfOneResource(needed, prefixed)
  const { scopes } = toAccessToken(response, asked, prefixed, now())
  if (includesAll(scopes, names)) return
  throw new IdentityError(
    'insufficient_scope',
    `The provider granted ${scopes.join(' ') || 'no scopes'}, but the page needs ${names.join(' ')}.`,
  )
}
