import { knownMcpClients } from 'identity-web'
import { describe, expect, test } from 'vitest'
import { clientLines } from '../../src/mcp/registration/client-lines.ts'

const LOOPBACK = /^http:\/\/(localhost|127\.0\.0\.1)(:\d+)?\/[^#]*$/
const HTTPS = /^https:\/\/[\w.-]+\/[^#]+$/
const PRIVATE_SCHEME = /^(?!https?:)[a-z]+:\/\/[^#]+$/
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

describe.for(knownMcpClients)('$name', (client) => {
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

test('the redirect URI of Codex contains the hash of the URL of the server', async () => {
  // Reported by a user: https://github.com/openai/codex/issues/30460
  const resource = 'https://api.us.elevenlabs.io/v1/mcp'
  const lines = await clientLines({ resource, hasMirror: false })

  expect(lines[lines.indexOf('Codex') + 2]).toBe(
    '  Redirect URIs (mobile and desktop): http://127.0.0.1/callback/6MFBM1In3Ey-',
  )
})
