import { McpAuth, type McpAuthOptions } from 'identity-web/fetch'
import { decodeClaims } from '../../doctor/network/tokens.js'
import { skip, type Check } from '../check.js'
import type { Trial } from '../trial.js'
import { OTHER_API } from './own-api.js'
import { apiOf } from './tokens.js'

const BACK = '/verify/resource/back'
const AUDIENCE =
  'The provider does not use resource for the audience. Register the API with this identifier at the provider, or set audience (IDENTITY_AUDIENCE) to the audience of its tokens.'

/** The parameter `resource`, which every MCP client sends (RFC 8707). */
export const mcpChecks: readonly Check[] = [
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
        id: 'mcp-resource',
        text: 'Sign in like an MCP client, which names its server in the parameter resource.',
        pages: {
          '/verify/resource': () => (request) =>
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
  const mcp = new McpAuth(options as McpAuthOptions, trial.apiVariables)
  try {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' })
    const guarded = mcp.authorizationRequired(() => new Response())
    return (await guarded(new Request(resource, { method: 'POST', headers, body }))).status
  } finally {
    mcp.close()
  }
}
