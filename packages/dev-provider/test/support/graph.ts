import type { DevProvider } from '../../src/index.js'
import { test as base } from './fixtures.js'

export const GRAPH = 'https://graph.microsoft.com'

/** The parts of a Graph response that tests read. */
export interface GraphReply {
  readonly status: number
  readonly headers: Headers
  readonly body: GraphBody
}

export interface GraphBody extends Readonly<Record<string, unknown>> {
  readonly '@odata.nextLink'?: string
  readonly '@odata.count'?: number
  readonly value?: readonly Readonly<Record<string, unknown>>[]
  readonly error?: Readonly<Record<string, unknown>>
}

/** The user and the scopes, or the app permissions, of a Graph token. */
export interface Sender {
  readonly as?: string
  readonly scopes?: readonly string[]
  readonly roles?: readonly string[]
}

/** Sends a request to Graph with a new token. */
export type CallGraph = (path: string, sender?: Sender, init?: RequestInit) => Promise<GraphReply>

/** Creates a function that calls the Graph of a provider. */
function createGraphCaller(provider: DevProvider): CallGraph {
  return async (path, sender = {}, init = {}) => {
    const { roles, as = 'alex', scopes = ['User.Read'] } = sender
    const token = await provider.accessToken(
      roles === undefined ? { api: GRAPH, as, scopes } : { api: GRAPH, roles },
    )
    const url = path.startsWith('http') ? path : `${provider.origin}/v1.0${path}`
    const response = await fetch(url, {
      ...init,
      headers: { authorization: `Bearer ${token}`, ...(init.headers as Record<string, string>) },
    })
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.startsWith('application/json') === true
    const body = (isJson && text !== '' ? JSON.parse(text) : { text }) as GraphBody
    return { status: response.status, headers: response.headers, body }
  }
}

/** Creates the options of a request with a JSON body. */
export function post(body: unknown): RequestInit {
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }
}

/** Vitest's `test` with a function that calls Graph. */
export const test = base.extend('call', ({ provider }) => createGraphCaller(provider))

export { describe, expect } from 'vitest'
