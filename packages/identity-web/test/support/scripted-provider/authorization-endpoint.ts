import { randomUUID } from 'node:crypto'
import { formPostPage, json, redirectTo, withParameters } from './pages.ts'
import type { Parameters } from './script.ts'
import type { ProviderState, SignInRecord } from './state.ts'

/** Handles an authorization request: it checks the parameters, and signs the same user in without a page. */
export function respondToAuthorizationRequest(state: ProviderState, url: URL): Response {
  const { client, record, script } = state
  const request = Object.fromEntries(url.searchParams)
  record.requests.push({ endpoint: 'authorization', parameters: request })
  const problem = problemOf(request, client.clientId, client.redirectUri)
  if (problem !== undefined) {
    record.problems.push(problem)
    return json({ error: 'invalid_request', error_description: problem }, 400)
  }
  if (script.rotation === 'second-sign-in' && state.signIns === 1) state.signer.rotate()
  state.signIns++
  const error = script.authorizationError?.(request)
  const response: Parameters = {
    ...(error ?? { code: createCode(state, request) }),
    ...(request['state'] !== undefined && { state: request['state'] }),
  }
  return request['response_mode'] === 'form_post'
    ? formPostPage(client.redirectUri, response)
    : redirectTo(withParameters(client.redirectUri, response))
}

function problemOf(request: Parameters, clientId: string, redirectUri: string): string | undefined {
  const { scope = '', nonce = '' } = request
  if (request['response_type'] !== 'code') return 'response_type is not code.'
  if (request['client_id'] !== clientId) return 'client_id is not registered.'
  if (request['redirect_uri'] !== redirectUri) return 'redirect_uri is not registered.'
  if (!scope.split(' ').includes('openid')) return 'scope does not contain openid.'
  if (request['code_challenge_method'] !== 'S256') return 'code_challenge_method is not S256.'
  if (nonce === '' || nonce.length > 1024) return 'nonce is missing or too long.'
  return undefined
}

function createCode(state: ProviderState, request: Parameters): string {
  const code = randomUUID()
  const signIn: SignInRecord = {
    sub: 'user-1',
    sid: randomUUID(),
    scope: request['scope'] ?? '',
    nonce: request['nonce'],
    redirectUri: request['redirect_uri'] ?? '',
    codeChallenge: request['code_challenge'] ?? '',
  }
  state.codes.set(code, signIn)
  state.signedIn = signIn
  return code
}
