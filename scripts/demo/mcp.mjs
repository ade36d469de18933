// The app registrations of `npm run demo -- mcp`, which are not among the defaults of the development provider.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../setup.mjs'

const SERVER_ID = '66666666-7777-4888-8999-aaaaaaaaaaaa'
const CLIENT_ID = '77777777-8888-4999-8aaa-bbbbbbbbbbbb'
// It is public, and only valid at the development provider.
const SERVER_SECRET = 'dev-mcp-secret-not-for-production'

/** The settings of the example's server. */
export const mcpServerSettings = (provider, tenant, resource) => ({
  IDENTITY_AUTHORITY: `${provider}/${tenant}`,
  IDENTITY_CLIENT_ID: SERVER_ID,
  IDENTITY_CLIENT_SECRET: SERVER_SECRET,
  IDENTITY_RESOURCE: resource,
})

/** The settings of the example's client. */
export const mcpClientSettings = (resource) => ({ MCP_SERVER: resource, MCP_CLIENT_ID: CLIENT_ID })

/** Returns the commands and files with which other MCP clients get the client ID, because they cannot register themselves. */
export function describeMcpClients(resource) {
  const json = (value) => JSON.stringify(value)
  return `  Other MCP clients need this URL and the client ID ${CLIENT_ID}:

    claude mcp add --transport http --client-id ${CLIENT_ID} office ${resource} && claude mcp login office
    codex mcp add office --url ${resource} --oauth-client-id ${CLIENT_ID}
    npx mcp-remote ${resource} --static-oauth-client-info '${json({ client_id: CLIENT_ID })}'
    npx @modelcontextprotocol/inspector --cli ${resource} --transport http --client-id ${CLIENT_ID} \\
      --method tools/call --tool-name office_hours

    .vscode/mcp.json  ${json({ servers: { office: { type: 'http', url: resource, oauth: { clientId: CLIENT_ID } } } })}
    .cursor/mcp.json  ${json({ mcpServers: { office: { url: resource, auth: { CLIENT_ID } } } })}`
}

/**
 * Writes the configuration of the development provider: the MCP server as an API, and its client.
 *
 * @param resource - The URL of the server, which is also its Application ID URI.
 * @returns The path of the file.
 */
export function writeMcpConfig(resource) {
  const folder = join(root, '.artifacts/demo')
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `mcp-${new URL(resource).port}.json`)
  writeFileSync(file, JSON.stringify({ extends: 'default', apps: registrations(resource) }))
  return file
}

function registrations(resource) {
  return [
    {
      clientId: SERVER_ID,
      name: 'Office tools',
      clientSecret: SERVER_SECRET,
      redirectUris: [],
      idUri: resource,
      scopes: [
        { value: 'Tools.Use', description: 'Use the tools of the office' },
        {
          value: 'Office.Manage',
          description: 'Open and close the office',
          adminConsent: true,
        },
      ],
      permissions: ['Mail.Read'],
      // An administrator has allowed it for everybody, because a server without pages cannot ask the users.
      preauthorized: ['Mail.Read'],
    },
    { clientId: CLIENT_ID, name: 'Office assistant', redirectUris: 'loopback' },
  ]
}
