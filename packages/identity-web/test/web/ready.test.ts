import { ApiAuth } from 'identity-web/express'
import { freePort } from '../support/port.ts'
import { describe, expect, test, vi } from '../support/fixtures.ts'

describe('auth.ready()', () => {
  test('resolves if the provider and the store respond', async ({ openSite, store }) => {
    const { auth } = await openSite({
      session: { secret: 'a-secret-of-thirty-two-characters', store },
    })

    await expect(auth.ready()).resolves.toBeUndefined()
  })

  test('does not ask the provider again for cached documents', async ({ openSite, provider }) => {
    const { auth } = await openSite()
    await auth.ready()
    const { length } = provider.requests

    await auth.ready()

    expect(length).toBeGreaterThan(0)
    expect(provider.requests).toHaveLength(length)
  })

  test('rejects with the cause if the provider does not respond', async ({ openSite }) => {
    const authority = `http://localhost:${await freePort()}/contoso`
    const { auth } = await openSite({ authority })

    await expect(auth.ready()).rejects.toMatchObject({
      code: 'provider_unavailable',
      reason: 'connection_refused',
    })
  })

  test('rejects if the keys cannot be fetched', async ({ openSite, provider }) => {
    const { auth } = await openSite({
      fetch: async (url, init) =>
        JSON.stringify(url).includes('/keys')
          ? Response.json({}, { status: 500 })
          : fetch(url, init),
    })

    await expect(auth.ready()).rejects.toMatchObject({ code: 'provider_unavailable' })
    expect(provider.requests.length).toBeGreaterThan(0)
  })

  test('rejects if the store fails', async ({ openSite, store }) => {
    vi.spyOn(store, 'get').mockRejectedValue(new Error('down'))
    const { auth } = await openSite({
      session: { secret: 'a-secret-of-thirty-two-characters', store },
    })

    await expect(auth.ready()).rejects.toMatchObject({ code: 'store_unavailable' })
  })

  test('rejects if the configuration is wrong', async ({ openSite }) => {
    const { auth } = await openSite({ clientCapabilities: 'cp1' as never })

    await expect(auth.ready()).rejects.toMatchObject({ code: 'configuration' })
  })
})

describe('api.ready()', () => {
  test('checks provider and store', async ({ openApi, provider }) => {
    const { api } = await openApi()
    const store = { get: () => Promise.reject(new Error('down')), set: vi.fn(), delete: vi.fn() }
    const broken = new ApiAuth({
      authority: provider.authority(),
      clientId: provider.api.clientId,
      longRunning: { store, secret: 'a-secret-of-thirty-two-characters' },
    })

    await expect(api.ready()).resolves.toBeUndefined()
    await expect(broken.ready()).rejects.toMatchObject({ code: 'store_unavailable' })
  })
})

describe('auth.close()', () => {
  test('can be called at any time, also twice', async ({ openSite }) => {
    const { auth } = await openSite()
    const wrong = new ApiAuth({ logger: false })

    for (const one of [auth, auth, wrong]) expect(one.close()).toBeUndefined()
  })
})
