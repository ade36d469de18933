import { McpAuth, type IdentityEvent, type McpAuthOptions } from 'identity-web/fetch'
import { providerOptions } from '../../../subject/probe.js'
import { decodeClaims } from '../../doctor/network/tokens.js'
import type { Step } from '../check.js'
import { passed, skipped } from '../outcome.js'
import { settingOf } from '../settings.js'
import type { Trial } from '../trial.js'
import { apiOf } from './app-token.js'
import { OTHER_API } from './own-api.js'

const PATH = '/verify/resource'
const BACK = '/verify/resource/back'

/** The parameter `resource`, which every MCP client sends (RFC 8707). */
export const mcpResource: Step = {
  title: 'The parameter resource of MCP clients',
  checks: [
    {
      id: 'mcp-resource',
      assumes: 'The provider accepts resource (RFC 8707) if it is the identifier of the API.',
      needs: ['sign-in'],
      async run(trial) {
        const { scope } = trial.choices
        const resource = resourceOf(trial)
        if (scope === undefined || resource === undefined)
          return skipped(
            'Add --scope <scope of your MCP server> and --resource <its URL> to run this check.',
          )
        await trial.ask({
          id: 'mcp-resource',
          text: 'Sign in like an MCP client, which names its server in the parameter resource.',
          path: PATH,
          handler: () => (request) =>
            trial.auth.login(request, {
              scopes: scope,
              extraParams: { resource },
              returnTo: BACK,
            }),
          others: {
            [BACK]: (done) => trial.auth.loginRequired(() => done(undefined)),
          },
        })
        return passed('The provider accepted the parameter resource.')
      },
    },
    {
      id: 'mcp-audience',
      assumes: 'The access token of such a sign-in has the audience that McpAuth expects.',
      needs: ['mcp-resource'],
      reads: 'mcp-resource',
      async run(trial) {
        const { response } = trial.recorder.last('authorization_code') ?? {}
        const token = String(response?.['access_token'])
        const { aud } = decodeClaims(token) ?? {}
        const form = describeAudience(trial, aud)
        const status = await callMcp(trial, token)
        return status === 200
          ? passed(`McpAuth accepts the token. Its audience is ${form}.`)
          : trial.failed(
              `McpAuth rejected the token with status ${status}. Its audience is ${form}.`,
              form === OTHER ? changeOf(trial) : undefined,
            )
      },
    },
  ],
}

const OTHER = 'another value'
const AUDIENCE =
  'The provider does not use resource for the audience. Register the API with this identifier at the provider, or set audience (IDENTITY_AUDIENCE) to the audience of its tokens.'

const changeOf = ({ choices }: Trial): string => (choices.api === undefined ? OTHER_API : AUDIENCE)

function resourceOf({ choices, kind }: Trial): string | undefined {
  const { resource, scope } = choices
  const isNamed = scope?.includes('/') === true && kind !== 'oidc'
  return resource ?? (isNamed ? apiOf(scope) : undefined)
}

function describeAudience(trial: Trial, audience: unknown): string {
  const subject = trial.choices.api ?? trial.evidence.subject
  if (audience === resourceOf(trial)) return 'the resource'
  return audience === settingOf(subject, 'clientId', 'IDENTITY_CLIENT_ID')
    ? 'the client ID of the API'
    : OTHER
}

/** Sends the token to an MCP server if the resource is a URL, and else to an API with the same rules for audiences. */
async function callMcp(trial: Trial, token: string): Promise<number> {
  const resource = resourceOf(trial) ?? ''
  if (!/^https?:/.test(resource))
    return (await trial.callApi(token, trial.scopeName, () => true)).response.status
  const subject = trial.choices.api ?? trial.evidence.subject
  const options = {
    ...providerOptions(subject.options),
    resource,
    scopes: [trial.scopeName],
    fetch: trial.recorder.fetch,
    onEvent: (event: IdentityEvent) => trial.record(event),
    environment: 'development',
    strictStart: false,
    logger: false,
  } as McpAuthOptions
  const mcp = new McpAuth(options, subject.variables.all)
  try {
    const guarded = mcp.authorizationRequired(() => new Response())
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' })
    return (await guarded(new Request(resource, { method: 'POST', headers, body }))).status
  } finally {
    mcp.close()
  }
}
