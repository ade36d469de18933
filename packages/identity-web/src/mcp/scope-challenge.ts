import {
  checkAuthorization,
  toRequirement,
  type ApiServices,
  type AuthorizationRequirement,
} from '../api/index.ts'
import type { McpContext } from './auth-info.ts'
import { contextOfAuthInfo } from './auth-info.ts'

/**
 * The scopes that a client must request, in the shape of version 2.1 and later of the official SDK.
 *
 * @public
 */
export interface ScopeChallenge {
  /** All scopes of the operation, as clients request them. */
  scopes: readonly [string, ...string[]]
  /** The reason. */
  errorDescription?: string
}

/**
 * A function for `scopeChallenge` of a tool, a resource or a prompt of the official SDK. The SDK calls it before the tool runs.
 *
 * @public
 */
export type ScopeChallengeHandler = (request: {
  /** The caller, which the guard has passed to the SDK. */
  readonly authInfo?: { readonly extra?: unknown } | undefined
}) => Promise<ScopeChallenge | undefined>

/** The services that scope challenges use. */
type ChallengeServices = Pick<ApiServices, 'audiences' | 'groups' | 'requirementRules'>

/**
 * Creates the function for `scopeChallenge` of the SDK.
 *
 * @param endpoint - The full names of the scopes that every client needs.
 * @throws IdentityError `configuration` for a wrong requirement.
 */
export function createScopeChallenge(
  { audiences, groups, requirementRules }: ChallengeServices,
  given: AuthorizationRequirement,
  endpoint: readonly string[],
): ScopeChallengeHandler {
  const requirement = toRequirement(requirementRules, given)
  groups.add(requirement.user?.groups)
  // The SDK requires a scope, also if only a role is missing.
  const [first = audiences.toFullScope('.default'), ...rest] = new Set([
    ...endpoint,
    ...requirement.fullScopes,
  ])
  const scopes = [first, ...rest] as const

  return async ({ authInfo }) => {
    const context = authInfo && contextOfAuthInfo(authInfo)
    // Without a guard in front, the SDK calls the function without a caller. The tool must not run then.
    if (context === undefined) return { scopes, errorDescription: NO_CALLER }
    const error = await checkAuthorization(requirement, context, groups.of)
    return error && { scopes, errorDescription: toDescription(error.message) }
  }
}

const NO_CALLER = 'The request has not passed the guard of this server.'

/** Replaces every character that the SDK rejects in a description (RFC 6750, section 3). */
function toDescription(message: string): string {
  return message
    .replaceAll('"', "'")
    .replaceAll('\\', '/')
    .replaceAll(/[^\x20-\x7e]/g, '?')
}

/** What a tool of the official SDK receives: `extra` of version 1, or `ctx` of version 2. */
export interface ToolExtra {
  /** Version 1 of the SDK. */
  readonly authInfo?: { readonly extra?: unknown } | undefined
  /** Version 2 of the SDK. */
  readonly http?: { readonly authInfo?: { readonly extra?: unknown } | undefined } | undefined
}

/** Returns the context of the caller of a tool. */
export function contextOfExtra(extra: ToolExtra): McpContext | undefined {
  const authInfo = extra.authInfo ?? extra.http?.authInfo
  return authInfo && contextOfAuthInfo(authInfo)
}
