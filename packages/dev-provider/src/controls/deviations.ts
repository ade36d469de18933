import { valuesOf } from '../config/schema.js'
import { OAuthError } from '../protocol/oauth-error.js'
import { parseRequestedClaims } from '../protocol/requested-claims.js'
import type { Sign } from './tamper.js'

/**
 * A way in which the provider behaves differently from the real one, so that you see how your app reacts.
 *
 * The first word names the place: the metadata, the keys, the authorization response (`response-…`), a token, the token
 * response, the parameters `resource` and `claims`, consent, or the sign-out.
 *
 * @example ID tokens do not contain the nonce
 * ```ts
 * provider.behave({ deviations: ['id-token-without-nonce'] })
 * ```
 */
export type Deviation =
  | 'metadata-other-issuer'
  | 'metadata-without-sign-out'
  | 'keys-missing'
  | 'response-other-state'
  | 'response-without-state'
  | 'response-other-issuer'
  | 'response-without-code'
  | 'id-token-missing'
  | 'id-token-expired'
  | 'id-token-other-audience'
  | 'id-token-other-issuer'
  | 'id-token-other-nonce'
  | 'id-token-without-nonce'
  | 'id-token-unsigned'
  | 'id-token-wrong-signature'
  | 'id-token-unknown-key'
  | 'id-token-without-oid'
  | 'id-token-without-tid'
  | 'id-token-without-name'
  | 'id-token-without-sid'
  | 'access-token-missing'
  | 'access-token-expired'
  | 'access-token-other-audience'
  | 'access-token-other-issuer'
  | 'access-token-wrong-signature'
  | 'access-token-unknown-key'
  | 'access-token-opaque'
  | 'access-token-without-scopes'
  | 'access-token-without-roles'
  | 'access-token-without-user'
  | 'refresh-token-missing'
  | 'refresh-token-not-replaced'
  | 'second-refresh-rejected'
  | 'refreshed-id-token-other-user'
  | 'scope-missing'
  | 'scope-reduced'
  | 'resource-rejected'
  | 'resource-ignored'
  | 'claims-ignored'
  | 'claims-rejected'
  | 'consent-forgotten'
  | 'sign-out-without-redirect'
  | 'front-channel-not-called'
  | 'front-channel-other-session'
  | 'back-channel-not-called'
  | 'logout-token-wrong-signature'
  | 'logout-token-other-session'
  | 'logout-token-without-event'
  | 'user-info-other-user'

type Members = Record<string, unknown>

/** The changes of one kind of token. */
interface TokenChange {
  readonly claims?: (claims: Members) => Members
  readonly header?: Readonly<Members>
  /** Changes the token after it is signed. */
  readonly token?: (token: string) => string
}

interface Changes {
  readonly idToken?: TokenChange
  readonly accessToken?: TokenChange
  readonly logoutToken?: TokenChange
  readonly metadata?: (document: Members) => Members
  readonly response?: (params: URLSearchParams) => void
  readonly tokenResponse?: (body: Members, grantType: string) => Members
}

const OTHER_ISSUER = 'https://other-issuer.example/'
/** An ID that is not in use. */
export const OTHER_ID = 'a0000000-0000-4000-8000-0000000000ff'

const without =
  (...names: readonly string[]) =>
  (members: Members): Members =>
    Object.fromEntries(Object.entries(members).filter(([name]) => !names.includes(name)))

const set =
  (changes: Members) =>
  (members: Members): Members => ({ ...members, ...changes })

// Three hours after the expiry, because no app tolerates a clock that is so late.
const expire = (claims: Members): Members => {
  const shift = (name: string): number => Number(claims[name]) - 4 * 3600
  return { ...claims, iat: shift('iat'), nbf: shift('nbf'), exp: shift('iat') + 3600 }
}

/** Replaces the signature by another one of the same length. */
const spoil = (token: string): string => {
  const [header = '', claims = '', signature = ''] = token.split('.')
  return `${header}.${claims}.${'A'.repeat(signature.length)}`
}

/** The changes that a deviation makes. For the other deviations, the endpoint itself asks `deviates`. */
const DEVIATIONS: Readonly<Partial<Record<Deviation, Changes>>> = {
  'metadata-other-issuer': { metadata: set({ issuer: OTHER_ISSUER }) },
  'metadata-without-sign-out': { metadata: without('end_session_endpoint') },
  'response-other-state': { response: (params) => params.set('state', 'another-state') },
  'response-without-state': { response: (params) => params.delete('state') },
  'response-other-issuer': { response: (params) => params.set('iss', OTHER_ISSUER) },
  'response-without-code': { response: (params) => params.delete('code') },
  'id-token-missing': { tokenResponse: without('id_token') },
  'id-token-expired': { idToken: { claims: expire } },
  'id-token-other-audience': { idToken: { claims: set({ aud: OTHER_ID }) } },
  'id-token-other-issuer': { idToken: { claims: set({ iss: OTHER_ISSUER }) } },
  'id-token-other-nonce': { idToken: { claims: set({ nonce: 'another-nonce' }) } },
  'id-token-without-nonce': { idToken: { claims: without('nonce') } },
  'id-token-unsigned': { idToken: { header: { alg: 'none' } } },
  'id-token-wrong-signature': { idToken: { token: spoil } },
  'id-token-unknown-key': { idToken: { header: { kid: 'unknown-key' } } },
  'id-token-without-oid': { idToken: { claims: without('oid') } },
  'id-token-without-tid': { idToken: { claims: without('tid') } },
  'id-token-without-name': {
    idToken: { claims: without('name', 'preferred_username', 'upn', 'unique_name', 'email') },
  },
  'id-token-without-sid': { idToken: { claims: without('sid') } },
  'access-token-missing': { tokenResponse: without('access_token') },
  'access-token-expired': { accessToken: { claims: expire } },
  'access-token-other-audience': { accessToken: { claims: set({ aud: OTHER_ID }) } },
  'access-token-other-issuer': { accessToken: { claims: set({ iss: OTHER_ISSUER }) } },
  'access-token-wrong-signature': { accessToken: { token: spoil } },
  'access-token-unknown-key': { accessToken: { header: { kid: 'unknown-key' } } },
  'access-token-opaque': {
    accessToken: { token: (token) => `opaque-${token.slice(-24)}` },
  },
  'access-token-without-scopes': { accessToken: { claims: without('scp', 'scope') } },
  'access-token-without-roles': { accessToken: { claims: without('roles') } },
  'access-token-without-user': { accessToken: { claims: without('oid', 'sub') } },
  'refresh-token-missing': { tokenResponse: without('refresh_token') },
  'refresh-token-not-replaced': {
    tokenResponse: (body, grantType) =>
      grantType === 'refresh_token' ? without('refresh_token')(body) : body,
  },
  'second-refresh-rejected': {
    tokenResponse: (body, grantType) =>
      grantType === 'refresh_token' ? { ...body, refresh_token: 'unknown-token' } : body,
  },
  'refreshed-id-token-other-user': {
    // An ID token of a refresh does not contain a nonce.
    idToken: {
      claims: (claims) =>
        'nonce' in claims ? claims : { ...claims, sub: 'another-user', oid: OTHER_ID },
    },
  },
  'scope-missing': { tokenResponse: without('scope') },
  'scope-reduced': { tokenResponse: set({ scope: 'openid' }) },
  'claims-ignored': {
    idToken: { claims: without('acrs') },
    accessToken: { claims: without('acrs') },
  },
  'logout-token-wrong-signature': { logoutToken: { token: spoil } },
  'logout-token-other-session': { logoutToken: { claims: set({ sid: 'another-session' }) } },
  'logout-token-without-event': { logoutToken: { claims: without('events') } },
}

/** Returns all deviations, in the same order as in the documentation. */
export function deviationNames(): readonly Deviation[] {
  return valuesOf('Deviation')
}

interface WithBehaviour {
  readonly behaviour: { readonly deviations: readonly Deviation[] }
}

/** Returns whether a deviation is switched on. */
export function deviates({ behaviour }: WithBehaviour, deviation: Deviation): boolean {
  return behaviour.deviations.includes(deviation)
}

/** Returns the changes that are switched on for a place. */
export function changesOf<Place extends keyof Changes>(
  { behaviour }: WithBehaviour,
  place: Place,
): readonly NonNullable<Changes[Place]>[] {
  return behaviour.deviations.flatMap((deviation) => DEVIATIONS[deviation]?.[place] ?? [])
}

/** Returns a function that signs tokens with all deviations of this kind of token. */
export function deviatingSign(
  context: WithBehaviour,
  kind: 'idToken' | 'accessToken' | 'logoutToken',
  sign: Sign,
): Sign {
  return changesOf(context, kind).reduce<Sign>(
    (inner, { claims = (same) => same, header: changed, token = (same) => same }) =>
      async (body, header, key) =>
        token(await inner(claims(body), { ...header, ...changed }, key)),
    sign,
  )
}

/**
 * Rejects or ignores the parameters `resource` (RFC 8707) and `claims`, as the deviations say.
 *
 * If an app declares `cp1`, all of its requests contain `claims`, but only a request after a challenge contains other claims.
 *
 * @throws OAuthError when a deviation rejects the request.
 */
export function deviateParameters(context: WithBehaviour, params: URLSearchParams): void {
  if (deviates(context, 'resource-ignored')) params.delete('resource')
  if (deviates(context, 'resource-rejected') && params.has('resource')) {
    throw rejected(
      'invalid_target',
      9010010,
      "The resource parameter provided in the request doesn't match with the requested scopes.",
    )
  }
  const { accessToken, idTokenAcrs } = parseRequestedClaims(params.get('claims') ?? undefined)
  const isChallenge =
    idTokenAcrs.length > 0 || Object.keys(accessToken).some((name) => name !== 'xms_cc')
  if (deviates(context, 'claims-rejected') && isChallenge) {
    throw rejected('invalid_request', 900144, "The parameter 'claims' is not supported.")
  }
}

function rejected(error: string, number: number, message: string): OAuthError {
  return new OAuthError(error, number, message, {
    remedy: 'Remove the deviation from the switch `deviations`.',
  })
}
