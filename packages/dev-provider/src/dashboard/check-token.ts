import { GRAPH_CLIENT_ID, GRAPH_URI } from '../profiles/graph-permissions.js'
import { v1IssuerOf } from '../profiles/entra-v1.js'
import { CONSUMERS_TENANT_ID } from '../config/config.js'
import { findResource } from '../profiles/resources.js'
import type { ProviderContext } from '../state/context.js'
import { describeTime } from './describe-time.js'
import type { DecodedToken, SignatureState } from './read-token.js'

/** The kind of a token, which its claims show. */
export type TokenKind = 'ID token' | 'access token' | 'app-only token' | 'logout token'

/** A check of a token by an API, with the result in plain words. */
export interface TokenCheck {
  readonly isPassed: boolean
  readonly text: string
}

type Claims = Readonly<Record<string, unknown>>

/** Returns the kind of a token. Only access tokens name the calling app. */
function kindOf(claims: Claims): TokenKind {
  if (claims['events'] !== undefined) return 'logout token'
  const hasClient = ['azp', 'appid', 'client_id'].some((name) => claims[name] !== undefined)
  if (!hasClient) return 'ID token'
  const isUser = ['scp', 'scope', 'name', 'upn', 'auth_time'].some(
    (name) => claims[name] !== undefined,
  )
  return isUser ? 'access token' : 'app-only token'
}

/** Returns the name of the app or API that an identifier in a token stands for. */
function nameOfAudience(
  { config, origin }: Pick<ProviderContext, 'config' | 'origin'>,
  id: unknown,
): string | undefined {
  if (typeof id !== 'string') return undefined
  if (id === GRAPH_URI || id === GRAPH_CLIENT_ID) return 'Microsoft Graph'
  if (id === `${origin}/oidc`) return 'the user information endpoint of this provider'
  if (id === 'urn:microsoft:userinfo') return 'the user information endpoint of AD FS'
  const app = config.apps.find(({ clientId }) => clientId.toLowerCase() === id.toLowerCase())
  return app?.name ?? findResource(config, id)?.name
}

/** Returns a token in a few words, for example "access token for Todo API, expires in 59 min". */
export function summarize(context: ProviderContext, claims: Claims): string {
  const audience = nameOfAudience(context, claims['aud']) ?? describe(claims['aud'], 'no audience')
  const { exp } = claims
  if (typeof exp !== 'number') return `${kindOf(claims)} for ${audience}`
  const verb = exp * 1000 > context.nowMs() ? 'expires' : 'expired'
  return `${kindOf(claims)} for ${audience}, ${verb} ${describeTime(exp, context.nowMs())}`
}

/** Checks a token as an API of the configuration would check it. */
export function checkToken(context: ProviderContext, token: DecodedToken): readonly TokenCheck[] {
  const { claims } = token
  return [
    signatureCheck(token),
    issuerCheck(context, claims),
    kindCheck(context, claims),
    audienceCheck(context, claims),
    ...timeChecks(context, claims),
    permissionCheck(claims),
  ].filter((check) => check !== undefined)
}

const SIGNATURE_PROBLEMS: Readonly<Record<Exclude<SignatureState, 'valid'>, string>> = {
  changed:
    'The signature does not match the token. Someone changed the token after it was signed, or signed it with another key.',
  'unknown-key':
    'This provider does not publish the key of the token. Another provider issued the token, or the keys were replaced.',
  none: 'The token is not signed. An API must reject it.',
}

function signatureCheck({ signature }: DecodedToken): TokenCheck {
  return signature === 'valid'
    ? passed('This provider signed the token.')
    : failed(SIGNATURE_PROBLEMS[signature])
}

function describe(value: unknown, missing: string): string {
  if (value === undefined) return missing
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function issuerCheck(context: ProviderContext, { iss }: Claims): TokenCheck {
  if (typeof iss !== 'string') return failed('The issuer (iss) is missing.')
  if (issuersOf(context).includes(iss)) return passed(`The issuer is ${iss}.`)
  return failed(`The issuer is ${iss}, which is not an issuer of this provider.`)
}

function issuersOf({ config, origin, resolveProfile }: ProviderContext): readonly string[] {
  const tenants = config.tenants.flatMap(({ id, userFlows }) => {
    const path = userFlows === undefined ? id : `${id}/${userFlows.signUpSignIn}`
    const issuer = resolveProfile(path)?.issuerOf(id.toLowerCase())
    return [v1IssuerOf(id.toLowerCase()), ...(issuer === undefined ? [] : [issuer])]
  })
  return [
    ...tenants,
    `${origin}/${CONSUMERS_TENANT_ID}/v2.0`,
    `${origin}/oidc`,
    `${origin}/adfs`,
    `${origin.replace(/^https:/, 'http:')}/adfs/services/trust`,
  ]
}

function kindCheck(context: ProviderContext, claims: Claims): TokenCheck {
  const kind = kindOf(claims)
  if (kind === 'ID token') {
    const app = nameOfAudience(context, claims['aud']) ?? 'the app'
    return failed(
      `This is an ID token for ${app}. An API must reject it. Send the access token to the API.`,
    )
  }
  return kind === 'logout token'
    ? failed('This is a logout token. Apps accept it only at their back-channel logout URI.')
    : passed(`This is an ${kind}.`)
}

function audienceCheck(context: ProviderContext, { aud }: Claims): TokenCheck {
  const id = describe(aud, '(missing)')
  if (aud === GRAPH_URI || aud === GRAPH_CLIENT_ID) {
    return failed('The token is for Microsoft Graph. Your own API must reject it.')
  }
  const name = nameOfAudience(context, aud)
  if (name === undefined)
    return failed(`The configuration does not contain an API with the audience ${id}.`)
  return passed(`The token is for ${name}. Every other API must reject it.`)
}

function timeChecks(context: ProviderContext, { exp, nbf }: Claims): readonly TokenCheck[] {
  const nowMs = context.nowMs()
  const checks: TokenCheck[] = []
  if (typeof exp !== 'number') checks.push(failed('The expiry (exp) is missing.'))
  else if (exp * 1000 <= nowMs) {
    checks.push(failed(`The token expired ${describeTime(exp, nowMs)}. Request a new token.`))
  } else checks.push(passed(`The token expires ${describeTime(exp, nowMs)}.`))
  if (typeof nbf === 'number' && nbf * 1000 > nowMs) {
    checks.push(
      failed(
        `The token becomes valid ${describeTime(nbf, nowMs)}. Check the clocks (clockOffsetSeconds).`,
      ),
    )
  }
  return checks
}

function permissionCheck(claims: Claims): TokenCheck | undefined {
  if (!kindOf(claims).startsWith('a')) return undefined
  const scopes = claims['scp'] ?? claims['scope']
  if (typeof scopes === 'string' && scopes !== '') return passed(`The scopes are ${scopes}.`)
  const { roles } = claims
  if (Array.isArray(roles) && roles.length > 0) return passed(`The roles are ${roles.join(', ')}.`)
  return failed(
    'The token does not contain scp or roles, so an API must reject it. Request a scope of the API, or grant the app a role.',
  )
}

function passed(text: string): TokenCheck {
  return { isPassed: true, text }
}

function failed(text: string): TokenCheck {
  return { isPassed: false, text }
}
