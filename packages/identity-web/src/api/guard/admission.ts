import type { IssuingAuthority } from '../../authority/index.ts'
import { deepFreeze } from '../../deep-freeze.ts'
import { IdentityError } from '../../errors.ts'
import type { MaybePromise } from '../../maybe-promise.ts'
import { quote } from '../../quote.ts'
import { createRecentCache } from '../../recent-cache.ts'
import type { ApiRuntime } from '../runtime.ts'
import { toCaller } from '../token/caller.ts'
import { verifyAccessToken } from '../token/verify-access-token.ts'
import { toContext, type AuthorizationContext } from './context.ts'
import { createSightings } from './sightings.ts'

/**
 * Says who calls, by the token: at once for one that was verified before.
 *
 * @throws IdentityError `invalid_token`; `access_denied` for a tenant or a client that may not call;
 *   `provider_unavailable` when the keys were never to be had.
 */
export type Admit = (token: string) => MaybePromise<AuthorizationContext>

interface Known {
  readonly context: AuthorizationContext
  readonly issuing: IssuingAuthority
  readonly revision: number
}

/**
 * Verifies tokens, and remembers the right ones from the second time on that they come: not beyond their expiry, nor
 * when a key left or the issuer changed, and never one that is another by a single character. What routes ask is decided
 * for every request anew.
 */
export function createAdmit(runtime: ApiRuntime): Admit {
  const known = createRecentCache<Known>()
  const isSecondTime = createSightings()

  async function verify(token: string): Promise<AuthorizationContext> {
    const { claims, issuing, revision } = await verifyAccessToken(runtime, token)
    // Requests with the same token share what is known of it: none may change it for the others.
    const caller = deepFreeze(toCaller(runtime.kind, deepFreeze(claims)))
    assertClientAllowed(runtime, caller.clientId)
    const context = toContext(runtime, { token, claims, caller })
    if (revision !== undefined && isSecondTime(token))
      known.set(token, { context, issuing, revision })
    return context
  }

  return (token) => {
    const found = known.get(token)
    return found !== undefined &&
      runtime.now() < found.context.claims.exp &&
      found.issuing.revision() === found.revision
      ? found.context
      : verify(token)
  }
}

function assertClientAllowed(
  { options: { allowedClients } }: ApiRuntime,
  clientId: string | undefined,
): void {
  if (allowedClients === undefined) return
  if (clientId !== undefined && allowedClients.includes(clientId.toLowerCase())) return
  throw new IdentityError('access_denied', `The client ${quote(clientId)} may not call this API.`, {
    hint: 'To let it in, add its client id to ApiAuth({ allowedClients: [...] }).',
  })
}
