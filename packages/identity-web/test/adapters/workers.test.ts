import { onTestFinished } from 'vitest'
import { expect, test, vi } from '../support/fixtures.ts'
import { SESSION_SECRET } from '../support/site.ts'
import { bundleWorker, startWorkers } from '../support/worker.ts'
import { adapterContract } from './contract.ts'
import { WITHOUT_APPLICATION, WITHOUT_FUNCTIONS } from './hosts/on-requests.ts'
import app from './workers/bindings-worker.ts'
import { workerTest } from './workers/start-worker.ts'

const WITHOUT_DISCONNECTS = {
  disconnects:
    'workerd ends a streamed response, and reads one, as if the other side were still there.',
}

adapterContract('fetch on Workers', workerTest('fetch-worker.ts'), {
  ...WITHOUT_APPLICATION,
  ...WITHOUT_FUNCTIONS,
  ...WITHOUT_DISCONNECTS,
})
adapterContract('Hono on Workers', workerTest('hono-worker.ts'), {
  ...WITHOUT_FUNCTIONS,
  ...WITHOUT_DISCONNECTS,
})

// In workerd, and on Node.js, where a function of the environment is allowed too.
for (const runtime of ['workerd', 'Node.js']) {
  test(`guards of Hono are declared before their bindings are known, on ${runtime}`, async ({
    provider,
  }) => {
    const bindings = {
      AUTHORITY: provider.authority(),
      CLIENT_ID: provider.api.clientId,
      AUDIENCE: provider.api.idUri,
      SECRET: SESSION_SECRET,
    }
    const send = runtime === 'workerd' ? await startBindingsWorker(bindings) : sendHere(bindings)
    const headers = { authorization: `Bearer ${await provider.accessToken({ as: 'alex' })}` }
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' })
    const post = { method: 'POST', body, headers: { 'content-type': 'application/json' } }

    const strangers = [
      await send('/user', { headers: { accept: 'application/json' } }),
      await send('/api'),
      await send('/both', { headers: { accept: 'application/json' } }),
      await send('/mcp', post),
    ]
    const callers = [
      await send('/api', { headers }),
      await send('/both', { headers }),
      await send('/mcp', { ...post, headers: { ...headers, ...post.headers } }),
    ]
    const mistakes = await send('/mistakes')

    expect(strangers.map(({ status }) => status)).toEqual([401, 401, 401, 401])
    expect(callers.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(await callers[1]?.text()).toBe('bearer')
    expect(await mistakes.json()).toEqual([
      expect.stringContaining('scope'),
      expect.stringContaining('tools'),
      expect.stringContaining('tool'),
    ])
  })
}

type Send = (path: string, init?: RequestInit) => Promise<Response>

async function startBindingsWorker(bindings: Record<string, string>): Promise<Send> {
  const script = await bundleWorker(new URL('workers/bindings-worker.ts', import.meta.url))
  const workers = await startWorkers(script, [{ bindings }])
  onTestFinished(() => workers.close())
  return (path, init) => fetch(new URL(path, workers.urls[0]), init)
}

function sendHere(bindings: Record<string, string>): Send {
  for (const [name, value] of Object.entries(bindings)) vi.stubEnv(name, value)
  return async (path, init) => app.request(`http://localhost:3000${path}`, init)
}
