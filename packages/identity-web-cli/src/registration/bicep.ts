import { createHash } from 'node:crypto'
import type { FederatedCredential, KeyCredential } from '../graph/application.js'
import { GRAPH_APP_ID } from '../graph/applications.js'
import { listPermissions } from './listed-permissions.js'
import { EMPTY, makePlan, type ListedPermission } from './plan.js'
import type { Wish } from './wish.js'

/** The credentials that a file for Azure contains. It never contains a secret. */
export interface FileCredentials {
  readonly federated: readonly FederatedCredential[]
  readonly certificate: KeyCredential | undefined
  /** `true` if the app needs a secret. The secret is created after the deployment. */
  readonly hasSecret: boolean
}

/** A Bicep expression, which is not quoted. */
class Expression {
  readonly code: string

  constructor(code: string) {
    this.code = code
  }
}

/** The APIs whose permissions the app lists, as resources that exist already. */
class ApiReferences {
  readonly #names = new Map<string, string>()

  /** Returns the expression for the ID of a permission. */
  refer({ value, type, resourceAppId }: Omit<ListedPermission, 'id'>): string {
    const name = this.#names.get(resourceAppId) ?? this.#newName(resourceAppId)
    this.#names.set(resourceAppId, name)
    return type === 'Scope'
      ? `filter(${name}.oauth2PermissionScopes, scope => scope.value == ${quote(value)})[0].id`
      : `filter(${name}.appRoles, role => role.value == ${quote(value)} && contains(role.allowedMemberTypes, 'Application'))[0].id`
  }

  #newName(appId: string): string {
    if (appId === GRAPH_APP_ID) return 'graph'
    const others = [...this.#names.keys()].filter((known) => known !== GRAPH_APP_ID)
    return `api${others.length + 1}`
  }

  lines(): string[] {
    return [...this.#names].flatMap(([appId, name]) => [
      '',
      `resource ${name} 'Microsoft.Graph/servicePrincipals@v1.0' existing = {`,
      `  appId: '${appId}'${name === 'graph' ? ' // Microsoft Graph' : ''}`,
      '}',
    ])
  }
}

/** Returns a Bicep file with the Microsoft Graph extension that creates an app registration. */
export function toBicep(wish: Wish, credentials: FileCredentials): string {
  const name = wish.name ?? 'app'
  const uniqueName = toUniqueName(name)
  // An expression contains the client ID of the app itself only after the deployment, so the URI has the tenant ID.
  const appId = '\u0000'
  const apis = new ApiReferences()
  const {
    main = {},
    clients,
    version,
  } = makePlan(EMPTY, wish, {
    appId,
    permissions: listPermissions(wish, (permission) => `permission ${apis.refer(permission)}`),
    newId: (kind, value) => `${kind} ${value}`,
  })
  const api = { ...asObject(version?.api), ...asObject(main.api), ...asObject(clients?.api) }
  const { displayName = name, signInAudience = 'AzureADMyOrg', ...rest } = main
  const properties = {
    uniqueName,
    displayName,
    signInAudience,
    ...rest,
    ...(Object.keys(api).length > 0 && { api }),
    ...(credentials.certificate !== undefined && { keyCredentials: [credentials.certificate] }),
  }
  const toValue = (value: string): string | Expression => {
    if (value.includes(appId)) return uriExpression(value, appId, uniqueName)
    const [, kind, scope = ''] = /^(scope|role|permission) (.+)$/.exec(value) ?? []
    if (kind === 'permission') return new Expression(scope)
    return kind === undefined ? value : guid(uniqueName, kind, scope)
  }
  // Only IDs are replaced. A name or a description that looks like one stays.
  const withIds = mapIds(properties, toValue)
  const children = credentials.federated.map(
    (credential) =>
      `\n  resource ${symbolOf(credential.name)} 'federatedIdentityCredentials@v1.0' = ${print(credential, 1)}\n`,
  )
  const body = print(withIds, 0).replace(/\}$/, `${children.join('')}}`)
  return `${[
    '// Written by identity-web-cli register. Deploy it with: az deployment group create --resource-group <group> --template-file <this file>',
    '// This file needs the Microsoft Graph extension in bicepconfig.json: https://learn.microsoft.com/graph/templates/bicep/quickstart-install-bicep-tools',
    ...secretComment(credentials),
    'extension microsoftGraphV1',
    ...apis.lines(),
    '',
    `resource app 'Microsoft.Graph/applications@v1.0' = ${body}`,
    '',
    "resource principal 'Microsoft.Graph/servicePrincipals@v1.0' = {",
    '  appId: app.appId',
    '}',
    '',
    'output clientId string = app.appId',
    'output tenantId string = tenant().tenantId',
  ].join('\n')}\n`
}

/**
 * Returns the key by which a deployment finds the app again. If the name does not contain Latin letters, the key is a
 * hash.
 */
function toUniqueName(name: string): string {
  const words = name.toLowerCase().split(/[^a-z0-9]/)
  const key = words.filter((word) => word !== '').join('-')
  if (key !== '') return key
  return `app-${createHash('sha256').update(name).digest('hex').slice(0, 8)}`
}

function secretComment({ hasSecret }: FileCredentials): string[] {
  return hasSecret
    ? [
        '// This file does not contain a secret. Create a secret after the deployment: npx --no-install identity-web-cli rotate --app-id <client ID> --env .env',
      ]
    : []
}

function asObject(value: unknown): Record<string, unknown> {
  return (value ?? {}) as Record<string, unknown>
}

function guid(uniqueName: string, kind: string, value: string): Expression {
  return new Expression(`guid(${quote(uniqueName)}, ${quote(kind)}, ${quote(value)})`)
}

function uriExpression(value: string, appId: string, uniqueName: string): Expression {
  const [start = '', end = ''] = value.split(appId)
  const quoted = quote(`${start}\u0000${end}`)
  return new Expression(quoted.replace('\u0000', `\${tenant().tenantId}/${uniqueName}`))
}

const ID_PROPERTIES = ['id', 'delegatedPermissionIds', 'identifierUris']

function mapIds(
  value: unknown,
  toValue: (id: string) => string | Expression,
  isId = false,
): unknown {
  if (typeof value === 'string') return isId ? toValue(value) : value
  if (Array.isArray(value)) return value.map((entry: unknown) => mapIds(entry, toValue, isId))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => [
      name,
      mapIds(entry, toValue, ID_PROPERTIES.includes(name)),
    ]),
  )
}

function print(value: unknown, depth: number): string {
  const indent = '  '.repeat(depth + 1)
  const end = '  '.repeat(depth)
  if (value instanceof Expression) return value.code
  if (typeof value === 'string') return quote(value)
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]'
    const lines = value.map((entry: unknown) => `${indent}${print(entry, depth + 1)}`)
    return `[\n${lines.join('\n')}\n${end}]`
  }
  if (typeof value !== 'object' || value === null) return String(value)
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined)
  if (entries.length === 0) return '{}'
  const lines = entries.map(([name, entry]) => `${indent}${name}: ${print(entry, depth + 1)}`)
  return `{\n${lines.join('\n')}\n${end}}`
}

/** Returns a string of Bicep. It escapes `${`, which would start an expression. */
function quote(text: string): string {
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll("'", "\\'")
    .replaceAll('${', '\\${')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
  return `'${escaped}'`
}

function symbolOf(name: string): string {
  return `credential_${name.replaceAll(/\W+/g, '_')}`
}
