import { isObject } from '../config/value-checks.js'
import { toJson, type ProviderRequest, type ProviderResponse } from '../protocol/http.js'
import type { ProviderContext } from '../state/context.js'
import { handleDevRequest, isString, isStringList, type MemberTypes } from './dev-request.js'
import { createRequestedToken } from './requested-token.js'
import { createRequestedUserTokens } from './requested-user-tokens.js'

// JSON cannot contain a key of the caller.
const KEYS: readonly unknown[] = ['main', 'consumers', 'stranger']

const TOKEN_MEMBERS: MemberTypes = {
  as: isString,
  app: isString,
  api: isString,
  authority: isString,
  claimsRequest: isString,
  scopes: isStringList,
  roles: isStringList,
  claims: isObject,
  header: isObject,
  expiresIn: Number.isFinite,
  key: (value) => KEYS.includes(value),
}

const USER_TOKENS_MEMBERS: MemberTypes = {
  as: isString,
  app: isString,
  authority: isString,
  scopes: isStringList,
  roles: isStringList,
  groups: isStringList,
  claims: isObject,
}

/**
 * Handles `/dev/token`, which creates an access token for the command line and the testing kit. The
 * body is an `AccessTokenRequest` in JSON.
 */
export function devToken(
  context: ProviderContext,
  request: ProviderRequest,
): Promise<ProviderResponse> {
  return handleDevRequest(context, request, {
    members: TOKEN_MEMBERS,
    typeName: 'AccessTokenRequest',
    handle: async (body) => {
      const token = await createRequestedToken(context, body)
      return toJson({ access_token: token, token_type: 'Bearer' })
    },
  })
}

/**
 * Handles `/dev/user-tokens`, which completes a sign-in without a browser for the testing kit. The
 * body is a `UserTokensRequest` in JSON.
 */
export function devUserTokens(
  context: ProviderContext,
  request: ProviderRequest,
): Promise<ProviderResponse> {
  return handleDevRequest(context, request, {
    members: USER_TOKENS_MEMBERS,
    typeName: 'UserTokensRequest',
    handle: async (body) => toJson(await createRequestedUserTokens(context, body)),
  })
}
