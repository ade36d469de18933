import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { claimsOf, TODO_API } from '../support/flow.js'
import { describe, expect, test as base } from './fixtures.js'
import { startPython } from './python.js'

type Json = Record<string, unknown>

/** The folder that contains the Python library `identity`. `npm run -C maintain interop:python` sets it, and vitest.config.ts checks it. */
const IDENTITY = process.env['PYTHON_IDENTITY_FOLDER'] ?? ''
const SUSI = 'fabrikamb2c.onmicrosoft.com/B2C_1_susi'
const B2C_SCOPE = 'https://fabrikamb2c.onmicrosoft.com/todos/Todos.Read'
const TODOS = `${TODO_API}/Todos.Read`

/** Each kind of issuer: the setting of the library, the path of the authority, the user and the scopes. */
const KINDS = [
  ['authority', 'contoso.onmicrosoft.com', 'alex', ['User.Read']],
  ['authority', 'common', 'kim', ['User.Read']],
  ['authority', 'organizations', 'sam', [TODOS]],
  ['authority', 'consumers', 'charlie', ['User.Read']],
  ['authority', 'contosocustomers.onmicrosoft.com', 'nora', ['User.Read']],
  ['oidc_authority', 'contosocustomers.onmicrosoft.com/v2.0', 'nora', [TODOS]],
  ['authority', SUSI, 'mia', [B2C_SCOPE]],
  ['authority', `tfp/${SUSI}`, 'mia', [B2C_SCOPE]],
  ['authority', 'adfs', 'alex', [TODOS]],
  ['oidc_authority', 'oidc', 'alex', ['todos']],
] as const

const test = base
  .extend('startApp', ({ provider, pythonEnv }, { onCleanup }) => {
    const cleanups: (() => unknown)[] = []
    onCleanup(async () => {
      for (const cleanup of cleanups) await cleanup()
    })
    return async (settings: Json) => {
      const folder = await mkdtemp(join(tmpdir(), 'identity-app-'))
      const { clientId, clientSecret } = provider.app
      const all = {
        client_id: clientId,
        client_credential: clientSecret,
        port: await freePort(),
        ...settings,
      }
      const program = startPython('identity_app.py', {
        ...pythonEnv,
        PYTHONPATH: IDENTITY,
        SESSION_FOLDER: folder,
        SETTINGS: JSON.stringify(all),
      })
      cleanups.push(program.stop, () => rm(folder, { recursive: true }))
      return `http://localhost:${String((await program.read())['port'])}`
    }
  })
  /** A browser with the cookies of the app. It returns the URL of the redirect or of the login page. */
  .extend('open', () => {
    const cookies = new Map<string, string>()
    return async (url: string) => {
      const cookie = [...cookies].map((pair) => pair.join('=')).join('; ')
      const response = await fetch(url, { headers: { cookie }, redirect: 'manual' })
      for (const line of response.headers.getSetCookie()) {
        const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=')
        cookies.set(name, value)
      }
      const body = await response.text()
      const refresh = /http-equiv='refresh' content='0; URL=([^']+)'/.exec(body)?.[1]
      const next = response.headers.get('location') ?? refresh?.replaceAll('&amp;', '&') ?? ''
      return { status: response.status, body, next }
    }
  })

describe('the Python library identity with Flask', () => {
  test.for(KINDS)(
    'signs in, calls an API and signs out at the provider with %s %s',
    async ([setting, path, as, scopes], { provider, cookies, startApp, open }) => {
      const api = scopes[0] === 'User.Read' ? provider.graphMe : ''
      const site = await startApp({ [setting]: `${provider.origin}/${path}`, scopes, api })
      const visit = async (page: string) => {
        const { next } = await open(site + page)
        const { url } = await provider.signIn(next, { as, cookies })
        const back = await open(url.href)
        return open(new URL(back.next, site).href)
      }
      const home = JSON.parse((await visit('/')).body) as { user: Json }
      // Where the user does not consent, the library gets the token without a page.
      const silently = await open(`${site}/call_api`)
      const page = silently.next === '' ? silently : await visit('/call_api')
      const called = JSON.parse(page.body) as Json
      const { next } = await open(`${site}/logout`)
      const { url: returned } = await provider.signIn(next, { cookies })
      const again = await open(`${site}/`)

      expect(home.user['sub']).toBeTruthy()
      expect(called['scopes']).toEqual(expect.arrayContaining([...scopes]))
      if (api === '') expect(claimsOf(String(called['access_token']))['exp']).toBeTruthy()
      else expect(called['api']).toMatchObject({ displayName: provider.user(as).name })
      expect(new URL(next).pathname).toMatch(/logout$/)
      expect(returned.href).toBe(`${site}/`)
      expect(again.next).toContain('/authorize')
      // The session at the provider ended too, so a silent sign-in fails.
      const silent = new URL(again.next)
      silent.searchParams.set('prompt', 'none')
      const { url: reply } = await provider.signIn(silent, { cookies })
      expect(reply.searchParams.get('error')).toMatch(/^(login|interaction)_required$/)
    },
  )
})

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
