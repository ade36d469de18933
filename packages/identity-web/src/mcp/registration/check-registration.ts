import { graphBaseUrl } from '../../authority/index.ts'
import type { OAuthClient } from '../../client/index.ts'
import { quote } from '../../quote.ts'
import { azureCliLines, bicepLines, type RegistrationValues } from './commands.ts'
import { clientLines } from './client-lines.ts'
import { createReport, type RegistrationCheck, type RegistrationReport } from './report.ts'
import { tokenChecks } from './token-checks.ts'

/** The settings and services of the server whose registration is checked. */
export interface RegistrationServices {
  readonly client: OAuthClient
  /** The URL of the server, in the spelling of the option `resource`. */
  readonly resource: string
  /** The full names of the scopes that the server tells clients to request. `undefined` if they are not known. */
  readonly scopes: readonly string[] | undefined
  /** Whether the server publishes a mirror of the provider's metadata. */
  readonly hasMirror: boolean
}

/** Checks the app registration of an MCP server at Entra ID. */
export async function checkRegistration(
  services: RegistrationServices,
): Promise<RegistrationReport> {
  const { client, resource } = services
  if (client.issuing.authority.kind !== 'entra') {
    return createReport(`The registration of ${resource}`, [otherProvider(services)], [])
  }
  const values: RegistrationValues = {
    clientId: client.clientId,
    resource,
    scopeNames: (services.scopes ?? []).map((scope) => nameOf(scope, resource)),
    graph: graphBaseUrl(client.issuing.authority) ?? 'https://graph.microsoft.com/v1.0',
  }
  const checks = [
    { name: 'resource', result: 'ok', change: '' } as const,
    ...(await tokenChecks(services)),
    scopeCheck(services, values),
    clientsCheck(values),
  ]
  return createReport(`The app registration ${client.clientId} of ${resource}`, checks, [
    { title: 'Change it with Azure CLI', lines: azureCliLines(values) },
    { title: 'Create a new one with Bicep', lines: bicepLines(values) },
    { title: 'Register these clients', lines: await clientLines(services) },
  ])
}

const nameOf = (scope: string, resource: string): string =>
  scope.startsWith(`${resource}/`) ? scope.slice(resource.length + 1) : scope

function otherProvider({ resource }: RegistrationServices): RegistrationCheck {
  return {
    name: 'audience',
    result: 'not visible',
    change: `The library checks registrations only at Entra ID. Check that your provider issues access tokens whose audience (aud) is ${resource}.`,
  }
}

function scopeCheck(
  { resource, scopes }: RegistrationServices,
  { scopeNames }: RegistrationValues,
): RegistrationCheck {
  const name = 'scopes'
  if (scopes === undefined) {
    return {
      name,
      result: 'not visible',
      change:
        'The metadata of this server is not available, because the provider does not respond.',
    }
  }
  if (scopes.length === 0) {
    return {
      name,
      result: 'failed',
      change:
        'The server does not name a scope, so clients do not know which scope to request. Set McpAuth({ scopes: [\'Tools.Use\'] }), and add the scope under "Expose an API".',
    }
  }
  const foreign = scopes.filter((scope) => !scope.startsWith(`${resource}/`))
  if (foreign.length > 0) {
    return {
      name,
      result: 'failed',
      change: `Entra ID compares the start of each scope with ${resource}. Write the names without a prefix, so that the library adds it: ${foreign.map(quote).join(', ')}.`,
    }
  }
  return {
    name,
    result: 'not visible',
    change: `Check that "Expose an API" contains ${scopeNames.map(quote).join(', ')}, enabled for users and administrators.`,
  }
}

function clientsCheck({ scopeNames }: RegistrationValues): RegistrationCheck {
  return {
    name: 'clients',
    result: 'not visible',
    change: `Check that "Authorized client applications" contains your clients${scopeNames.length === 0 ? '' : ', with the scopes'}. Visual Studio Code needs it.`,
  }
}
