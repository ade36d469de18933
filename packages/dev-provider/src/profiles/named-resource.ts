import type { IssuerProfile } from './issuer-profile.js'
import type { ScopeRequest, ScopeTarget } from './scope-request.js'

/**
 * What a request is for, when a parameter of its own says it rather than the scopes. Without the parameter it stays
 * what the sign-in was for (RFC 8707, 2.2).
 */
export function withNamedResource(
  profile: IssuerProfile,
  params: URLSearchParams,
  target: ScopeTarget,
  signedInFor: ScopeTarget | undefined = undefined,
): ScopeTarget {
  const resource = profile.resourceOf?.(params)
  if (resource !== undefined) return { ...target, resource }
  // Scopes with an API's prefix say themselves whom they are for.
  const saysNothing = target.resource.audience === profile.defaultTarget.resource.audience
  return profile.resourceOf !== undefined && saysNothing && signedInFor !== undefined
    ? { ...target, resource: signedInFor.resource }
    : target
}

/** The same for a sign-in, which may ask for no scope of the API at all. */
export function withNamedResources(
  profile: IssuerProfile,
  params: URLSearchParams,
  scope: ScopeRequest,
): ScopeRequest {
  const targets = scope.targets.length > 0 ? scope.targets : [profile.defaultTarget]
  return profile.resourceOf?.(params) === undefined
    ? scope
    : { ...scope, targets: targets.map((target) => withNamedResource(profile, params, target)) }
}
