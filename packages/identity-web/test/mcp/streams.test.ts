import type { ServerResponse } from 'node:http'
import { onTestFinished } from 'vitest'
import { serveRequests } from '../support/request-server.ts'
import { describe, expect, test } from './fixtures.ts'

const EVENTS = { 'content-type': 'text/event-stream' }

const streaming = (source: UnderlyingDefaultSource<Uint8Array>): Response =>
  new Response(new ReadableStream(source), { headers: EVENTS })

const requestWith = (token: string): Request =>
  new Request('http://localhost/mcp', { headers: { authorization: `Bearer ${token}` } })

describe('a response when its token expires', () => {
  test('ends if it is a stream, and later writes of the application do no harm', async ({
    readToken,
    openMcp,
    clock,
  }) => {
    let response: ServerResponse | undefined
    const { call } = await openMcp((app, mcp) => {
      app.get(
        '/mcp',
        mcp.authorizationRequired((_req, res) => {
          response = res
          res.writeHead(200, EVENTS).write('data: one\n\n')
        }),
      )
    })

    const reply = await call('/mcp', readToken)
    clock.advance(3 * 3600)
    response?.on('finish', () => response?.write('data: late\n\n'))

    expect(await reply.text()).toBe('data: one\n\n')
    expect(response?.writableEnded).toBe(true)
  })

  test('continues if it has not started, so that a tool can finish', async ({
    readToken,
    openMcp,
    clock,
  }) => {
    let finish: () => void = () => undefined
    const started = new Promise<void>((resolve) => {
      finish = resolve
    })
    const { call } = await openMcp((app, mcp) => {
      app.get(
        '/mcp',
        mcp.authorizationRequired((_req, res) => {
          finish()
          setTimeout(() => res.json('done'), 2500)
        }),
      )
    })

    const reply = call('/mcp', readToken)
    await started
    clock.advance(3 * 3600)

    expect(await (await reply).json()).toBe('done')
  })

  test('a client that leaves cancels the stream of a `Response`', async ({
    readToken,
    fetchMcp,
  }) => {
    let cancelled: () => void = () => undefined
    const cancellation = new Promise<void>((resolve) => {
      cancelled = resolve
    })
    const endpoint = fetchMcp().authorizationRequired(() =>
      streaming({
        start: (controller) => controller.enqueue(new TextEncoder().encode('data: one\n\n')),
        cancel: () => cancelled(),
      }),
    )
    const site = await serveRequests((request) => endpoint(request))
    onTestFinished(() => site.close())
    const abort = new AbortController()

    const reply = await fetch(`${site.origin}/mcp`, {
      headers: { authorization: `Bearer ${readToken}` },
      signal: abort.signal,
    })
    const first = await reply.body?.getReader().read()
    abort.abort()

    expect(new TextDecoder().decode(first?.value as Uint8Array)).toBe('data: one\n\n')
    await cancellation
  })

  test('an error of the stream reaches the client', async ({ readToken, fetchMcp }) => {
    const endpoint = fetchMcp().authorizationRequired(() =>
      streaming({
        pull: (controller) => controller.error(new Error('broken')),
      }),
    )

    const reply = await endpoint(requestWith(readToken))

    await expect(reply.text()).rejects.toThrow('broken')
  })
})

describe('the stream of a token that has expired, but is accepted because clocks differ,', () => {
  const expiresIn = -30

  test('contains the events of the server', async ({ openMcp, provider }) => {
    const { call } = await openMcp((app, mcp) => {
      app.get(
        '/mcp',
        mcp.authorizationRequired((_req, res) => {
          res.writeHead(200, EVENTS).write(': started\n\n')
          // Longer than the interval at which streams are checked.
          setTimeout(() => res.end('data: late\n\n'), 1500)
        }),
      )
    })
    const token = await provider.accessToken({ as: 'alex', scopes: ['Todos.Read'], expiresIn })

    const reply = await call('/mcp', token)

    expect([reply.status, await reply.text()]).toEqual([200, ': started\n\ndata: late\n\n'])
  })

  test('of a `Response` contains the events of the server', async ({ fetchMcp, provider }) => {
    const endpoint = fetchMcp().authorizationRequired(() =>
      streaming({
        start(controller) {
          setTimeout(() => {
            controller.enqueue(new TextEncoder().encode('data: late\n\n'))
            controller.close()
          }, 100)
        },
      }),
    )
    const token = await provider.accessToken({ as: 'alex', scopes: ['Todos.Read'], expiresIn })

    const reply = await endpoint(requestWith(token))

    expect([reply.status, await reply.text()]).toEqual([200, 'data: late\n\n'])
  })

  test('ends when the token would be rejected', async ({ openMcp, provider, clock }) => {
    const { call } = await openMcp((app, mcp) => {
      app.get(
        '/mcp',
        mcp.authorizationRequired((_req, res) => {
          res.writeHead(200, EVENTS).write('data: one\n\n')
        }),
      )
    })
    const token = await provider.accessToken({ as: 'alex', scopes: ['Todos.Read'], expiresIn })

    const reply = await call('/mcp', token)
    clock.advance(31)

    expect(await reply.text()).toBe('data: one\n\n')
    expect((await call('/mcp', token)).status).toBe(401)
  })
})

describe('the stream that responds to a tool call', () => {
  const slowTest = test.extend('callSlowTool', ({ openMcp, provider, clock }) =>
    async (advance: number, headers: Readonly<Record<string, string>> = {}) => {
      let response: ServerResponse | undefined
      const { call } = await openMcp((app, mcp) => {
        app.post(
          '/mcp',
          mcp.authorizationRequired((_req, res) => {
            response = res
            res.writeHead(200, EVENTS).write(': started\n\n')
          }),
        )
      })
      const token = await provider.accessToken({
        as: 'alex',
        scopes: ['Todos.Read'],
        expiresIn: 10,
      })
      const reply = await call('/mcp', token, { method: 'POST', headers })
      clock.advance(advance)
      // Longer than the interval at which streams are checked.
      setTimeout(() => response?.end('data: result\n\n'), 1500)
      return reply.text()
    })

  slowTest(
    'contains its result if the token expires meanwhile, because the tool has run',
    async ({ callSlowTool }) => {
      expect(await callSlowTool(60)).toBe(': started\n\ndata: result\n\n')
    },
  )

  slowTest('ends with the token if it is a subscription', async ({ callSlowTool }) => {
    const headers = { 'mcp-method': 'subscriptions/listen' }

    expect(await callSlowTool(60, headers)).toBe(': started\n\n')
  })

  slowTest('ends five minutes after the call', async ({ callSlowTool }) => {
    expect(await callSlowTool(301)).toBe(': started\n\n')
  })
})
