import { runCommand, startDevProvider } from '../../src/index.js'
import { claimsOf, TODO_API } from '../support/flow.js'
import { describe, expect, test as base } from '../support/fixtures.js'

async function run(...args: string[]) {
  const out: string[] = []
  const error: string[] = []
  const io = { out: (line: string) => out.push(line), error: (line: string) => error.push(line) }
  const result = await runCommand(['token', ...args], io)
  return { result, out, error: error.join('\n') }
}

const test = base
  .extend(
    'runHere',
    ({ provider }) =>
      (...args: string[]) =>
        run('--port', new URL(provider.origin).port, ...args),
  )
  .extend(
    'post',
    ({ provider }) =>
      (body: string, headers: Record<string, string> = {}) =>
        fetch(`${provider.origin}/dev/token`, {
          method: 'POST',
          body,
          headers: { 'content-type': 'application/json', ...headers },
        }),
  )

describe('identity-web-dev token', () => {
  test('prints the token of a user and nothing else', async ({ runHere, provider }) => {
    const { result, out } = await runHere('--as', 'alex', '--scope', `${TODO_API}/Todos.Read`)

    expect(result).toBe(0)
    expect(out).toHaveLength(1)
    expect(claimsOf(out[0])).toMatchObject({
      aud: provider.api.clientId,
      name: 'Alex Rivera',
      scp: 'Todos.Read',
    })
  })

  test('prints the token of an app', async ({ runHere, provider }) => {
    const { out } = await runHere('--app', provider.app.clientId, '--role', 'A', '--role', 'B')

    expect(claimsOf(out[0])).toMatchObject({ azp: provider.app.clientId, roles: ['A', 'B'] })
  })

  test('accepts an authority, an API and a lifetime', async ({ runHere }) => {
    const target = ['--authority', 'oidc', '--api', 'https://api.example', '--scope', 'a b']
    const { out } = await runHere('--as', 'alex', ...target, '--expires-in=-5')
    const claims = claimsOf(out[0])

    expect(claims).toMatchObject({ aud: 'https://api.example', scope: 'a b' })
    expect(claims['exp']).toBeLessThan(Date.now() / 1000)
  })

  test.for([['--https'], []])('calls a provider that uses https: %j', async (args) => {
    const log: string[] = []
    const secure = await startDevProvider({ tls: true, errorLogger: (line) => log.push(line) })
    const { out } = await run(...args, '--port', new URL(secure.origin).port, '--as', 'alex')

    expect(claimsOf(out[0])['iss']).toBe(`${secure.authority()}/v2.0`)
    expect(log).toEqual([])
    await secure.close()
  })

  test('does not use http with --https', async ({ runHere }) => {
    const { result, error } = await runHere('--https', '--as', 'alex')

    expect(result).toBe(1)
    expect(error).toContain('No provider is running')
  })

  test('names the scope of Microsoft Graph for a scope without its prefix', async ({ runHere }) => {
    const { error } = await runHere('--as', 'alex', '--scope', 'mail.read')

    expect(error).toContain('use https://graph.microsoft.com/Mail.Read.')
    const other = await runHere('--as', 'alex', '--scope', 'Todos.Delete')
    expect(other.error).toContain('The scopes of "Todo API" are')
  })

  test('prints the help and explains wrong options', async ({ runHere }) => {
    expect((await run('--help')).out.join()).toContain('--scope')
    expect((await run()).error).toContain('--as')
    expect((await runHere('--as', 'nobody')).error).toMatch(
      /The user 'nobody' does not exist\..*alex@contoso\.onmicrosoft\.com/,
    )
    expect((await runHere('--as', 'alex', '--api', 'api://x')).error).toContain(
      'api://todos.contoso.example',
    )
    expect((await runHere('--sa', 'alex')).error).toBe('--sa is not an option. Did you mean --as?')
    expect((await runHere('--as', 'alex', '--expires-in', 'x')).error).toContain('--expires-in')
    expect((await run('--port', 'x', '--as', 'alex')).error).toContain('--port')
    const closed = await startDevProvider()
    await closed.close()
    const { port } = new URL(closed.origin)
    const { result, error } = await run('--port', port, '--as', 'alex')
    expect(result).toBe(1)
    expect(error).toContain('No provider is running')
  })
})

describe('/dev/token', () => {
  test('responds to programs and the pages of the provider', async ({ post, provider }) => {
    expect((await post('{"as":"alex"}')).status).toBe(200)
    expect((await post('{"as":"alex"}', { origin: provider.origin })).status).toBe(200)
  })

  test.for(['https://evil.example', 'null', 'http://localhost:1'])(
    'rejects a page of %s',
    async (origin, { post }) => {
      const response = await post('{"as":"alex"}', { origin })

      expect(response.status).toBe(403)
      expect(await response.text()).not.toContain('eyJ')
      expect(response.headers.get('access-control-allow-origin')).toBeNull()
    },
  )

  test('rejects content types of forms, and GET', async ({ post, provider }) => {
    const form = { 'content-type': 'text/plain' }

    expect((await post('{"as":"alex"}', form)).status).toBe(415)
    expect((await fetch(`${provider.origin}/dev/token`)).status).toBe(405)
  })

  test.for([
    'nonsense',
    '[]',
    '{"as":1}',
    '{"scopes":"a"}',
    '{"key":{}}',
    '{"claims":[]}',
    '{"expiresIn":"5"}',
    '{"unknown":1}',
    '{"as":"nobody"}',
    '{"as":"alex","scopes":["Nope"]}',
    '{"as":"alex","claimsRequest":"x"}',
  ])('%s is an error', async (body, { post }) => {
    const response = await post(body)

    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ error: 'invalid_request' })
  })
})
