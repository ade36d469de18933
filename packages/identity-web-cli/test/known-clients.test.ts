import { describe, expect, test } from 'vitest'
import { MANAGED_PERMISSIONS as OF_PROVIDER } from '../../dev-provider/src/profiles/consent-policy.js'
import { MANAGED_PERMISSIONS } from '../src/registration/managed-permissions.js'
import { findClients, KNOWN_CLIENTS, stepsOf } from '../src/registration/known-clients.js'

const LOOPBACK = /^http:\/\/(localhost|127\.0\.0\.1)(:\d+)?\/[^#]*$/
const HTTPS = /^https:\/\/[\w.-]+\/[^#]+$/
const PRIVATE_SCHEME = /^(?!https?:)[a-z]+:\/\/[^#]+$/
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

describe.for(KNOWN_CLIENTS)('$name', (client) => {
  test('has redirect URIs of its platform', () => {
    const { redirectUris, platform } = client
    const forms = platform === 'web' ? [HTTPS] : [LOOPBACK, HTTPS, PRIVATE_SCHEME]
    const isForm = (uri: string): boolean => forms.some((form) => form.test(uri))

    expect(redirectUris).not.toEqual([])
    expect(redirectUris.filter((uri) => !isForm(uri))).toEqual([])
  })

  test('names a dated source', () => {
    expect(client.source).toMatch(HTTPS)
    expect(client.sourceDate).toMatch(/^20\d\d-\d\d-\d\d$/)
    expect(Date.parse(client.sourceDate)).not.toBeNaN()
  })

  test('has well-formed IDs', () => {
    const { entraClientId, metadataUrl } = client
    expect([entraClientId].filter((id) => id !== undefined && !GUID.test(id))).toEqual([])
    expect([metadataUrl].filter((url) => url !== undefined && !HTTPS.test(url))).toEqual([])
  })
})

test('the redirect URI of Codex contains the hash of the URL of the server', () => {
  // Reported by a user: https://github.com/openai/codex/issues/30460
  const steps = findClients('codex').map((codex) =>
    stepsOf(codex, 'https://api.us.elevenlabs.io/v1/mcp'),
  )

  expect(steps).toEqual([
    expect.stringContaining(
      'the redirect URI http://127.0.0.1/callback/6MFBM1In3Ey- to its platform',
    ),
  ])
})

test.for([
  ['vscode', ['Visual Studio Code']],
  ['AEBC6443-996d-45c2-90f0-388ff96faa56', ['Visual Studio Code']],
  ['claude', ['Claude']],
  ['claude-code', ['Claude Code']],
  ['https://zed.dev/oauth/client-metadata.json', ['Zed']],
  ['http://127.0.0.1:51234/callback', ['Claude Code', 'Zed', 'OpenCode']],
  ['https://chatgpt.com/connector_platform_oauth_redirect', ['ChatGPT']],
  ['a client that is not known', []],
  ['-', []],
] as const)('%s names %j', ([given, names]) => {
  expect(findClients(given).map(({ name }) => name)).toEqual(names)
})

test('the development provider has the same list of 36 permissions', () => {
  expect(MANAGED_PERMISSIONS).toEqual(OF_PROVIDER)
  expect(Object.values(MANAGED_PERMISSIONS).join(' ').match(/\S+/g)).toHaveLength(36)
})
