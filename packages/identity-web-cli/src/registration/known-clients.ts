import { createHash } from 'node:crypto'

/** A client of the Model Context Protocol (MCP) that many users have, and the values that its registration needs. */
export interface KnownClient {
  /** The name of the product. */
  readonly name: string
  /** The client ID at Entra ID, if it is the same in every tenant. You register the other clients. */
  readonly entraClientId?: string
  /** The URL of its Client ID Metadata Document, which is its client ID at providers that support such documents. */
  readonly metadataUrl?: string
  /**
   * The redirect URIs to register. If a URI of this machine has no port, the client chooses one. `{server}` stands for the first 12
   * characters of the SHA-256 hash of the server's URL, in base64url.
   */
  readonly redirectUris: readonly string[]
  /** The platform to which the redirect URIs belong in the app registration. */
  readonly platform: 'mobile and desktop' | 'web'
  /**
   * `true` if the client rejects servers whose provider does not publish `code_challenge_methods_supported`. A server
   * for such a client needs the option `mirrorMetadata`.
   */
  readonly needsMirror: boolean
  /** One or two sentences about the steps that connect the client. */
  readonly steps: string
  /** The page or the document that contains these values. */
  readonly source: string
  /** The date of the source, as `YYYY-MM-DD`. */
  readonly sourceDate: string
}

const OWN_REGISTRATION =
  'Create an app registration without a secret, and give its client ID to the client.'

/** The known clients. Clients change, so each entry names its source and the date of the source. */
export const KNOWN_CLIENTS: readonly KnownClient[] = [
  {
    name: 'Visual Studio Code',
    entraClientId: 'aebc6443-996d-45c2-90f0-388ff96faa56',
    metadataUrl: 'https://vscode.dev/oauth/client-metadata.json',
    redirectUris: ['http://127.0.0.1:33418/', 'https://vscode.dev/redirect'],
    platform: 'mobile and desktop',
    needsMirror: false,
    steps:
      'Add its client ID to "Authorized client applications" of your registration, with your scopes. The client does not show a consent page.',
    source:
      'https://learn.microsoft.com/azure/app-service/configure-authentication-mcp-server-vscode',
    sourceDate: '2025-11-18',
  },
  {
    name: 'Claude',
    metadataUrl: 'https://claude.ai/oauth/mcp-oauth-client-metadata',
    redirectUris: ['https://claude.ai/api/mcp/auth_callback'],
    platform: 'web',
    // https://github.com/anthropics/claude-ai-mcp/issues/786 (August 2026)
    needsMirror: true,
    steps:
      'Create an app registration with a secret. Enter the client ID and the secret in the settings of the connector.',
    source: 'https://gofastmcp.com/servers/auth/oauth-proxy',
    sourceDate: '2026-08-21',
  },
  {
    name: 'Claude Code',
    metadataUrl: 'https://claude.ai/oauth/claude-code-client-metadata',
    redirectUris: ['http://localhost/callback', 'http://127.0.0.1/callback'],
    platform: 'mobile and desktop',
    needsMirror: false,
    steps: OWN_REGISTRATION,
    source: 'https://claude.ai/oauth/claude-code-client-metadata',
    sourceDate: '2026-09-24',
  },
  {
    name: 'ChatGPT',
    metadataUrl: 'https://chatgpt.com/oauth/client.json',
    redirectUris: ['https://chatgpt.com/connector_platform_oauth_redirect'],
    platform: 'web',
    needsMirror: false,
    steps:
      'Create an app registration with a secret. Enter the client ID and the secret in the settings of the connector.',
    source: 'https://chatgpt.com/oauth/client.json',
    sourceDate: '2026-09-24',
  },
  {
    name: 'Codex',
    metadataUrl: 'https://chatgpt.com/oauth/codex/client.json',
    // Without the port, because Entra ID ignores it. With its metadata document, the path is only /callback.
    redirectUris: ['http://127.0.0.1/callback/{server}'],
    platform: 'mobile and desktop',
    needsMirror: false,
    steps: OWN_REGISTRATION,
    source: 'https://github.com/openai/codex/pull/20237',
    sourceDate: '2026-05-13',
  },
  {
    name: 'MCP Inspector',
    redirectUris: ['http://localhost:6274/oauth/callback', 'http://127.0.0.1:6276/oauth/callback'],
    platform: 'mobile and desktop',
    needsMirror: false,
    steps: `${OWN_REGISTRATION} The option of the command is --client-id.`,
    source: 'https://modelcontextprotocol.io/docs/2026-07-28/tools/inspector/authorization',
    sourceDate: '2026-08-22',
  },
  {
    name: 'Zed',
    metadataUrl: 'https://zed.dev/oauth/client-metadata.json',
    redirectUris: ['http://127.0.0.1/callback'],
    platform: 'mobile and desktop',
    needsMirror: false,
    steps:
      'This client needs a provider that supports Client ID Metadata Documents. At Entra ID, they are in preview. The documentation of the client does not describe a setting for a client ID.',
    source: 'https://zed.dev/oauth/client-metadata.json',
    sourceDate: '2026-09-24',
  },
  {
    name: 'OpenCode',
    metadataUrl: 'https://opencode.ai/oauth/opencode/client.json',
    redirectUris: [
      'http://127.0.0.1/callback',
      'http://localhost/callback',
      'http://127.0.0.1/mcp/oauth/callback',
    ],
    platform: 'mobile and desktop',
    needsMirror: false,
    steps: `${OWN_REGISTRATION} The setting is oauth.clientId.`,
    source: 'https://opencode.ai/oauth/opencode/client.json',
    sourceDate: '2026-09-24',
  },
  {
    name: 'Cursor',
    // Older versions used the scheme cursor:, which every program of the machine can claim.
    redirectUris: [
      'http://localhost:8787/callback',
      'https://www.cursor.com/agents/mcp/oauth/callback',
    ],
    platform: 'mobile and desktop',
    needsMirror: false,
    steps: OWN_REGISTRATION,
    source: 'https://cursor.com/docs/mcp',
    sourceDate: '2026-11-29',
  },
]

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Returns whether a value is a client ID of Entra ID. */
export function isClientId(value: string): boolean {
  return GUID.test(value)
}

/**
 * Returns the known clients with a name, a client ID, the URL of a metadata document or a redirect URI. Several clients
 * can have the same redirect URI.
 *
 * @param given - The value to look for, for example `vscode`, `Claude Code` or `claude-code`.
 */
export function findClients(given: string): readonly KnownClient[] {
  const word = toWord(given)
  const uri = withoutPort(given)
  return KNOWN_CLIENTS.filter(
    ({ name, entraClientId, metadataUrl, redirectUris }) =>
      toWord(name) === word ||
      (word === 'vscode' && name === 'Visual Studio Code') ||
      entraClientId === given.toLowerCase() ||
      metadataUrl === given ||
      redirectUris.some((each) => withoutPort(each) === uri),
  )
}

function toWord(name: string): string {
  return name.toLowerCase().replaceAll(/[\s-]/g, '')
}

/** Returns a redirect URI without the port of this machine, which Entra ID ignores. */
function withoutPort(uri: string): string {
  return uri.replace(/^(http:\/\/(?:localhost|127\.0\.0\.1)):\d+/, '$1')
}

/**
 * Returns the steps that connect a client.
 *
 * @param server - The URL of the server. Without it, the redirect URIs can contain `{server}`.
 */
export function stepsOf(client: KnownClient, server: string | undefined): string {
  const { entraClientId, steps, platform, needsMirror } = client
  if (entraClientId !== undefined) return steps
  const uris = client.redirectUris.join(' and ')
  const ownUris = server === undefined ? uris : uris.replaceAll('{server}', hashOf(server))
  const mirror = needsMirror ? ' Set McpAuth({ mirrorMetadata: true }).' : ''
  return `${steps} Add the redirect URI ${ownUris} to its platform "${platform}".${mirror}`
}

/** Returns the part of a redirect URI that stands for the URL of the server. */
function hashOf(server: string): string {
  return createHash('sha256').update(server).digest('base64url').slice(0, 12)
}
