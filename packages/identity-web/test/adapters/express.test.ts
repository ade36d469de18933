import { createServer } from 'node:http'
import express5 from 'express'
// @ts-expect-error Express 4 under a name of its own has no types; those of Express 5 fit.
import express4 from 'express4'
import { describe, expect, onTestFinished, test } from 'vitest'
import { Auth, loginRequired } from 'identity-web/express'
import {
  SESSION_SECRET,
  startSignIn,
  sendToCallback,
  close,
  listen,
  startDevProvider,
} from '../support/site.ts'
import { Browser } from '../support/browser.ts'
import { adapterContract, type StartHost } from './contract.ts'
import { answerError, createExpressApp } from './hosts/express-app.ts'

function startWith(express: typeof express5): StartHost {
  return async (optionsFor, variant) => {
    const server = createServer((req, res) => void app(req, res))
    const origin = await listen(server)
    const app = createExpressApp(express, (prefix) => optionsFor(origin, prefix), variant)
    return { origin, close: () => close(server) }
  }
}

adapterContract('Express 5', startWith(express5))
adapterContract('Express 4', startWith(express4))

describe('the answer of a provider', () => {
  test.each([
    ['text', express5.text({ type: '*/*' })],
    ['bytes', express5.raw({ type: '*/*' })],
  ])('is read where a parser left it as %s', async (_kind, parser) => {
    const provider = await startDevProvider()
    const app = express5()
    const server = createServer(app)
    const origin = await listen(server)
    onTestFinished(async () => {
      await close(server)
      await provider.close()
    })
    app.use(parser)
    const auth = new Auth(app, {
      authority: provider.authority(),
      clientId: provider.app.clientId,
      clientCredential: provider.app.clientSecret,
      redirectUri: `${origin}/redirect`,
      responseMode: 'form_post',
      session: { secret: SESSION_SECRET },
    })
    app.get('/', auth.loginRequired())
    const browser = new Browser()

    const answer = await sendToCallback(browser, await startSignIn({ origin }, provider, browser))

    expect([answer.status, answer.location]).toEqual([303, '/'])
  })
})

describe('an Auth without an application', () => {
  test('says that initApp was not called', async () => {
    const app = express5()
    const auth = new Auth({ clientId: 'x', logger: {} })
    app.get(
      '/',
      auth.loginRequired((_req, res) => void res.end()),
    )
    app.get('/standalone', loginRequired())
    app.use(answerError)
    const server = createServer(app)
    const origin = await listen(server)

    expect((await new Browser().navigate(`${origin}/`)).text).toContain('auth.initApp(app)')
    expect((await new Browser().navigate(`${origin}/standalone`)).text).toContain(
      'auth.initApp(app)',
    )
    await close(server)
  })
})
