import { randomUUID } from 'node:crypto'
import { verifyBearer, type BearerResult } from './bearer.js'
import type { UserConfig } from '../config/config.js'
import type { ProviderContext } from '../state/context.js'
import { GRAPH_CLIENT_ID, GRAPH_URI } from '../profiles/graph-permissions.js'
import { toJson, type ProviderReply, type ProviderRequest } from '../protocol/http.js'
import { pairwiseSubject } from '../profiles/subject.js'

const CHALLENGE = `Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", client_id="${GRAPH_CLIENT_ID}"`

const INVALID_TEXTS: Readonly<Record<string, string>> = {
  missing: 'Access token is empty.',
  malformed: 'CompactToken parsing failed with error code: 80049217',
  signature: 'Signature is invalid.',
  expired: 'Lifetime validation failed, the token is expired.',
  audience: 'Invalid audience.',
}

/** `/v1.0/me`: the one page of Microsoft Graph that every sample calls. */
export async function graphMe(
  context: ProviderContext,
  request: ProviderRequest,
): Promise<ProviderReply> {
  const result = await verifyBearer(context, request, [GRAPH_URI, GRAPH_CLIENT_ID])
  if (result.kind !== 'valid') return unauthorized(context, request, result)
  const scopes = wordsOf(result.claims['scp'])
  const user = userOf(context, result.claims['oid'])
  if (user === undefined || !scopes.some((scope) => /^User\.Read(Write)?(\.All)?$/.test(scope))) {
    return graphError(context, request, 403, {
      code: 'Authorization_RequestDenied',
      message: 'Insufficient privileges to complete the operation.',
    })
  }
  return toJson({
    '@odata.context': `${GRAPH_URI}/v1.0/$metadata#users/$entity`,
    businessPhones: [],
    displayName: user.name,
    givenName: user.givenName,
    jobTitle: user.jobTitle ?? null,
    mail: user.email ?? null,
    mobilePhone: null,
    officeLocation: null,
    preferredLanguage: null,
    surname: user.surname,
    userPrincipalName: user.username,
    id: result.claims['oid'],
  })
}

/** `/oidc/userinfo`, at Graph's own path, for Graph's tokens and the plain provider's alike. */
export async function userinfo(
  context: ProviderContext,
  request: ProviderRequest,
): Promise<ProviderReply> {
  const issuer = `${context.origin}/oidc`
  const apis = context.config.apps.map((app) => app.clientId)
  const result = await verifyBearer(context, request, [GRAPH_URI, issuer, ...apis])
  if (result.kind !== 'valid') return unauthorized(context, request, result)
  const { claims } = result
  const isPlain = claims.iss === issuer
  // An API's token of an Entra tenant is none of Graph's business.
  if (!isPlain && claims.aud !== GRAPH_URI) {
    return unauthorized(context, request, { kind: 'invalid', reason: 'audience' })
  }
  const scopes = wordsOf(claims[isPlain ? 'scope' : 'scp'])
  const user = context.config.users.find((entry) => isSubject(context, entry, claims))
  if (user === undefined || !scopes.includes('openid')) {
    return graphError(context, request, 403, {
      code: 'Authorization_RequestDenied',
      message: 'Insufficient privileges to complete the operation.',
    })
  }
  return toJson({
    sub: claims.sub,
    ...(scopes.includes('profile') && {
      name: user.name,
      given_name: user.givenName,
      family_name: user.surname,
    }),
    ...(scopes.includes('email') && user.email !== undefined && { email: user.email }),
  })
}

function wordsOf(claim: unknown): string[] {
  return typeof claim === 'string' ? claim.split(' ') : []
}

function isSubject(
  context: ProviderContext,
  user: UserConfig,
  claims: Record<string, unknown>,
): boolean {
  const clientId = claims['azp'] ?? claims['client_id']
  const tenant = typeof claims['tid'] === 'string' ? claims['tid'] : 'oidc'
  const seat = context.resolveProfile(tenant)?.seat(user)
  return (
    seat !== undefined &&
    typeof clientId === 'string' &&
    pairwiseSubject(seat, clientId) === claims['sub']
  )
}

function userOf(context: ProviderContext, oid: unknown): UserConfig | undefined {
  return context.config.users.find(
    (user) => user.oid === oid || user.guestOf?.some((guest) => guest.oid === oid),
  )
}

function unauthorized(
  context: ProviderContext,
  request: ProviderRequest,
  result: Exclude<BearerResult, { kind: 'valid' }>,
): ProviderReply {
  const reason = result.kind === 'missing' ? 'missing' : result.reason
  const error = { code: 'InvalidAuthenticationToken', message: INVALID_TEXTS[reason] ?? reason }
  return graphError(context, request, 401, error, { 'www-authenticate': CHALLENGE })
}

function graphError(
  context: ProviderContext,
  request: ProviderRequest,
  status: number,
  error: { code: string; message: string },
  headers: Record<string, string> = {},
): ProviderReply {
  const innerError = {
    date: new Date(context.nowMs()).toISOString().slice(0, 19),
    'request-id': randomUUID(),
    'client-request-id': request.correlationId,
  }
  return toJson({ error: { ...error, innerError } }, status, headers)
}
