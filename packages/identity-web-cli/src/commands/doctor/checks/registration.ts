import { IdentityError } from 'identity-web/fetch'
import { findClients, stepsOf } from '../../../registration/known-clients.js'
import type { Evidence } from '../evidence.js'
import type { ServerMetadata } from '../network/mcp-server.js'
import { decodeClaims } from '../network/tokens.js'
import { error, ok, skipped, type Finding } from '../report/finding.js'
import { graphScopeOf, servesManyTenants } from '../../../subject/authorities.js'
import type { Check } from './check.js'
import { hasCredential } from './credential.js'

/** Checks the app registrations of an MCP server and of its clients. */
export const registration: Check = {
  name: 'registration',
  looksAt:
    'whether the URL of an MCP server is an Application ID URI of its app registration, and what the clients of --client need',
  async run(evidence) {
    const { authority, subject } = evidence
    if (subject.kind !== 'mcp') return skipped('The app is not an MCP server.')
    if (evidence.settings().problems.length > 0)
      return skipped('Settings are missing, see "settings".')
    const resource = await evidence.resource()
    if (resource === undefined)
      return skipped('Set the URL of the running server with --url or IDENTITY_RESOURCE.')
    if (subject.object === undefined && graphScopeOf(authority) === undefined)
      return skipped(
        `This check works only with Entra ID. Check that your provider issues access tokens whose audience (aud) is ${resource}.`,
      )
    const metadata = await evidence.metadata().catch(() => undefined)
    return [
      await uriFinding(resource, evidence),
      skipped(
        `A token does not show the scopes. Check that "Expose an API" contains ${scopeNames(resource, metadata)}, enabled for users and administrators.`,
      ),
      ...clientFindings(resource, metadata, evidence),
    ]
  },
}

/**
 * Returns a finding about the URL of the server. An app-only token shows that the URL belongs to the registration.
 * Otherwise, the finding contains the error of the provider.
 */
async function uriFinding(resource: string, evidence: Evidence): Promise<Finding> {
  const { authority, choices, clientId } = evidence
  if (!hasCredential(evidence))
    return skipped(
      'A token is necessary for this check, and clientCredential (IDENTITY_CLIENT_SECRET) is not configured.',
    )
  if (servesManyTenants(authority) && choices.tenant === undefined)
    return skipped(
      'The authority is for several tenants. Set one tenant with --tenant, for example --tenant contoso.onmicrosoft.com.',
    )
  const result = await evidence.resourceToken()
  if (result === undefined) return skipped('Settings are missing, see "settings".')
  return result.kind === 'token'
    ? judgeToken(resource, clientId, decodeClaims(result.token))
    : judgeError(resource, result.error)
}

function judgeToken(
  resource: string,
  clientId: string | undefined,
  { aud, azp, appid }: Readonly<Record<string, unknown>> = {},
): Finding {
  if (typeof aud !== 'string') return skipped('The access token does not show its audience.')
  const own = azp ?? appid ?? clientId
  // An audience that is a URL belongs to a token of version 1, see "token-version".
  if (aud === own || aud.includes('://'))
    return ok(`${resource} is an Application ID URI of the app registration.`)
  return error(
    `${resource} is an Application ID URI of another app registration, ${aud}.`,
    'To use this app registration, remove the URI from the other registration and add it here. To use the other registration, set McpAuth({ clientId }) or IDENTITY_CLIENT_ID to its client ID.',
  )
}

/** Microsoft's codes for a URL that is not in a registration, or that has another spelling in the registration. */
const NOT_REGISTERED: ReadonlySet<string> = new Set([
  'AADSTS500011',
  'AADSTS9010010',
  'AADSTS901002',
])
/**
 * Microsoft's codes that prove that the URL is in the registration: Entra ID requires the client ID instead, or the
 * registration requires assignment.
 */
const REGISTERED: ReadonlySet<string> = new Set(['AADSTS90009', 'AADSTS501051'])

function judgeError(resource: string, cause: unknown): Finding {
  const codes = IdentityError.is(cause) ? (cause.microsoftCodes ?? []) : []
  const suffix = codes.length === 0 ? '' : ` (${codes.join(', ')})`
  if (codes.some((code) => NOT_REGISTERED.has(code)))
    return error(
      `${resource} is not an Application ID URI of the app registration${suffix}.`,
      `Add this URI under "Expose an API", with exactly this spelling. ${hostAdvice(new URL(resource))}`,
    )
  if (codes.some((code) => REGISTERED.has(code)))
    return ok(`${resource} is an Application ID URI of the app registration${suffix}.`)
  return skipped(`The provider did not issue a token for ${resource}${suffix}, see "credential".`)
}

/** Returns advice about the hosts that Entra ID accepts. The documentation and the reports of users differ. */
function hostAdvice({ protocol, hostname }: URL): string {
  if (protocol === 'http:')
    return 'Entra ID does not accept http URLs. At the development provider, add the URL to otherIdUris of the app in its configuration.'
  return `Set api.requestedAccessTokenVersion to 2 first. If Entra ID does not accept the host ${hostname}, use a domain that your tenant has verified. Some tenants accept other hosts only for an app of one tenant (AzureADMyOrg).`
}

function scopeNames(resource: string, metadata: ServerMetadata | undefined): string {
  const names = metadata?.scopes.map((scope) => scope.replace(`${resource}/`, '')) ?? []
  return names.length === 0 ? 'the scopes of your server' : names.join(', ')
}

function clientFindings(
  resource: string,
  metadata: ServerMetadata | undefined,
  { authority, choices: { clients } }: Evidence,
): Finding[] {
  if (clients.length === 0)
    return [skipped('Set your clients with --client, for example --client vscode --client claude.')]
  const hasMirror = metadata?.issuers.includes(resource) ?? true
  const needsMirror = !hasMirror && graphScopeOf(authority) !== undefined
  return clients.flatMap((given) => {
    const known = findClients(given)
    if (known.length === 0)
      return skipped(
        `Check that "Authorized client applications" contains ${given}, or that its users can consent.`,
      )
    return known.flatMap((client) => {
      const { name, entraClientId, source, sourceDate } = client
      const id = entraClientId === undefined ? '' : ` (${entraClientId})`
      const steps = skipped(
        `${name}${id}: ${stepsOf(client, resource)} Source: ${source}, ${sourceDate}.`,
      )
      if (!client.needsMirror || !needsMirror) return steps
      const found = `${name} rejects Entra ID, because the metadata of Entra ID does not mention PKCE.`
      return [error(found, 'Set McpAuth({ mirrorMetadata: true }).'), steps]
    })
  })
}
