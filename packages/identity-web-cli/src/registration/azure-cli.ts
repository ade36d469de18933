import { GRAPH_APP_ID } from '../graph/applications.js'
import type { FileCredentials } from './bicep.js'
import { EMPTY, listedGraphScope, makePlan } from './plan.js'
import type { Wish } from './wish.js'

/** Where the commands find Microsoft Graph, and how long a secret is valid. */
export interface ScriptSettings {
  readonly graph: string
  /** The day on which the secret ends, for example `2027-05-25`. */
  readonly secretEnd: string
}

/** Returns a shell script with commands of the Azure CLI that creates an app registration. */
export function toAzureCli(
  wish: Wish,
  credentials: FileCredentials,
  { graph, secretEnd }: ScriptSettings,
): string {
  const name = wish.name ?? 'app'
  const variables = new Map<string, string>()
  const {
    main = {},
    clients,
    version,
  } = makePlan(EMPTY, wish, {
    appId: '$APP_ID',
    permissions: wish.permissions.map((scope) =>
      listedGraphScope(scope, defineVariable(variables, 'graph', scope)),
    ),
    newId: (kind, value) => defineVariable(variables, kind, value),
  })
  const { displayName: _name, signInAudience = 'AzureADMyOrg', tags, ...rest } = main
  const patches = [Object.keys(rest).length === 0 ? undefined : rest, clients]
  const lines = [
    '#!/bin/sh',
    '# Written by identity-web-cli register. It creates a new app registration each time it runs.',
    'set -eu',
    `GRAPH=${quote(graph)}`,
    '',
    // Not `az ad app create`, which changes an app that has the same name, and cannot handle an apostrophe in it.
    `APP_ID=$(${azRest('POST', '/applications', { displayName: name, signInAudience, tags, ...version })} --query appId --output tsv)`,
    ...idLines(variables),
    ...patches.flatMap((body) =>
      body === undefined ? [] : azRest('PATCH', "/applications(appId='$APP_ID')", body),
    ),
    'az ad sp create --id "$APP_ID" --output none',
    ...credentials.federated.map(
      (credential) =>
        `az ad app federated-credential create --id "$APP_ID" --parameters ${quote(JSON.stringify(credential))} --output none`,
    ),
    ...certificateLines(credentials),
    ...(credentials.hasSecret
      ? [
          '# The last command prints the secret. Keep it in a file that only you can read.',
          `az ad app credential reset --id "$APP_ID" --append --display-name identity-web-cli --end-date ${secretEnd} --query password --output tsv`,
        ]
      : []),
    'echo "IDENTITY_CLIENT_ID=$APP_ID"',
  ]
  return `${lines.join('\n')}\n`
}

/** Returns a reference to the shell variable with the ID of a scope or a role. */
function defineVariable(variables: Map<string, string>, kind: string, value: string): string {
  const name = `ID_${variables.size + 1}`
  variables.set(name, `${kind} ${value}`)
  return `$${name}`
}

function idLines(variables: ReadonlyMap<string, string>): string[] {
  return [...variables].flatMap(([name, meaning]) => {
    const comment = `# ${name} is the ID of: ${meaning.replace('graph ', 'Microsoft Graph ').replaceAll('\n', ' ')}`
    const [, scope] = /^graph (.*)$/.exec(meaning) ?? []
    if (scope === undefined)
      return [comment, `${name}=$(cat /proc/sys/kernel/random/uuid 2>/dev/null || uuidgen)`]
    const query = `oauth2PermissionScopes[?value=='${scope}'].id | [0]`
    const path = `/servicePrincipals(appId='${GRAPH_APP_ID}')`
    return [
      comment,
      `${name}=$(az rest --method GET --uri "$GRAPH${path}" --query ${quote(query)} --output tsv)`,
    ]
  })
}

/** Returns a command that sends JSON to Graph. The path can contain variables of the script. */
function azRest(method: string, path: string, body: unknown): string {
  return [
    `az rest --method ${method} --headers 'Content-Type=application/json' \\`,
    `  --uri "$GRAPH${path}" \\`,
    `  --body ${withVariables(JSON.stringify(body))}`,
  ].join('\n')
}

function certificateLines({ certificate }: FileCredentials): string[] {
  if (certificate?.key === undefined || certificate.key === null) return []
  return [
    `az ad app credential reset --id "$APP_ID" --append --cert ${quote(certificate.key)} --output none`,
  ]
}

/** Quotes a text for the shell. Only the names of this script's variables are replaced by their values. */
function withVariables(text: string): string {
  return quote(text).replaceAll(/\$(APP_ID|ID_\d+)/g, (variable) => `'"${variable}"'`)
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
