import type { StartedDeviceLogin } from 'identity-web/device-code'
import { onTestFinished } from 'vitest'
import { Browser } from '../support/browser.ts'
import { enterCode, openCodePage, poll } from '../support/device.ts'
import { expect, test } from '../support/fixtures.ts'
import { SESSION_SECRET } from '../support/site.ts'
import { bundleWorker, startWorkers } from '../support/worker.ts'

test('a sign-in with a code works in workerd, on our page and as data', async ({ provider }) => {
  const script = await bundleWorker(new URL('device-worker.ts', import.meta.url))
  const bindings = {
    AUTHORITY: provider.authority(),
    CLIENT_ID: provider.app.clientId,
    CLIENT_SECRET: provider.app.clientSecret,
    SECRET: SESSION_SECRET,
  }
  const workers = await startWorkers(script, [{ bindings }])
  onTestFinished(() => workers.close())
  const site = { origin: workers.urls[0]?.origin ?? '' }
  const [browser, other] = [new Browser(), new Browser()]

  const code = await openCodePage(site, browser, '/user')
  await enterCode(provider, code, { as: 'alex' })
  const done = await poll(site, browser, code.device)
  const { origin } = site
  const started = await other.script(`${origin}/start`, { method: 'POST', headers: { origin } })
  const login = started.json() as StartedDeviceLogin
  await enterCode(provider, login, { as: 'robin' })
  await poll(site, other, login.device)

  expect(done.json()).toEqual({ status: 'done', location: '/user' })
  expect((await browser.navigate(`${origin}/user`)).text).toBe(provider.user('alex').username)
  expect((await other.navigate(`${origin}/user`)).text).toBe(provider.user('robin').username)
})
