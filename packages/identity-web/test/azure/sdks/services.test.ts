import { decodeJwt } from 'jose'
import { describe, expect, test } from '../fixtures.ts'
import { STORAGE } from '../../../../../examples/azure-sdk/src/stand-ins/blob-storage.ts'
import { GRAPH } from '../services/graph.ts'
import { sdks } from './sdks.ts'

const entries = Object.entries(sdks)
/** A credential that always has the same token. */
const credentialOf = (token: string) => ({
  getToken: async () => ({ token, expiresOnTimestamp: Date.now() + 3_600_000 }),
})

describe.each(entries)('%s', (_name, { resource, open }) => {
  test('gets the data of the user whom the token identifies', async ({ provider, origins }) => {
    for (const as of ['alex', 'robin']) {
      const scopes = resource === GRAPH ? ['User.Read'] : ['user_impersonation']
      const token = await provider.accessToken({ as, api: resource, scopes })
      expect(decodeJwt(token).aud).toBe(resource)
      expect(await open(origins, credentialOf(token))()).toBe(provider.user(as).username)
    }
  })

  test('is rejected with a token for another service', async ({ provider, origins }) => {
    const api = resource === STORAGE ? GRAPH : STORAGE
    const token = await provider.accessToken({ as: 'alex', api })
    const result = open(origins, credentialOf(token))()
    await expect(result).rejects.toThrow()
  })
})
