import { isMetaTenant } from '../../authority/index.ts'
import type { OAuthClient } from '../../client/index.ts'
import { quote } from '../../quote.ts'
import { meaningOf } from './codes.ts'
import { probe, type ProbedToken, type ProbeResult } from './probe.ts'
import type { RegistrationCheck, RegistrationCheckName } from './report.ts'

// The part of the registration that an app-only token of the provider shows, or the error that the provider sends instead.

/** The server whose registration is checked. */
interface TokenCheckServices {
  readonly client: OAuthClient
  /** The URL of the server, in the spelling of the option `resource`. */
  readonly resource: string
}

type TokenCheckName = 'credential' | 'clientId' | 'applicationIdUri' | 'audience' | 'tokenVersion'

const TOKEN_CHECKS: readonly TokenCheckName[] = [
  'credential',
  'clientId',
  'applicationIdUri',
  'audience',
  'tokenVersion',
]

/** The checks that need a token of the provider. */
export async function tokenChecks({
  client,
  resource,
}: TokenCheckServices): Promise<RegistrationCheck[]> {
  const { tenant = '', url } = client.issuing.authority
  if (client.authentication === undefined) {
    return allNotVisible(
      'clientCredential is not configured, so the server cannot request a token. Set McpAuth({ clientCredential }) or IDENTITY_CLIENT_SECRET to check this.',
    )
  }
  if (isMetaTenant(tenant)) {
    return allNotVisible(
      `${url} serves many tenants, and the token for this check belongs to one tenant. Run the check with McpAuth({ authority }) set to the URL with your tenant ID.`,
    )
  }
  // As an MCP client does, the request names the server in the scope and in the parameter.
  const first = await probe(client, resource, resource)
  const meaning = first.kind === 'rejected' ? meaningOf(first.codes) : undefined
  // The client ID works as an identifier as well. Its token shows the version despite a wrong Application ID URI.
  const second =
    meaning?.name === 'applicationIdUri' && meaning.code !== 'AADSTS501051'
      ? await probe(client, client.clientId)
      : undefined
  return judge(client.clientId, resource, { first, second })
}

function allNotVisible(change: string): RegistrationCheck[] {
  return TOKEN_CHECKS.map((name) => ({ name, result: 'not visible', change }))
}

interface Probes {
  readonly first: ProbeResult
  readonly second: ProbeResult | undefined
}

function judge(clientId: string, resource: string, { first, second }: Probes): RegistrationCheck[] {
  const found = new Map<RegistrationCheckName, RegistrationCheck>()
  const add = (check: RegistrationCheck): void => {
    if (!found.has(check.name)) found.set(check.name, check)
  }
  const ok = (name: RegistrationCheckName): void => add({ name, result: 'ok', change: '' })
  let unseen = 'The provider did not send a token for this check.'

  for (const [result, isForResource] of [
    [first, true],
    [second, false],
  ] as const) {
    if (result === undefined) continue
    if (result.kind === 'token') {
      ok('credential')
      ok('clientId')
      if (isForResource) for (const check of uriChecks(clientId, resource, result.token)) add(check)
      add(versionCheck(clientId, result.token))
    } else if (result.kind === 'rejected') {
      const meaning = meaningOf(result.codes)
      if (meaning === undefined) {
        unseen = `The provider rejected the request. ${result.error.hint ?? 'Look up the code in the documentation of the provider.'}`
        add({
          name: 'applicationIdUri',
          result: 'not visible',
          change: unseen,
          ...codeOf(result.codes),
        })
      } else if (meaning.isProblem) {
        if (meaning.name === 'applicationIdUri' && !isForResource) continue
        add({
          name: meaning.name,
          result: 'failed',
          change: changeFor(meaning.name, { resource, hint: result.error.hint }),
          code: meaning.code,
        })
      } else {
        ok('credential')
        ok('clientId')
        ok(meaning.name)
        if (meaning.code === 'AADSTS90009') ok('audience')
        if (meaning.code === 'AADSTS501051') {
          unseen =
            'Entra ID does not issue a token, because the registration requires assignment and is not assigned to itself (AADSTS501051).'
        }
      }
    } else {
      // Not the message, which can contain a text of the provider.
      const { code, reason } = result.error
      unseen = `The provider did not send a valid response (${[code, reason].filter(Boolean).join(', ')}).`
    }
  }
  return TOKEN_CHECKS.map(
    (name) => found.get(name) ?? { name, result: 'not visible', change: unseen },
  )
}

function codeOf([code]: readonly string[]): Pick<RegistrationCheck, 'code'> {
  return code === undefined ? {} : { code }
}

function changeFor(
  name: RegistrationCheckName,
  { resource, hint }: { readonly resource: string; readonly hint: string | undefined },
): string {
  if (name !== 'applicationIdUri') {
    return hint ?? 'Compare clientId and clientCredential with the app registration.'
  }
  return `Add ${resource} as an Application ID URI under "Expose an API", in this spelling. ${hostAdvice(resource)}`
}

/** Says which hosts Entra ID accepts. Its documentation and reports of users differ. */
function hostAdvice(resource: string): string {
  const { protocol, hostname } = new URL(resource)
  if (protocol === 'http:') {
    return 'Entra ID does not accept http URLs. At the development provider, add the URL to otherIdUris of the app in its configuration.'
  }
  return `Set api.requestedAccessTokenVersion to 2 first. If Entra ID does not accept the host ${hostname}, use a domain that your tenant has verified. Some tenants accept other hosts only for an app of one tenant (AzureADMyOrg).`
}

function uriChecks(clientId: string, resource: string, token: ProbedToken): RegistrationCheck[] {
  const { audience, version } = token
  const isOwn = audience?.toLowerCase() === clientId.toLowerCase()
  const other = audience !== undefined && !isOwn && !audience.includes('://')
  const applicationIdUri: RegistrationCheck = other
    ? {
        name: 'applicationIdUri',
        result: 'failed',
        change: `${resource} is an Application ID URI of another app registration, ${quote(audience)}. Remove it there and add it to this registration, or set McpAuth({ clientId }) to that client ID.`,
      }
    : { name: 'applicationIdUri', result: 'ok', change: '' }
  if (isOwn) return [applicationIdUri, { name: 'audience', result: 'ok', change: '' }]
  if (audience === undefined) return [applicationIdUri]
  return [
    applicationIdUri,
    {
      name: 'audience',
      result: 'failed',
      change:
        version === '1.0'
          ? `The audience of access tokens is ${quote(audience)}, but this server accepts ${clientId}. Set api.requestedAccessTokenVersion to 2.`
          : `The audience of access tokens is ${quote(audience)}, but this server accepts ${clientId}.`,
    },
  ]
}

function versionCheck(clientId: string, { audience, version }: ProbedToken): RegistrationCheck {
  const name = 'tokenVersion'
  if (version === '2.0') return { name, result: 'ok', change: '' }
  if (version !== '1.0') {
    return {
      name,
      result: 'not visible',
      change:
        'The access token does not show its version. Check that api.requestedAccessTokenVersion is 2 in the manifest.',
    }
  }
  // With the optional claim `aud` and `use_guid`, Entra ID also accepts version 1 (secure-mcp-server-with-entra-id).
  return audience?.toLowerCase() === clientId.toLowerCase()
    ? {
        name,
        result: 'ok',
        change:
          'Access tokens have version 1 with the client ID as their audience. This works if the optional claim aud has use_guid. Version 2 is better for new servers.',
      }
    : {
        name,
        result: 'failed',
        change:
          'Set api.requestedAccessTokenVersion to 2 in the manifest. Entra ID now issues version 1.',
      }
}
