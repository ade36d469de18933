import { GRAPH_APP_ID } from '../graph/applications.js'
import type { FileCredentials } from './bicep.js'
import { listPermissions } from './listed-permissions.js'
import { EMPTY, makePlan, type ListedPermission } from './plan.js'
import type { Wish } from './wish.js'

/** The settings of the script: the URL of Microsoft Graph, and the time for which a secret is valid. */
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
  const variables: Variable[] = []
  const {
    main = {},
    clients,
    version,
  } = makePlan(EMPTY, wish, {
    appId: '$APP_ID',
    permissions: listPermissions(wish, (permission) =>
      addVariable(variables, `${permission.value} of ${apiOf(permission)}`, (variable) =>
        lookUpLines(variable, permission),
      ),
    ),
    newId: (kind, value) => addVariable(variables, `${kind} ${value}`, newIdLines),
  })
  const { displayName: _name, signInAudience = 'AzureADMyOrg', tags, ...rest } = main
  const patches = [Object.keys(rest).length === 0 ? undefined : rest, clients]
  const lines = [
    '#!/bin/sh',
    '# Written by identity-web-cli register. This script creates a new app registration each time it runs.',
    'set -eu',
    `GRAPH=${quote(graph)}`,
    // First, so that a permission that does not exist does not leave an incomplete app.
    ...variables.flatMap(({ lines: own }) => own),
    '',
    // Not `az ad app create`, which changes an app that has the same name, and cannot handle an apostrophe in it.
    `APP_ID=$(${azRest('POST', '/applications', { displayName: name, signInAudience, tags, ...version })} --query appId --output tsv)`,
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

/** A variable of the script, and the lines that set it. */
interface Variable {
  readonly name: string
  readonly lines: readonly string[]
}

/** Adds a variable to the script. @returns The reference to it. */
function addVariable(variables: Variable[], meaning: string, toLines: (name: string) => string[]) {
  const name = `ID_${variables.length + 1}`
  const comment = `# ${name} is the ID of: ${meaning.replaceAll('\n', ' ')}`
  variables.push({ name, lines: [comment, ...toLines(name)] })
  return `$${name}`
}

/** Returns the lines that look up the ID of a permission, and end the script if it does not exist. */
function lookUpLines(name: string, { value, type, resourceAppId }: Omit<ListedPermission, 'id'>) {
  const query =
    type === 'Scope'
      ? `oauth2PermissionScopes[?value=='${value}'].id | [0]`
      : `appRoles[?value=='${value}' && contains(allowedMemberTypes, 'Application')].id | [0]`
  const path = `/servicePrincipals(appId='${resourceAppId}')`
  const noun = type === 'Scope' ? 'scope' : 'app permission'
  const problem = `The ${noun} ${value} does not exist in the API ${resourceAppId}. No app was created.`
  return [
    `${name}=$(az rest --method GET --uri "$GRAPH${path}" --query ${quote(query)} --output tsv)`,
    `test -n "$${name}" || { echo ${quote(problem)} >&2; exit 1; }`,
  ]
}

function apiOf({ resourceAppId }: Omit<ListedPermission, 'id'>): string {
  return resourceAppId === GRAPH_APP_ID ? 'Microsoft Graph' : `the API ${resourceAppId}`
}

function newIdLines(name: string): string[] {
  return [`${name}=$(cat /proc/sys/kernel/random/uuid 2>/dev/null || uuidgen)`]
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
