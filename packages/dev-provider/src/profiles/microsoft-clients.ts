import type { AppConfig } from '../config/config.js'

/**
 * The clients of Microsoft that every tenant of Entra ID contains.
 *
 * They do not show a consent page for your API. The API must list them in `authorizedClients`.
 */
const MICROSOFT_CLIENTS: readonly AppConfig[] = [
  {
    // configure-authentication-mcp-server-vscode
    clientId: 'aebc6443-996d-45c2-90f0-388ff96faa56',
    name: 'Visual Studio Code',
    redirectUris: [
      'http://localhost/',
      'http://127.0.0.1/',
      'https://vscode.dev/redirect',
      'https://insiders.vscode.dev/redirect',
    ],
    publicClientFlows: true,
  },
  {
    clientId: '04b07795-8ddb-461a-bbee-02f9e1bf7b46',
    name: 'Microsoft Azure CLI',
    redirectUris: ['http://localhost/', 'http://127.0.0.1/'],
    publicClientFlows: true,
  },
]

/** Returns the client of Microsoft with this client ID. */
export function findMicrosoftClient(clientId: string): AppConfig | undefined {
  return MICROSOFT_CLIENTS.find((app) => app.clientId === clientId.toLowerCase())
}

/** Returns whether an app belongs to Microsoft, and cannot show a consent page for your API. */
export function isMicrosoftClient(app: AppConfig): boolean {
  return MICROSOFT_CLIENTS.includes(app)
}
