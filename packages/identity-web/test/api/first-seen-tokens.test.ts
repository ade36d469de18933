import { defaultConfig, type AppConfig } from 'identity-web-dev'
import { describe, expect, test as base } from '../support/fixtures.ts'

const OLD_API = '44444444-5555-4666-8777-888888888888'

const oldApi: AppConfig = {
  ...defaultConfig.apps.find(({ idUri }) => idUri !== undefined)!,
  clientId: OLD_API,
  idUri: 'api://old-todos.contoso.example',
  accessTokenVersion: 1,
}

const test = base
  .extend('providerOptions', { config: { apps: [...defaultConfig.apps, oldApi] } })

  /** Returns the status of a request, and whether the guard called the handler before it returned. */
  .extend('visit', async ({ openApi, provider }) => {
    let isInside = false
    let isSynchronous = false
    const api = await openApi({ audience: provider.api.idUri }, (app, guards) => {
      app.use((_req, _res, next) => {
        isInside = true
        next()
        isInside = false
      })
      app.get(
        '/',
        guards.authorizationRequired((_req, res) => {
          isSynchronous = isInside
          res.json('in')
        }),
      )
    })
    return async (token: string): Promise<{ status: number; isSynchronous: boolean }> => {
      isSynchronous = false
      const { status } = await api.call('/', token)
      return { status, isSynchronous }
    }
  })
  .extend('token', ({ tokensWith }) => tokensWith({ as: 'alex' }))

describe('a token that an API sees for the first time', () => {
  test('does not wait for anything if the documents are cached', async ({ visit, token }) => {
    expect(await visit(await token())).toEqual({ status: 200, isSynchronous: false })

    expect(await visit(await token())).toEqual({ status: 200, isSynchronous: true })
    expect(await visit(await token({ as: 'robin' }))).toEqual({ status: 200, isSynchronous: true })
  })

  test('does not wait for anything if it has version 1', async ({ visit, token, provider }) => {
    const request = { api: OLD_API, claims: { aud: provider.api.idUri } }
    await visit(await token())
    expect(await visit(await token(request))).toEqual({ status: 200, isSynchronous: false })

    expect(await visit(await token(request))).toEqual({ status: 200, isSynchronous: true })
  })

  test('is rejected without an error in the application', async ({ visit, token }) => {
    await visit(await token())

    expect(await visit(await token({ key: 'stranger' }))).toEqual({
      status: 401,
      isSynchronous: false,
    })
    expect(await visit((await token()).slice(0, -4))).toMatchObject({ status: 401 })
    expect(await visit(await token({ expiresIn: -3600 }))).toMatchObject({ status: 401 })
  })
})
