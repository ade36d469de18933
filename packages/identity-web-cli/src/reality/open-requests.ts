import { compare, type Answer } from './compare.js'
import { OPEN_RESPONSES, readDescriptions } from './descriptions.js'

/** An app at Entra ID, or at a provider that simulates it. */
export interface Target {
  readonly tokenEndpoint: string
  readonly clientId: string
}

/** Sends a request, and returns its response. A body that is not JSON has no members. */
export async function send(url: string | URL, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(url, { redirect: 'manual', ...init })
  const body = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json') === true
  return {
    status: response.status,
    headers: response.headers,
    members: isJson ? JSON.parse(body) : {},
  }
}

const DOCUMENTS: Readonly<Record<string, string>> = {
  'metadata of an unknown tenant': 'nobody.example/v2.0/.well-known/openid-configuration',
  'keys of common': 'common/discovery/v2.0/keys',
  'keys of organizations': 'organizations/discovery/v2.0/keys',
}

/** Requests for app tokens, by their differences from one with a wrong secret. */
const APP_TOKENS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'app token of an unknown app': { client_id: '00000000-0000-0000-0000-00000000000f' },
  'app token of the client ID of zeros': { client_id: '00000000-0000-0000-0000-000000000000' },
  'app token with a wrong secret': {},
  'app token without a credential': { client_secret: '' },
  'unknown grant type': { grant_type: 'no_such_grant' },
}

type OpenRequest = (target: Target, signal?: AbortSignal) => Promise<Answer>

/** The requests that need no credential and no user, and change nothing. */
export const OPEN_REQUESTS: Readonly<Record<string, OpenRequest>> = Object.fromEntries([
  ...Object.entries(DOCUMENTS).map(([name, path]): [string, OpenRequest] => [
    name,
    ({ tokenEndpoint }, signal) =>
      send(new URL(`/${path}`, tokenEndpoint), { signal: signal ?? null }),
  ]),
  ...Object.entries(APP_TOKENS).map(([name, changed]): [string, OpenRequest] => [
    name,
    ({ tokenEndpoint, clientId }, signal) => {
      const form = {
        grant_type: 'client_credentials',
        client_id: clientId,
        client_secret: 'wrong',
        scope: 'https://graph.microsoft.com/.default',
        ...changed,
      }
      const body = new URLSearchParams(Object.entries(form).filter(([, value]) => value !== ''))
      return send(tokenEndpoint, { method: 'POST', body, signal: signal ?? null })
    },
  ]),
])

/** A described response, and how the provider's response differs from it. */
export interface Compared {
  readonly id: string
  readonly differences: readonly string[]
}

/**
 * Sends the open requests, and compares the responses with those that Microsoft sent to others.
 *
 * @param timeoutSeconds - The time limit of each request.
 */
export async function compareOpenResponses(
  target: Target,
  timeoutSeconds: number,
): Promise<Compared[]> {
  const results: Compared[] = []
  for (const description of readDescriptions(OPEN_RESPONSES)) {
    const signal = AbortSignal.timeout(timeoutSeconds * 1000)
    const answer = await OPEN_REQUESTS[description.cause]!(target, signal)
    results.push({ id: description.id, differences: compare(description, answer) })
  }
  return results
}
