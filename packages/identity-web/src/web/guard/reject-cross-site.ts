import type { IdentityError } from '../../errors.ts'
import type { HttpContext } from '../../http-context.ts'
import { failureOf, type EventEmitter } from '../../event-emitter.ts'
import { shouldRedirect } from '../http/navigation.ts'
import { returnPathOf, type ChallengeServices } from './challenge.ts'
import type { RouteRequirement } from './requirement.ts'

/** The services that the rejection uses. */
interface RejectionServices extends ChallengeServices {
  readonly events: EventEmitter
}

/** A request from another site, and the route that it was sent to. */
interface CrossSiteRequest {
  readonly requirement: RouteRequirement
  readonly rejected: IdentityError
}

/**
 * Responds to a request that another site caused: 403, as a page or as JSON for a script. Only developers learn which header
 * is wrong and what to change.
 *
 * @throws IdentityError `access_denied` if the response cannot be an error page, as in a server action of Next.js.
 */
export async function rejectCrossSite(
  services: RejectionServices,
  http: HttpContext,
  { requirement, rejected }: CrossSiteRequest,
): Promise<Response> {
  if (http.redirectsOnly === true && http.sendsErrors !== true) {
    services.events.emit('request.rejected', { level: 'info', ...failureOf(rejected) })
    throw rejected
  }
  return services.errorResponses.toResponse(http, rejected, {
    reason: 'cross-site',
    isNavigation: shouldRedirect(http, requirement.challenge),
    returnTo: returnPathOf(services, http),
  })
}
