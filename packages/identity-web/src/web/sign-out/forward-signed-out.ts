import { IdentityError } from '../../errors.ts'
import type { ErrorResponses } from '../http/error-response.ts'
import { redirect } from '../http/responses.ts'
import type { RouteRequest } from '../http/routes.ts'
import { homeUrl, type SignInFlow } from '../options/flow.ts'
import { isPreviewOrigin } from '../options/preview-origins.ts'
import type { PreviewStates } from '../runtime/preview-states.ts'

/** The services that forward users to preview deployments after a sign-out. */
export interface ForwardSignedOutServices {
  readonly errorResponses: ErrorResponses
  readonly flow: SignInFlow
  readonly now: () => number
  /** The origins to which this deployment forwards. */
  readonly previewOrigins: readonly string[]
  readonly previewSignOuts: PreviewStates
}

/**
 * Sends a user who signed out of a preview deployment back to the preview. The provider redirects to registered URLs only.
 *
 * The origin comes from the encrypted `state`, and the path from the options. The request does not change them.
 *
 * @param state - The `state` of the preview, without the prefix of a sign-out.
 */
export async function forwardSignedOut(
  { errorResponses, flow, now, previewOrigins, previewSignOuts }: ForwardSignedOutServices,
  request: RouteRequest,
  state: string,
): Promise<Response> {
  const opened = await previewSignOuts.read(state)
  if (opened === undefined || !isPreviewOrigin(opened.origin, previewOrigins)) {
    return errorResponses.toResponse(request, notForwarded())
  }
  // An attacker may have taken over the host of a preview that was deleted.
  if (now() >= opened.expiresAt) return redirect(homeUrl(flow))
  const target = new URL(opened.origin + flow.location.homePath)
  target.searchParams.set('state', opened.state)
  return redirect(target.href)
}

function notForwarded(): IdentityError {
  return new IdentityError(
    'invalid_request',
    'A preview deployment started this sign-out, but this deployment does not send users back to it.',
    {
      hint: 'Use the same previewSecret, authority, clientId and redirectUri in all deployments, and add the origin of the preview to Auth({ previewOrigins }) in the deployment of redirectUri.',
    },
  )
}
