import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http'
import { chmodSync } from 'node:fs'
import { delimiter } from 'node:path'
import { text } from 'node:stream/consumers'
import { GraphClient } from '../../src/graph/graph-client.js'
import { describe, expect, test } from '../support/graph-fixtures.js'
import { listen, unusedPort } from '../support/servers.js'

const NEW_APP = 'register --name Shop --no-credential'

/** Starts a Graph that carries out the first request with a method, and does not return its response. */
async function startLossyFront(
  graph: string,
  method: string,
  lose: (response: ServerResponse) => void,
): Promise<{ readonly graph: string; readonly lost: number }> {
  let lost = 0
  const forward = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { authorization = '' } = request.headers
    const body = await text(request)
    const answer = await fetch(`${new URL(graph).origin}${request.url ?? ''}`, {
      method: request.method ?? 'GET',
      headers: { authorization, 'content-type': 'application/json' },
      ...(body !== '' && { body }),
    })
    if (request.method === method && lost++ === 0) lose(response)
    else response.writeHead(answer.status).end(await answer.text())
  }
  const origin = await listen(createServer((request, response) => void forward(request, response)))
  return {
    graph: `${origin}/v1.0`,
    get lost() {
      return Math.min(lost, 1)
    },
  }
}

describe('Microsoft Graph rejects a request', () => {
  test('401: the token is not valid', async ({ cli, token, write }) => {
    const [header = '', payload = ''] = token.split('.')
    write('token', `${header}.${payload}.AAAA`)
    const { code, error } = await cli(NEW_APP)

    expect(code).toBe(1)
    expect(error).toContain('Microsoft Graph returned 401 (InvalidAuthenticationToken).')
    expect(error).toContain('Run "az login"')
  })

  test('403: the token has no permission', async ({ provider, write, cli }) => {
    const api = 'https://graph.microsoft.com'
    const scopes = ['Application.Read.All']
    write('token', await provider.accessToken({ api, as: 'sam', scopes }))
    const { code, error } = await cli(NEW_APP)

    expect(code).toBe(1)
    expect(error).toContain('403 (Authorization_RequestDenied)')
    expect(error).toContain('needs the permission Application.ReadWrite.All')
  })

  test('400: another app has the Application ID URI', async ({ cli }) => {
    const { code, error } = await cli(
      'register --api --name x --id-uri api://todos.contoso.example',
    )

    expect(code).toBe(1)
    expect(error).toContain('Another app registration has this Application ID URI.')
  })

  test('400 in the middle: the next run completes the app, with its service principal', async ({
    cli,
    ok,
    getGraph,
    readEnv,
  }) => {
    const api = 'register --api --name Orders --env .env'
    const taken = await cli(api, '--id-uri', 'api://todos.contoso.example')
    await ok(api)
    const appId = readEnv()['IDENTITY_CLIENT_ID'] ?? ''
    const response = await getGraph(`/servicePrincipals(appId='${appId}')`)

    expect([taken.code, response.status]).toEqual([1, 200])
  })

  test('429 and 503: it waits for the time that Graph names', async ({ provider, ok }) => {
    provider.behave({
      faults: { graph: { kind: 'status', status: 429, retryAfter: '1', times: 2 } },
    })
    const start = performance.now()
    await ok(NEW_APP)

    expect(performance.now() - start).toBeGreaterThan(1900)
    const statuses = provider.requests.filter(({ endpoint }) => endpoint.startsWith('graph'))
    expect(statuses.slice(0, 2).map(({ status }) => status)).toEqual([429, 429])

    provider.behave({
      faults: { graph: { kind: 'status', status: 503, retryAfter: '0', times: 1 } },
    })
    await ok(NEW_APP)
  })

  test.for([503, 504])(
    '%s after a PATCH that Graph carried out: it is sent again',
    async (status, { provider, cliAt }) => {
      const front = await startLossyFront(provider.graph, 'PATCH', (response) => {
        response.writeHead(status, { 'retry-after': '0' }).end()
      })
      const { code, error } = await cliAt(front.graph)('register --api --name Orders')

      expect([code, error]).toEqual([0, ''])
      expect(front.lost).toBe(1)
    },
  )

  const LOST: readonly (readonly [string, (response: ServerResponse) => void])[] = [
    ['503', (response) => response.writeHead(503, { 'retry-after': '0' }).end()],
    ['504', (response) => response.writeHead(504, { 'retry-after': '0' }).end()],
    ['a lost connection', (response) => response.destroy()],
  ]
  test.for(LOST)(
    '%s after the POST of an app: it is not created twice',
    async ([, lose], { provider, cliAt }) => {
      const front = await startLossyFront(provider.graph, 'POST', lose)
      const register = () => cliAt(front.graph)(NEW_APP, '--env', '.env')
      const count = provider.config.apps.length
      const first = await register()
      const second = await register()

      expect([first.code, front.lost]).toEqual([1, 1])
      expect(first.error).toContain(
        'may have completed the request, so the command did not send the request again',
      )
      expect([second.code, second.error]).toEqual([0, ''])
      expect(second.out).toContain('+ service principal')
      expect(provider.config.apps).toHaveLength(count + 1)
    },
  )

  test.for(LOST)(
    '%s after the POST of a secret: it says where the lost secret is',
    async ([, lose], { provider, cliAt, ok, readEnv, readApp }) => {
      await ok(NEW_APP, '--env', '.env')
      const front = await startLossyFront(provider.graph, 'POST', lose)
      const { code, error } = await cliAt(front.graph)('rotate --env .env')

      expect([code, front.lost]).toEqual([1, 1])
      expect(error).toContain('may have created a secret, but its value is lost')
      expect(error).toContain('"Certificates & secrets"')
      expect(await readApp(readEnv()['IDENTITY_CLIENT_ID'])).toMatchObject({
        passwordCredentials: [{ displayName: 'identity-web-cli' }],
      })
    },
  )

  test('429 with a long time: it ends', async ({ provider, cli }) => {
    provider.behave({ faults: { graph: { kind: 'status', status: 429, retryAfter: '3600' } } })
    const { code, error } = await cli(NEW_APP)

    expect(code).toBe(1)
    expect(error).toContain('received too many requests')
  })

  test('404 of a new app: it waits until all servers know the app', async ({ provider, ok }) => {
    provider.behave({ newAppNotFound: 2 })
    const out = await ok('register --name Shop --env .env')

    expect(out).toContain('A new app registration')
    const missing = provider.requests.filter(({ status }) => status === 404)
    expect(missing).toHaveLength(2)
  })

  test('404 of an app that does not exist: it does not wait', async ({ cli }) => {
    const { code, error } = await cli('register --app-id da000000-0000-4000-8000-000000000051')

    expect(code).toBe(1)
    expect(error).toContain('Check the client ID')
  })

  test('a server that does not respond', async ({ cliAt }) => {
    const origin = `http://127.0.0.1:${await unusedPort()}`
    const { code, error } = await cliAt(`${origin}/v1.0`)(NEW_APP)

    expect(code).toBe(1)
    expect(error).toContain(`${origin} does not respond (ECONNREFUSED)`)
  })
})

test('a POST that was not sent cannot have an effect, so the message does not mention one', async () => {
  const graph = new GraphClient(`http://localhost:${await unusedPort()}/v1.0`, 'token')
  const error = await graph.send('POST', '/applications').catch((cause: unknown) => String(cause))

  expect(error).toContain('does not respond (ECONNREFUSED)')
  expect(error).not.toContain('may have')
})

describe('attacks: the token stays at Microsoft Graph', () => {
  test.for([
    'https://graph.microsoft.com.evil.example/v1.0',
    'https://graph.microsoft.com@evil.example/v1.0',
    'http://graph.microsoft.com/v1.0',
    'https://evil.example/v1.0',
    'http://localhost.evil.example/v1.0',
    'file:///etc/passwd',
    'graph.microsoft.com',
  ])('--graph %s is rejected before a request', async (graph, { cliAt }) => {
    const { code, error } = await cliAt(graph)(NEW_APP)

    expect(code).toBe(2)
    expect(error).toContain('is not Microsoft Graph')
  })

  const respond: readonly (readonly [string, (other: string) => RequestListener])[] = [
    [
      'a redirect',
      (other) => (_request, response) => response.writeHead(302, { location: other }).end(),
    ],
    [
      'a link to the next page',
      (other) => (_request, response) =>
        response.end(
          JSON.stringify({ value: [], '@odata.nextLink': `${other}/v1.0/applications` }),
        ),
    ],
  ]
  test.for(respond)(
    '%s to another server is not followed',
    async ([, create], { cliAt, token }) => {
      const seen: (string | undefined)[] = []
      const other = createServer((request, response) => {
        seen.push(request.headers.authorization)
        response.end(JSON.stringify({ value: [] }))
      })
      const graph = await listen(createServer(create(await listen(other))))
      await cliAt(`${graph}/v1.0`)(NEW_APP, '--dry-run')

      expect(token).toMatch(/^eyJ/)
      expect(seen).toEqual([])
    },
  )
})

describe('the token of the Azure CLI', () => {
  /** A program with the name and the arguments of the Azure CLI. */
  const az = (script: string): string => `#!/bin/sh\n${script}\n`

  test('is the one that register uses', async ({ run, provider, token: _token, write, folder }) => {
    const expected =
      'account get-access-token --resource-type ms-graph --query accessToken --output tsv'
    chmodSync(write('az', az(`test "$*" = "${expected}" && cat "${folder}/token"`)), 0o700)
    const PATH = [folder, process.env['PATH']].join(delimiter)
    const { code, error } = await run([...NEW_APP.split(' '), '--graph', provider.graph], { PATH })

    expect([code, error]).toEqual([0, ''])
  })

  test('an error of az is shown without its secrets', async ({
    run,
    provider,
    write,
    folder,
    token,
  }) => {
    const script = az(`echo "ERROR: Please run 'az login' ${token}" >&2; exit 1`)
    chmodSync(write('az', script), 0o700)
    const PATH = [folder, process.env['PATH']].join(delimiter)
    const { code, error } = await run([...NEW_APP.split(' '), '--graph', provider.graph], { PATH })

    expect(code).toBe(1)
    expect(error).toContain('Run "az login". Please run \'az login\' [hidden]')
    expect(error).not.toContain(token)
  })

  test('az that is not installed, and a token that is not one', async ({
    run,
    cli,
    provider,
    folder,
    write,
  }) => {
    const missing = await run([...NEW_APP.split(' '), '--graph', provider.graph], { PATH: folder })
    expect(missing.error).toContain('The Azure CLI is not installed.')

    write('token', 'not a token')
    expect((await cli(NEW_APP)).error).toContain('is not an access token of Microsoft Graph')
  })
})
