import { fork } from 'node:child_process'
import { once } from 'node:events'
import { onTestFinished } from 'vitest'
import { expect, test } from '../support/fixtures.ts'
import { callTool } from '../mcp/sdk-servers.ts'
import type { Sdk125Settings } from './mcp-sdk-1-25-server.ts'
import { buildProgram } from './start.ts'

/** Starts the process. Returns its origin. */
async function start(settings: Sdk125Settings): Promise<string> {
  const child = fork(await buildProgram('mcp-sdk-1-25-server'), [JSON.stringify(settings)], {
    execArgv: ['--enable-source-maps'],
    env: { PATH: process.env['PATH'] },
  })
  onTestFinished(async () => {
    const gone = once(child, 'exit')
    child.kill()
    await gone
  })
  const [origin] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => Promise.reject(new Error('The process ended.'))),
  ])
  return origin as string
}

test('guards reject callers beside version 1.25.2 of the SDK, which replaces the global Response', async ({
  provider,
}) => {
  const origin = await start({
    authority: provider.authority(),
    clientId: provider.api.clientId,
    audience: provider.api.idUri ?? '',
  })
  const good = await provider.accessToken({ as: 'alex', scopes: ['Todos.Read'] })
  const credentials = {
    none: undefined,
    garbage: 'a.b.c',
    forged: await provider.accessToken({ as: 'alex', key: 'stranger' }),
    otherScope: await provider.accessToken({ as: 'alex', scopes: ['Todos.ReadWrite'] }),
    application: await provider.accessToken({ roles: ['Todos.Read.All'] }),
  }
  const call = (path: string, token?: string, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(init.headers)
    if (token !== undefined) headers.set('authorization', `Bearer ${token}`)
    return fetch(origin + path, { ...init, headers })
  }
  const statusesAt = async (path: string): Promise<Record<string, number>> => {
    const statuses: Record<string, number> = {}
    for (const [name, token] of Object.entries(credentials)) {
      // oxlint-disable-next-line no-await-in-loop -- One attack after the other.
      const { status } =
        path === '/mcp'
          ? await callTool({ call }, 'write', token as string)
          : await call(path, token)
      statuses[name] = status
    }
    return statuses
  }
  const rejected = { none: 401, garbage: 401, forged: 401, otherScope: 403, application: 403 }
  const oid = provider.user('alex').oid

  for (const isReplaced of [false, true]) {
    expect(await (await call('/replaced')).json()).toBe(isReplaced)
    for (const path of ['/handler', '/middleware', '/authenticate']) {
      expect([path, await statusesAt(path)]).toEqual([path, rejected])
      expect([path, await (await call(path, good)).json()]).toEqual([path, oid])
    }
    expect(await statusesAt('/mcp')).toEqual(rejected)
    // The SDK handles the first request here.
    expect(await callTool({ call }, 'write', good)).toMatchObject({ status: 200, text: oid })
  }
})
