import { knownMcpClients } from 'identity-web'
import { describe, expect, test } from 'vitest'

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
