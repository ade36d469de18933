import {
  hasPrefixedScopes,
  parseScopes,
  scopesOfOneResource,
  type ResourceScopes,
} from '../client/index.ts'
import { IdentityError, isIdentityError } from '../errors.ts'
import type { MaybePromise, Session } from '../session/index.ts'
import { admit, type Admission } from './admission.ts'
import { answerError } from './answer-error.ts'
import { json, page } from './answers.ts'
import { toContext, type LoginContext } from './context.ts'
import { isNavigation, leadsAway, type ChallengeMode, type Exchange } from './exchange.ts'
import type { SignInParameters } from './options.ts'
import type { WebRuntime } from './runtime.ts'
import { beginSignIn, loginUrl, returnPath, type SignInStart } from './sign-in.ts'

/** What a route asks of its users, made ready once. */
export interface Requirement {
  readonly wanted: ResourceScopes | undefined
  readonly challenge: ChallengeMode
}

/** @throws IdentityError `configuration` for scopes of several APIs. */
export function toRequirement<User>(
  { client }: WebRuntime<User>,
  scopes: readonly string[] | undefined,
  mode: ChallengeMode = 'auto',
): Requirement {
  return {
    wanted: scopes && scopesOfOneResource(scopes, hasPrefixedScopes(client)),
    challenge: mode,
  }
}

/**
 * Lets a request in, or answers it: the way to sign-in or consent for a visitor, 401 for a script.
 *
 * @returns The handler's context, or the answer to send in the handler's place.
 */
export function guard<User>(
  runtime: WebRuntime<User>,
  exchange: Exchange,
  requirement: Requirement,
): MaybePromise<LoginContext<User> | Response> {
  let admission: MaybePromise<Admission | undefined>
  try {
    admission = admit(runtime, exchange, requirement.wanted)
  } catch (error) {
    return answerFault(runtime, exchange, requirement, error)
  }
  if (admission instanceof Promise) {
    return admission.then(
      (admitted) => enter(runtime, exchange, requirement, admitted),
      (error: unknown) => answerFault(runtime, exchange, requirement, error),
    )
  }
  return enter(runtime, exchange, requirement, admission)
}

function enter<User>(
  runtime: WebRuntime<User>,
  exchange: Exchange,
  requirement: Requirement,
  admission: Admission | undefined,
): MaybePromise<LoginContext<User> | Response> {
  if (admission === undefined || admission.obstacle !== undefined) {
    return challenge(runtime, exchange, requirement, admission)
  }
  exchange.noStore()
  return toContext(runtime, admission.session, admission.token)
}

/** Answers a request whose user has to go to the provider first. */
async function challenge<User>(
  runtime: WebRuntime<User>,
  exchange: Exchange,
  { wanted, challenge: mode }: Requirement,
  admission: Admission | undefined,
): Promise<Response> {
  const error =
    admission?.obstacle ?? new IdentityError('login_required', 'Nobody is signed in here.')
  const isStepUp = error.code === 'interaction_required'
  const start: SignInStart = {
    returnTo: whereTo(runtime, exchange),
    ...(wanted && scopesToAsk(runtime, wanted.scopes, admission?.granted)),
    parameters: admission && stepUpParameters(admission.session, error),
  }
  if (!leadsAway(exchange, mode)) {
    return json(401, { error: error.code, loginUrl: await loginUrl(runtime, start) })
  }
  const { pages } = runtime.options
  if (pages?.login !== undefined && !isStepUp) {
    return page(401, await pages.login({ loginUrl: await loginUrl(runtime, start) }))
  }
  try {
    return await beginSignIn(runtime, start, { method: exchange.method })
  } catch (fault) {
    if (!isIdentityError(fault)) throw fault
    return answerError(runtime, fault, start)
  }
}

// At Microsoft a refresh token is good for all that was ever granted. Elsewhere it is good for what the last
// sign-in asked for, so what the session has is asked for again.
function scopesToAsk<User>(
  { client, options }: WebRuntime<User>,
  needed: readonly string[],
  granted: readonly string[] = [],
): Pick<SignInStart, 'scopes' | 'needed'> {
  if (hasPrefixedScopes(client)) return { scopes: needed, needed }
  return { scopes: parseScopes([...options.scopes, ...granted, ...needed]), needed }
}

/** Keeps the user out of the account picker: they are known. */
function stepUpParameters({ claims }: Session, error: IdentityError): SignInParameters {
  const hint = claims['login_hint'] ?? claims.preferred_username
  return {
    ...(typeof hint === 'string' && { loginHint: hint }),
    ...(error.claims !== undefined && { claims: error.claims }),
  }
}

/** The page that the user wants: what they asked for, or the page whose script or form asked. */
function whereTo<User>(runtime: WebRuntime<User>, exchange: Exchange): string {
  const isPage = (exchange.method === 'GET' || exchange.method === 'HEAD') && isNavigation(exchange)
  if (isPage) return returnPath(runtime, exchange.url)
  const referrer = exchange.header('referer')
  if (referrer === undefined || !referrer.startsWith(`${runtime.origin}/`)) return '/'
  return returnPath(runtime, referrer.slice(runtime.origin.length))
}

async function answerFault<User>(
  runtime: WebRuntime<User>,
  exchange: Exchange,
  { challenge: mode }: Requirement,
  error: unknown,
): Promise<Response> {
  if (!isIdentityError(error)) throw error
  const navigation = leadsAway(exchange, mode)
  return answerError(runtime, error, { navigation, returnTo: whereTo(runtime, exchange) })
}
