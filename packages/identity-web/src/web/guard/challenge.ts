import { parseScopes } from '../../client/index.ts'
import { IdentityError, isIdentityError } from '../../errors.ts'
import { answerError } from '../http/answer-error.ts'
import { json, page, redirect } from '../http/answers.ts'
import type { HttpContext } from '../../http-context.ts'
import { isNavigation, leadsAway } from '../http/navigation.ts'
import { loginUrl, returnPath } from '../http/login-url.ts'
import type { WebRuntime } from '../runtime/runtime.ts'
import type { SignInStart } from '../runtime/transaction.ts'
import { beginSignIn } from '../sign-in/sign-in.ts'
import { isCircle, stepUpParameters } from '../sign-in/step-up.ts'
import type { Admission } from './admission.ts'
import type { Requirement } from './requirement.ts'

/** Answers a request whose user has to go to the provider first. */
export async function challenge<User>(
  runtime: WebRuntime<User>,
  http: HttpContext,
  requirement: Requirement,
  admission: Admission | undefined,
): Promise<Response> {
  const error =
    admission?.obstacle ?? new IdentityError('login_required', 'Nobody is signed in here.')
  const isStepUp = error.code === 'interaction_required'
  const start = toStart(runtime, http, requirement, { admission, error })
  if (!leadsAway(http, requirement.challenge)) {
    return json(401, { error: error.code, loginUrl: await loginUrl(runtime, start) })
  }
  if (admission !== undefined && isCircle(admission.session, start.stepUpFor, runtime.now())) {
    if (http.redirectsOnly === true) throw error
    return answerError(runtime, error, start)
  }
  if (http.redirectsOnly === true) return redirect(await loginUrl(runtime, start))
  const { pages } = runtime.options
  if (pages?.login !== undefined && !isStepUp) {
    return page(401, await pages.login({ loginUrl: await loginUrl(runtime, start) }))
  }
  try {
    return await beginSignIn(runtime, start, { method: http.method })
  } catch (fault) {
    if (!isIdentityError(fault)) throw fault
    return answerError(runtime, fault, start)
  }
}

function toStart<User>(
  runtime: WebRuntime<User>,
  http: HttpContext,
  { wanted, authentication }: Requirement,
  { admission, error }: { admission: Admission | undefined; error: IdentityError },
): SignInStart {
  const acrs = authentication?.acrs ?? []
  const maxAge = authentication?.maxAge
  const stepUp = admission && stepUpParameters(runtime, admission.session, error)
  // That there are claims is told, and not which: an API may change them with every answer.
  const claims = error.claims === undefined ? undefined : 'claims'
  const asked = [wanted?.resource, ...(wanted?.names ?? []), ...acrs, maxAge, claims]
  return {
    returnTo: whereTo(runtime, http),
    ...(wanted && scopesToAsk(runtime, wanted.scopes, admission?.granted)),
    ...(acrs.length > 0 && { acrs }),
    ...((stepUp ?? maxAge) !== undefined && {
      parameters: { ...stepUp, ...(maxAge !== undefined && { maxAge }) },
    }),
    ...(error.code === 'interaction_required' && { stepUpFor: asked.join(' ').trim() }),
  }
}

// At Microsoft a refresh token is good for all that was ever granted. Elsewhere it is good for what the last
// sign-in asked for, so what the session has is asked for again.
function scopesToAsk<User>(
  { client, options }: WebRuntime<User>,
  needed: readonly string[],
  granted: readonly string[] = [],
): Pick<SignInStart, 'scopes' | 'needed'> {
  if (client.traits.prefixedScopes) return { scopes: needed, needed }
  return { scopes: parseScopes([...options.scopes, ...granted, ...needed]), needed }
}

/** The page that the user wants: what they asked for, or the page whose script or form asked. */
export function whereTo<User>(runtime: WebRuntime<User>, http: HttpContext): string {
  const isPage = (http.method === 'GET' || http.method === 'HEAD') && isNavigation(http)
  if (isPage) return returnPath(runtime, http.url)
  const referrer = http.header('referer')
  const { origin } = runtime
  if (origin === undefined || referrer?.startsWith(`${origin}/`) !== true) return '/'
  return returnPath(runtime, referrer.slice(origin.length))
}
