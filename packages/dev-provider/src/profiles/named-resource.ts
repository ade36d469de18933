import type { IssuerProfile } from './issuer-profile.js'
import type { ScopeRequest, ScopeTarget } from './scope-request.js'

/**
 * Returns the target with the API that a parameter other than `scope` names.
 *
 * Without the parameter, the API of the sign-in stays the target (RFC 8707, section 2.2).
 */
export function withNamedResource(
  profile: IssuerProfile,
  params: URLSearchParams,
  target: ScopeTarget,
  signInTarget: ScopeTarget | undefined = undefined,
): ScopeTarget {
  profile.checkResource?.(params, [target])
  const resource = profile.resourceOf?.(params)
  if (resource !== undefined) return { ...target, resource }
  // A scope with the prefix of an API names the API itself.
  const isDefaultTarget = target.resource.audience === profile.defaultTarget.resource.audience
  return profile.resourceOf !== undefined && isDefaultTarget && signInTarget !== undefined
    ? { ...target, resource: signInTarget.resource }
    : target
}

/** Applies {@link withNamedResource} to a sign-in, which may not request any scope of the API. */
export function withNamedResources(
  profile: IssuerProfile,
  params: URLSearchParams,
  scope: ScopeRequest,
): ScopeRequest {
  const targets = scope.targets.length > 0 ? scope.targets : [profile.defaultTarget]
  profile.checkResource?.(params, targets)
  return profile.resourceOf?.(params) === undefined
    ? scope
    : { ...scope, targets: targets.map((target) => withNamedResource(profile, params, target)) }
}
