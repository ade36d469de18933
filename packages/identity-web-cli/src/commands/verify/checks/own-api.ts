import { McpAuth } from 'identity-web/fetch'
import { decodeClaims } from '../../doctor/network/tokens.js'
import { fail, notApplicable, skip, type Check } from '../check.js'
import type { Trial } from '../trial.js'
import { apiOf, assertProfile, defaultScopeOf, ME } from './tokens.js'

/** The change for a token that the settings of the web app cannot accept. */
const OTHER_API =
  'The audience of the token is not the client ID of your settings. If the API has its own registration, add --api-env with a file of its variables. Otherwise, set audience (IDENTITY_AUDIENCE) to the audience of the token.'
/** The change for an API that accepts a wrong token. */
export const HOLE =
  'Do not use this provider for APIs until this is solved, and report it as SECURITY.md says.'

const BACK = '/verify/back'
const AUDIENCE =
  'The provider does not use resource for the audience. Register the API with this identifier at the provider, or set audience (IDENTITY_AUDIENCE) to the audience of its tokens.'

/** An API that the library guards. */
export const ownApiChecks: readonly Check[] = [
  {
    id: 'api-token',
    statement:
      'An access token for an API has version 2 at Microsoft, the expected issuer and audience, and the scopes in scp or scope.',
    needsScope: true,
    async run(trial) {
      const token = await trial.token()
      const { ok, status } = await trial.callApi(token)
      const { ver, aud } = decodeClaims(token) ?? {}
      // The issuer and the audience of version 1 differ too, but the version is their cause.
      if (trial.isMicrosoft && typeof ver === 'string' && ver !== '2.0')
        fail(
          `The API ${ok ? 'accepts' : 'rejects'} the token, which has version ${JSON.stringify(ver)}.`,
          'Set api.requestedAccessTokenVersion to 2 in the manifest of the API. Then all APIs get the same claims.',
        )
      const { api, app } = trial.settings
      const isOther = api === undefined && aud !== app['IDENTITY_CLIENT_ID']
      const found = `The API rejected the token (status ${status}).`
      if (!ok) trial.fail(found, isOther ? OTHER_API : undefined)
    },
  },
  {
    id: 'api-scope',
    statement: 'A route that requires another scope rejects the token with insufficient_scope.',
    needs: ['api-token'],
    async run(trial) {
      await sendWrong(trial, 'without its scope', await trial.token(), [403], 'Verify.Missing')
    },
  },
  {
    id: 'api-rejects-changed',
    statement: 'The API rejects a token whose signature or claims were changed.',
    needs: ['api-token'],
    async run(trial) {
      const [header = '', payload = '', signature = ''] = (await trial.token()).split('.')
      const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object
      const other = Buffer.from(JSON.stringify({ ...claims, sub: 'other' })).toString('base64url')
      const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')
      const flipped = (signature.startsWith('A') ? 'B' : 'A') + signature.slice(1)
      await sendWrong(trial, 'with another signature', `${header}.${payload}.${flipped}`)
      await sendWrong(trial, 'with other claims', `${header}.${other}.${signature}`)
      await sendWrong(trial, 'without a signature', `${none}.${payload}.`)
    },
  },
  {
    id: 'api-rejects-other',
    statement: 'The API rejects the ID token, and tokens for another API such as Microsoft Graph.',
    needs: ['api-token'],
    async run(trial) {
      const { graphScope, recorder } = trial
      const idToken = recorder.last('authorization_code')?.response['id_token']
      await sendWrong(trial, 'that is an ID token', String(idToken))
      if (graphScope !== undefined)
        await sendWrong(trial, 'for Microsoft Graph', await trial.token(graphScope))
    },
  },
  {
    id: 'api-rejects-app',
    statement: 'A route for users rejects an app-only token.',
    needs: ['api-token', 'app-token'],
    async run(trial) {
      const scope = defaultScopeOf(trial.settings.scope)
      if (scope === undefined || trial.kind === 'oidc')
        return notApplicable('A scope does not name the API of an app-only token here.')
      const { accessToken } = await trial.auth.getTokenForClient(scope)
      await sendWrong(trial, 'without a user', accessToken, [401, 403])
    },
  },
  {
    id: 'on-behalf-of',
    statement:
      'The API exchanges the token of the user for a token of Microsoft Graph, which works for the same user.',
    isMicrosoft: true,
    needs: ['api-token'],
    async run(trial) {
      const scopes = [trial.graphScope ?? '']
      const sent = trial.callApi(await trial.token(), trial.scopeName, (context) =>
        context.fetch(ME, { scopes, signal: trial.signal }),
      )
      await assertProfile(trial, sent, 'to the registration of the API')
    },
  },
  // The parameter `resource`, which every MCP client sends (RFC 8707)
  {
    id: 'mcp-resource',
    statement: 'The provider accepts resource (RFC 8707) if it is the identifier of the API.',
    needsScope: true,
    async run(trial) {
      const { auth, settings } = trial
      const { scope = '' } = settings
      const resource = resourceOf(trial)
      if (resource === undefined)
        return skip('Add --resource <URL of your MCP server> to run this check.')
      await trial.ask({
        text: 'Sign in like an MCP client, which names its server in the parameter resource.',
        pages: {
          '/verify/mcp-resource': () => (request) =>
            auth.login(request, { scopes: scope, extraParams: { resource }, returnTo: BACK }),
          [BACK]: (done) => auth.loginRequired(() => done(undefined)),
        },
      })
    },
  },
  {
    id: 'mcp-audience',
    statement: 'The access token of such a sign-in has the audience that McpAuth expects.',
    needs: ['mcp-resource'],
    async run(trial) {
      const { response } = trial.recorder.last('authorization_code') ?? {}
      const token = String(response?.['access_token'])
      const { aud } = decodeClaims(token) ?? {}
      const isOwn = aud === trial.apiVariables['IDENTITY_CLIENT_ID']
      const own = isOwn ? 'the client ID of the API' : 'another value'
      const audience = aud === resourceOf(trial) ? 'the resource' : own
      const status = await callMcp(trial, token)
      if (status === 200) return `The audience of the token is ${audience}.`
      const change = trial.settings.api === undefined ? OTHER_API : AUDIENCE
      return trial.fail(
        `McpAuth rejected the token with status ${status}. Its audience is ${audience}.`,
        audience === 'another value' ? change : undefined,
      )
    },
  },
]

/** Sends a token to the API that it must reject with one of these statuses. */
async function sendWrong(
  trial: Trial,
  name: string,
  token: string,
  expected: readonly number[] = [401],
  scope?: string,
): Promise<void> {
  const { status } = await trial.callApi(token, scope)
  if (expected.includes(status)) return
  const found = `The API returned status ${status} instead of ${expected.join(' or ')} for a token ${name}.`
  // If the API is only not available, it is not a hole.
  if (status < 500 && status !== 401) fail(found, HOLE)
  trial.fail(found)
}

/** Returns the resource of the option, or the API in the scope. */
function resourceOf({ settings, kind }: Trial): string | undefined {
  const { resource, scope } = settings
  const isNamed = scope?.includes('/') === true && kind !== 'oidc'
  return resource ?? (isNamed ? apiOf(scope) : undefined)
}

/** Sends the token to an MCP server if the resource is a URL, and else to an API with the same rules for audiences. */
async function callMcp(trial: Trial, token: string): Promise<number> {
  const resource = resourceOf(trial) ?? ''
  if (!/^https?:/.test(resource)) return (await trial.callApi(token)).status
  const options = { ...trial.common, resource, scopes: [trial.scopeName] }
  const mcp = new McpAuth(options, trial.apiVariables)
  try {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' })
    const guarded = mcp.authorizationRequired(() => new Response())
    return (await guarded(new Request(resource, { method: 'POST', headers, body }))).status
  } finally {
    mcp.close()
  }
}
