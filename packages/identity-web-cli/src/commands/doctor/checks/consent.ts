import { GRAPH_APP_ID } from '../../../graph/applications.js'
import { readPrincipal } from '../../../graph/permissions.js'
import { MANAGED_PERMISSIONS } from '../../../registration/managed-permissions.js'
import { graphScopeOf } from '../../../subject/authorities.js'
import type { Evidence } from '../evidence.js'
import { readRegistration } from '../network/graph.js'
import { ok, skipped, warning } from '../report/finding.js'
import type { Check } from './check.js'

/** Checks whether users can grant the permissions that the application requests. */
export const consent: Check = {
  name: 'consent',
  looksAt:
    'whether users can grant the scopes of the settings by the default policy of Microsoft. With --azure-cli or --token-file, also those of the app registration',
  async run(evidence) {
    const { authority = '' } = evidence
    const graph = graphScopeOf(authority)
    if (graph === undefined || authority.includes('.ciamlogin.com'))
      return skipped('Only users of Entra ID grant permissions.')
    const scopes = [...settingScopes(evidence), ...(await registeredScopes(evidence))]
    const names = [
      ...new Set(scopes.flatMap((scope) => managedName(scope, new URL(graph).origin) ?? [])),
    ].join(', ')
    return names === ''
      ? ok('Microsoft does not reserve the known scopes. Scopes of routes are not known.')
      : warning(
          `By the default policy of Microsoft, users cannot grant ${names}. An administrator must.`,
          'Let an administrator select "Grant admin consent" in the app registration, unless this is done. The guide docs/consent.md lists what users can grant.',
        )
  },
}

/** Returns the scopes of the settings. An API does not request its own scopes. */
function settingScopes({ subject: { kind, options, variables } }: Evidence): string[] {
  const own = kind === 'web' ? (options.scopes ?? variables.all['IDENTITY_SCOPE']) : undefined
  const others = Object.values(options.apis ?? {}).map(({ scopes }) => scopes)
  return [own ?? [], ...others].flat().flatMap((scopes) => scopes.split(' '))
}

/** Returns the scopes of Microsoft's APIs in the app registration, which contains only their IDs. */
async function registeredScopes(evidence: Evidence): Promise<string[]> {
  const { graph, permissions = [] } = (await readRegistration(evidence)) ?? {}
  const scopes: string[] = []
  for (const { resourceAppId, resourceAccess } of permissions) {
    if (graph === undefined || !Object.hasOwn(MANAGED_PERMISSIONS, resourceAppId)) continue
    const { oauth2PermissionScopes } = await readPrincipal(graph, resourceAppId)
    const ids = resourceAccess.map(({ id }) => id)
    const registered = oauth2PermissionScopes.filter(({ id }) => ids.includes(id))
    scopes.push(...registered.map(({ value }) => `${resourceAppId}/${value}`))
  }
  return scopes
}

/** Returns the name of a scope without its API if users cannot grant the scope. */
function managedName(scope: string, graph: string): string | undefined {
  const [, prefix = '', name = ''] = /^(?:(.*)\/)?(.*)$/.exec(scope) ?? []
  const api = ['', graph].includes(prefix)
    ? GRAPH_APP_ID
    : prefix.replace(
        /^https:\/\/outlook\.office(365)?\.com$/,
        '00000002-0000-0ff1-ce00-000000000000',
      )
  const names = Object.hasOwn(MANAGED_PERMISSIONS, api) ? MANAGED_PERMISSIONS[api] : ''
  return names?.match(/\S+/g)?.find((each) => each.toLowerCase() === name.toLowerCase())
}
