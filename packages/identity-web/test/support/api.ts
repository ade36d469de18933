import type { ApiDefinitions } from '../../src/client/index.ts'
import { createServer } from 'node:http'
import { onTestFinished } from 'vitest'
import { close, listen } from './site.ts'

/** A request that an API received. */
export interface ApiCall {
  readonly method: string
  /** Path and query. */
  readonly url: string
  readonly token: string
  readonly contentType: string | undefined
  readonly body: string
}

/** The response of an API. */
export interface ApiResponse {
  readonly status: number
  readonly headers?: Record<string, string>
}

/** Another API with its own URL, for one test. */
export interface Api {
  readonly url: string
  readonly calls: readonly ApiCall[]
}

export const NBF = { access_token: { nbf: { essential: true, value: '1604106651' } } }

/** Returns a claims challenge in the format of Microsoft's APIs. */
export function claimsChallenge(claims: object | string): ApiResponse {
  const json = typeof claims === 'string' ? claims : JSON.stringify(claims)
  return challengeWith(`Bearer realm="", error="insufficient_claims", claims="${btoa(json)}"`)
}

export function challengeWith(header: string): ApiResponse {
  return { status: 401, headers: { 'www-authenticate': header } }
}

/** @param respond - Returns the response to a call. Its second parameter are the earlier calls. */
export async function startApi(
  respond: (call: ApiCall, before: readonly ApiCall[]) => ApiResponse = () => ({ status: 200 }),
): Promise<Api> {
  const calls: ApiCall[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const call: ApiCall = {
        method: request.method ?? '',
        url: request.url ?? '',
        token: request.headers.authorization?.replace('Bearer ', '') ?? '',
        contentType: request.headers['content-type'],
        body: Buffer.concat(chunks).toString('utf8'),
      }
      const { status, headers = {} } = respond(call, [...calls])
      calls.push(call)
      response.writeHead(status, { 'content-type': 'application/json', ...headers })
      response.end(JSON.stringify({ call: calls.length }))
    })
  })
  const url = await listen(server)
  onTestFinished(() => close(server))
  return { url, calls }
}

/** Starts an API that challenges its first token, and accepts every other token. */
export function startChallengingApi(claims: object | string = NBF): Promise<Api> {
  return startApi(({ token }, [first]) =>
    first === undefined || first.token === token ? claimsChallenge(claims) : { status: 200 },
  )
}

/** Returns the options of an `Auth` whose Microsoft Graph is a server of a test. */
export function asGraph({ url }: Pick<Api, 'url'>): { apis: ApiDefinitions } {
  return { apis: { graph: { baseUrl: new URL(url).origin, scopes: 'User.Read' } } }
}
