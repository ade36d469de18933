import type { RequestRecord } from '../controls/request-log.js'
import { param, type ProviderRequest, type ProviderResponse } from '../protocol/http.js'
import type { ProviderContext } from '../state/context.js'
import type { SeenToken } from '../state/request-details.js'
import { readToken } from './read-token.js'

// The members of responses and the parameters of requests that contain a JWT.
const SENT = ['access_token', 'id_token'] as const
const RECEIVED = ['assertion', 'id_token_hint', 'logout_token'] as const

/** Keeps the details of a request that the page of requests shows, after the response was sent. */
export function capture(
  context: ProviderContext,
  record: RequestRecord,
  { request, response }: { readonly request: ProviderRequest; readonly response: ProviderResponse },
): void {
  const details = context.history.of(record)
  const received = receivedTokens(context, request)
  details.tokens = [...received.tokens, ...sentTokens(context, response)]
  if (received.foreignToken !== undefined) details.foreignToken = received.foreignToken
  details.clientId = clientIdOf(request) ?? clientIdIn(details.tokens)
}

/** Returns the tokens in a JSON response. The provider issued them, also when a hook changed them. */
function sentTokens(context: ProviderContext, { headers, body }: ProviderResponse): SeenToken[] {
  const isJson = headers['content-type']?.startsWith('application/json') === true
  if (!isJson || typeof body !== 'string') return []
  // Most JSON responses do not contain tokens, so they are not parsed.
  if (!SENT.some((name) => body.includes(`"${name}"`))) return []
  const members = JSON.parse(body) as Record<string, unknown>
  return SENT.flatMap((place) => {
    const token = readToken(context, String(members[place]))
    if (token === undefined) return []
    const { header, claims, signature } = token
    return [{ place, header, claims, isSigned: signature === 'valid' }]
  })
}

/** Returns the tokens of a request that this provider issued. The page does not keep other tokens. */
function receivedTokens(
  context: ProviderContext,
  request: ProviderRequest,
): { readonly tokens: readonly SeenToken[]; readonly foreignToken?: string } {
  const bearer = /^Bearer +(\S+)$/i.exec(request.headers['authorization'] ?? '')?.[1]
  const found = [
    ...(bearer === undefined ? [] : [['Authorization header', bearer] as const]),
    ...RECEIVED.flatMap((name) => {
      const value = param(request.form, name) ?? param(request.url.searchParams, name)
      return value === undefined ? [] : [[name, value] as const]
    }),
  ]
  const tokens: SeenToken[] = []
  let foreignToken: string | undefined
  for (const [place, value] of found) {
    const token = readToken(context, value)
    if (token?.signature === 'valid') {
      tokens.push({ place, header: token.header, claims: token.claims, isSigned: true })
    } else foreignToken = describeForeign(place, token?.signature)
  }
  return { tokens, ...(foreignToken !== undefined && { foreignToken }) }
}

function describeForeign(place: string, signature: string | undefined): string {
  if (signature === undefined)
    return `The token in ${place} is not a JWT. This page cannot decode it.`
  const reason =
    signature === 'changed'
      ? 'was changed after this provider signed it'
      : 'was not signed by a current key of this provider'
  return `The token in ${place} ${reason}, so this page does not show it. To inspect the token, paste it into "Decode a token".`
}

function clientIdOf({ form, url, headers }: ProviderRequest): string | undefined {
  const sent = param(form, 'client_id') ?? param(url.searchParams, 'client_id')
  if (sent !== undefined) return sent
  const basic = /^Basic +(\S+)$/i.exec(headers['authorization'] ?? '')?.[1]
  const [id] = Buffer.from(basic ?? '', 'base64')
    .toString()
    .split(':')
  return id === '' ? undefined : id
}

function clientIdIn(tokens: readonly SeenToken[]): string | undefined {
  for (const { claims } of tokens) {
    const id = claims['azp'] ?? claims['appid'] ?? claims['client_id']
    if (typeof id === 'string') return id
  }
  return undefined
}
