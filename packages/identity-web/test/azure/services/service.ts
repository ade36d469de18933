import type { IncomingMessage } from 'node:http'
import { createServer } from 'node:https'
import { text } from 'node:stream/consumers'
import { setTimeout } from 'node:timers/promises'
import { close, listen } from '../../support/server.ts'
import {
  createTokenCheck,
  tenantOf,
  type Caller,
  type TokenRules,
} from '../../../../../examples/azure-sdk/src/stand-ins/check-token.ts'
import type { Reply, ServiceKind } from '../../../../../examples/azure-sdk/src/stand-ins/service.ts'
import { certificate } from './tls.ts'

/** A failure, for a number of requests. */
export interface Fault {
  readonly times: number
  /** The response. Without it, the service responds normally after the delay. */
  readonly reply?: Reply
  readonly delayMs?: number
}

/** A request that arrived. */
export interface ServiceRequest {
  readonly method: string
  readonly path: string
  /** The name of the caller. `undefined` if the token was missing or rejected. */
  readonly caller: string | undefined
  readonly status: number
}

/** A running stand-in of a service of Azure. */
export interface Service {
  /** The origin with the name of the account, for example `https://contoso.vault.localhost:34567`. */
  readonly origin: string
  readonly requests: readonly ServiceRequest[]
  /**
   * The claims that a token must contain, as a claims request. Other tokens get a claims challenge (continuous access
   * evaluation, authentication contexts).
   */
  requiredClaims: ClaimsOfToken | undefined
  fault: Fault | undefined
  close(): Promise<void>
}

/** Requirements of a token. Services of Azure send the first after a revocation, and the second for an authentication context. */
export interface ClaimsOfToken {
  readonly access_token: {
    readonly nbf?: { readonly essential: true; readonly value: string }
    readonly acrs?: { readonly essential: true; readonly value: string }
  }
}

/** Starts a stand-in on https, which checks the token of every request. */
export async function startService(
  rules: TokenRules,
  { host, challenge, respond }: ServiceKind,
): Promise<Service> {
  const callerOf = createTokenCheck(rules)
  const requests: ServiceRequest[] = []
  const authorizationUri = new URL(`/${tenantOf(rules.authority)}`, rules.authority).href

  const replyTo = async (request: IncomingMessage, caller: Caller | undefined): Promise<Reply> => {
    const { fault } = service
    if (fault !== undefined && fault.times > 0) {
      service.fault = { ...fault, times: fault.times - 1 }
      await setTimeout(fault.delayMs ?? 0)
      if (fault.reply !== undefined) return fault.reply
    }
    if (caller === undefined) return unauthorized(challenge(authorizationUri, rules.audience))
    if (!satisfies(caller, service.requiredClaims)) {
      const claims = Buffer.from(JSON.stringify(service.requiredClaims)).toString('base64')
      return unauthorized(
        `realm="", authorization_uri="${authorizationUri}/oauth2/authorize", error="insufficient_claims", claims="${claims}"`,
      )
    }
    const url = new URL(request.url ?? '', `https://${request.headers.host}`)
    return respond({ caller, method: request.method ?? '', url, body: await text(request) })
  }

  const server = createServer(certificate, (request, response) => {
    const answer = async (): Promise<void> => {
      const caller = await callerOf(request.headers.authorization)
      const { status, headers, body = '' } = await replyTo(request, caller)
      const { method = '', url: path = '' } = request
      requests.push({ method, path, caller: caller?.name, status })
      const length = { 'content-length': Buffer.byteLength(body) }
      response.writeHead(status, { ...headers, ...length }).end(body)
    }
    // The client sees a closed connection.
    answer().catch(() => response.destroy())
  })
  const { port } = new URL(await listen(server))
  const service: Service = {
    origin: `https://${host}:${port}`,
    requests,
    requiredClaims: undefined,
    fault: undefined,
    close: () => close(server),
  }
  return service
}

/** Returns the response to a missing or a rejected token. */
export const unauthorized = (parameters: string): Reply => ({
  status: 401,
  headers: { 'www-authenticate': `Bearer ${parameters}`, 'content-type': 'application/json' },
  body: JSON.stringify({ error: { code: 'Unauthorized', message: 'The token is not accepted.' } }),
})

function satisfies({ claims }: Caller, required: ClaimsOfToken | undefined): boolean {
  const { nbf, acrs } = required?.access_token ?? {}
  const held = claims['acrs']
  return (
    (nbf === undefined || (claims.nbf ?? 0) >= Number(nbf.value)) &&
    (acrs === undefined || (Array.isArray(held) && held.includes(acrs.value)))
  )
}
