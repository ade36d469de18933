import { IdentityError } from '../../errors.ts'
import { quote } from '../../quote.ts'
import { isPrefetch } from '../http/navigation.ts'
import { redirect, repost } from '../http/responses.ts'
import { rejectPrefetch, type RouteRequest } from '../http/routes.ts'
import type { SignInFlow } from '../options/flow.ts'
import { isPreviewOrigin } from '../options/preview-origins.ts'
import type { PreviewStates } from '../runtime/preview-states.ts'

/** The services that the forwarding to preview deployments uses. */
export interface ForwardServices {
  readonly flow: SignInFlow
  readonly now: () => number
  /** The origins to which authorization responses are forwarded. */
  readonly previewOrigins: readonly string[]
  readonly previewStates: PreviewStates
}

/**
 * Forwards the authorization response of a preview deployment to the preview. Entra ID redirects only to registered URIs,
 * and a preview has a new URL.
 *
 * The origin comes from the encrypted `state`, and the path from the options. The request does not change them.
 *
 * @param state - The parameter `state` of the authorization response. No parameter occurs twice.
 * @throws IdentityError `invalid_request` if the response must not be forwarded.
 */
export async function forwardToPreview(
  { flow, now, previewOrigins, previewStates }: ForwardServices,
  request: RouteRequest,
  state: string,
): Promise<Response> {
  if (previewOrigins.length === 0) throw notRelayed()
  const opened = await previewStates.read(state)
  if (opened === undefined) throw notMadeHere()
  const { origin, expiresAt } = opened
  if (!isPreviewOrigin(origin, previewOrigins)) throw notAllowed(origin)
  if (isPrefetch(request)) return rejectPrefetch()
  const target = new URL(origin + flow.paths.callback)
  // An attacker may have taken over the host of a preview that was deleted. The preview restarts the sign-in.
  if (now() >= expiresAt) {
    target.searchParams.set('state', state)
    return redirect(target.href, request.method)
  }
  // The form keeps the code out of URLs.
  if (request.method === 'POST') return repost(target.href)
  target.search = request.query
  return redirect(target.href)
}

function notRelayed(): IdentityError {
  return new IdentityError(
    'invalid_request',
    'A preview deployment started this sign-in, but this deployment does not forward sign-ins to previews.',
    {
      hint: "Set Auth({ previewOrigins, previewSecret }) in the deployment of redirectUri, for example Auth({ previewOrigins: ['https://*.preview.example.com'] }).",
    },
  )
}

function notMadeHere(): IdentityError {
  return new IdentityError(
    'invalid_request',
    'The state of the authorization response names a preview deployment, but it was not created with the previewSecret of this deployment.',
    {
      hint: 'Use the same previewSecret, authority, clientId and redirectUri in the preview and in the deployment of redirectUri.',
    },
  )
}

function notAllowed(origin: string): IdentityError {
  return new IdentityError(
    'invalid_request',
    `The preview deployment ${quote(origin)} started this sign-in, but it is not in previewOrigins.`,
    {
      hint: 'If the preview is yours, add its origin to Auth({ previewOrigins }) in the deployment of redirectUri.',
    },
  )
}
