import { knownMcpClients } from '../known-clients.ts'

/** The values of an app registration. */
export interface RegistrationValues {
  readonly clientId: string
  readonly resource: string
  /** The names of the scopes without a prefix. */
  readonly scopeNames: readonly string[]
  /** The URL of Microsoft Graph in the cloud of the tenant. */
  readonly graph: string
}

/** Returns the commands of Azure CLI that change an existing registration. */
export function azureCliLines({
  clientId,
  resource,
  scopeNames,
  graph,
}: RegistrationValues): string[] {
  const [scope = 'Tools.Use'] = scopeNames
  const patch = (body: string): string[] => [
    `az rest --method PATCH --headers 'Content-Type=application/json' \\`,
    `  --uri ${shell(`${graph}/applications(appId='${clientId}')`)} \\`,
    `  --body ${body}`,
  ]
  return [
    '# 1. Access tokens of version 2. Do this first.',
    ...patch(shell('{"api":{"requestedAccessTokenVersion":2}}')),
    '# 2. The Application ID URIs. This replaces the list.',
    `az ad app update --id ${shell(clientId)} --identifier-uris ${shell(`api://${clientId}`)} ${shell(resource)}`,
    `# 3. Add the scopes under "Expose an API". Then authorize your clients. This replaces the list.`,
    `SCOPE=$(az ad app show --id ${shell(clientId)} --output tsv \\`,
    `  --query ${shell(`api.oauth2PermissionScopes[?value=='${scope}'].id`)})`,
    ...patch(
      `'{"api":{"preAuthorizedApplications":[${entraClients()
        .map(({ id }) => `{"appId":"${id}","delegatedPermissionIds":["'"$SCOPE"'"]}`)
        .join(',')}]}}'`,
    ),
  ]
}

/** Returns a Bicep file that creates a registration. */
export function bicepLines({ resource, scopeNames }: RegistrationValues): string[] {
  const { host, pathname } = new URL(resource)
  const names = scopeNames.length === 0 ? ['Tools.Use'] : scopeNames
  const id = (scope: string): string => `guid(resourceUrl, ${bicep(scope)})`
  return [
    'extension microsoftGraphV1',
    '',
    `var resourceUrl = ${bicep(resource)}`,
    '',
    "resource server 'Microsoft.Graph/applications@v1.0' = {",
    `  uniqueName: ${bicep(`${host}${pathname}`.replaceAll(/[^\w-]+/g, '-'))}`,
    `  displayName: ${bicep(`MCP server ${host}`)}`,
    "  signInAudience: 'AzureADMyOrg'",
    '  identifierUris: [resourceUrl]',
    '  api: {',
    '    requestedAccessTokenVersion: 2',
    '    oauth2PermissionScopes: [',
    ...names.flatMap((scope) => [
      '      {',
      `        id: ${id(scope)}`,
      `        value: ${bicep(scope)}`,
      "        type: 'User'",
      '        isEnabled: true',
      ...['adminConsentDisplayName', 'adminConsentDescription'].map(
        (field) => `        ${field}: ${bicep(scope)}`,
      ),
      '      }',
    ]),
    '    ]',
    '    preAuthorizedApplications: [',
    ...entraClients().flatMap((client) => [
      '      {',
      `        appId: ${bicep(client.id)} // ${client.name}`,
      `        delegatedPermissionIds: [${names.map(id).join(', ')}]`,
      '      }',
    ]),
    '    ]',
    '  }',
    '}',
    '',
    "resource principal 'Microsoft.Graph/servicePrincipals@v1.0' = {",
    '  appId: server.appId',
    '}',
  ]
}

function entraClients(): readonly { readonly id: string; readonly name: string }[] {
  return knownMcpClients.flatMap(({ entraClientId: id, name }) =>
    id === undefined ? [] : [{ id, name }],
  )
}

/** Writes a string for the shell. Double quotes are easier to read, but the shell reads more characters in them. */
function shell(value: string): string {
  if (value.includes("'") && !/["$`\\!]/.test(value)) return `"${value}"`
  return `'${value.replaceAll("'", String.raw`'\''`)}'`
}

/** Writes a string for Bicep. */
function bicep(value: string): string {
  return `'${value
    .replaceAll('\\', '\\\\')
    .replaceAll("'", String.raw`\'`)
    .replaceAll('${', '\\${')}'`
}
