import { createServer } from 'node:http'
import { onTestFinished } from 'vitest'
import { close, listen } from './site.ts'

/** What an API was asked. */
export interface ApiCall {
  readonly method: string
  readonly token: string
  readonly contentType: string | undefined
  readonly body: string
}

/** What an API answers. */
export interface ApiResponse {
  readonly status: number
  readonly headers?: Record<string, string>
}

/** An API of somebody else, at an address of its own, for one test. */
export interface Api {
  readonly url: string
  readonly calls: readonly ApiCall[]
}

export const NBF = { access_token: { nbf: { essential: true, value: '1604106651' } } }

/** A claims challenge as Microsoft's APIs write it. */
export function claimsChallenge(claims: object | string): ApiResponse {
  const text = typeof claims === 'string' ? claims : JSON.stringify(claims)
  return challengeWith(`Bearer realm="", error="insufficient_claims", claims="${btoa(text)}"`)
}

export function challengeWith(header: string): ApiResponse {
  return { status: 401, headers: { 'www-authenticate': header } }
}

/** @param answer - By the call and those before it. */
export async function startApi(
  answer: (call: ApiCall, before: readonly ApiCall[]) => ApiResponse = () => ({ status: 200 }),
): Promise<Api> {
  const calls: ApiCall[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const call: ApiCall = {
        method: request.method ?? '',
        token: request.headers.authorization?.replace('Bearer ', '') ?? '',
        contentType: request.headers['content-type'],
        body: Buffer.concat(chunks).toString('utf8'),
      }
      const { status, headers = {} } = answer(call, [...calls])
      calls.push(call)
      response.writeHead(status, { 'content-type': 'application/json', ...headers })
      response.end(JSON.stringify({ call: calls.length }))
    })
  })
  const url = await listen(server)
  onTestFinished(() => close(server))
  return { url, calls }
}

/** An API that challenges the first token that it sees, and takes every other. */
export function startChallengingApi(claims: object | string = NBF): Promise<Api> {
  return startApi(({ token }, [first]) =>
    first === undefined || first.token === token ? claimsChallenge(claims) : { status: 200 },
  )
}
