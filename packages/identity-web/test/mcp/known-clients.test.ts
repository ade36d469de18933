import { knownMcpClients } from 'identity-web'
import { describe, expect, test } from 'vitest'

describe.for(knownMcpClients)('$name', (client) => {
  test('has redirect URIs of its platform', () => {
    expect(client.redirectUris).not.toEqual([])
    for (const uri of client.redirectUris) {
      const { protocol, hostname } = new URL(uri)
      const isLoopback = ['localhost', '127.0.0.1'].includes(hostname)
      expect(uri).not.toContain('#')
      if (protocol === 'http:') expect(isLoopback).toBe(true)
      if (client.platform === 'web') expect([protocol, isLoopback]).toEqual(['https:', false])
    }
  })

  test('names a dated source', () => {
    expect(new URL(client.source).protocol).toBe('https:')
    expect(client.sourceDate).toMatch(/^20\d\d-\d\d-\d\d$/)
    expect(Number.isNaN(Date.parse(client.sourceDate))).toBe(false)
  })

  test('has well-formed IDs', () => {
    const { entraClientId, metadataUrl } = client
    if (entraClientId !== undefined)
      expect(entraClientId).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    if (metadataUrl !== undefined) expect(new URL(metadataUrl).protocol).toBe('https:')
  })
})
