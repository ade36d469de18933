import { createServer } from 'node:http'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import express from 'express'
import { Auth } from 'identity-web/express'
import { close, listen } from '../../../identity-web/test/support/server.js'
import { describe, expect, test as base, vi } from '../support/fixtures.js'

const test = base
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('folder', ({}, { onCleanup }) => {
    const folder = mkdtempSync(join(tmpdir(), 'storage-state-'))
    onCleanup(() => rmSync(folder, { recursive: true, force: true }))
    return folder
  })
  .extend('baseURL', async ({ provider }, { onCleanup }) => {
    const app = express()
    const server = createServer(app)
    const origin = await listen(server)
    onCleanup(() => close(server))
    const auth = new Auth(app, {
      authority: provider.authority(),
      clientId: provider.app.clientId,
      clientCredential: provider.app.clientSecret,
      redirectUri: `${origin}/redirect`,
      session: { secret: 'a session secret of at least 32 characters' },
      logger: false,
    })
    app.get(
      '/orders',
      auth.loginRequired((_req, res, { user }) => void res.send(`Hello, ${user.name}`)),
    )
    app.get(
      '/admin',
      auth.loginRequired({ roles: ['Admin'] }, (_req, res) => void res.send('admin')),
    )
    return origin
  })
  // A new copy of the module, as in a new worker of Playwright.
  .extend('newWorker', () => async () => {
    vi.resetModules()
    return (await import('../../src/playwright/storage-state.js')).storageStateOf
  })

describe('signedInAs', () => {
  test('signs in once, also for tests of other workers', async ({
    baseURL,
    folder,
    newWorker,
    provider,
  }) => {
    const signIn = { as: 'robin', path: '/orders', baseURL, folder }
    const first = await newWorker()
    const states = [await first(signIn), await first(signIn), await (await newWorker())(signIn)]

    const { cookies } = states[0] ?? { cookies: [] }
    const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
    const page = await fetch(`${baseURL}/orders`, { headers: { cookie } })
    expect(await page.text()).toBe('Hello, Robin Chen')
    expect(states[1]).toEqual(states[0])
    expect(states[2]).toEqual(states[0])
    const tokens = provider.requests.filter(({ endpoint }) => endpoint === 'token')
    expect(tokens).toHaveLength(1)
    expect(readdirSync(join(folder, '.signed-in'))).toHaveLength(1)
  })

  test('keeps the accounts apart', async ({ baseURL, folder, newWorker }) => {
    const storageStateOf = await newWorker()
    const robin = await storageStateOf({ as: 'robin', path: '/orders', baseURL, folder })
    const kim = await storageStateOf({ as: 'kim', path: '/orders', baseURL, folder })

    expect(robin.cookies).not.toEqual(kim.cookies)
  })

  test('says what to configure', async ({ baseURL, folder, newWorker }) => {
    const storageStateOf = await newWorker()
    const visit = { as: 'robin', folder }

    expect(() => storageStateOf({ ...visit, path: '/', baseURL: undefined })).toThrow(
      'Set use: { baseURL }',
    )
    await expect(storageStateOf({ ...visit, path: '/admin', baseURL })).rejects.toThrow(
      'The sign-in of robin ended with the status 403 at /admin. Set signInPath',
    )
    await expect(storageStateOf({ ...visit, path: '/nothing', baseURL })).rejects.toThrow(
      '/nothing did not redirect to the provider',
    )
  })
})
