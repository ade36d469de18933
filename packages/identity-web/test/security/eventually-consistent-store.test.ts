import { afterAll, beforeAll, expect, test } from 'vitest'
import { bundleWorker, SESSIONS, startWorkers, type RunningWorkers } from '../support/worker.ts'

// Workers KV returns old values for a minute or more. A user who signed out would stay signed in elsewhere, and a copied
// cookie would work again. The bindings are those of workerd, the runtime of Cloudflare Workers.

let workers: RunningWorkers
beforeAll(async () => {
  const entry = new URL('eventually-consistent-store/kv-worker.ts', import.meta.url)
  workers = await startWorkers(await bundleWorker(entry), [{ ...SESSIONS, kvNamespaces: ['KV'] }])
})
afterAll(() => workers.close())

test.each(['store', 'denyList'])(
  'a namespace of Workers KV as session.%s is a wrong setting, and opens no page',
  async (option) => {
    const response = await fetch(new URL(`/KV/${option}`, workers.urls[0]))

    expect(await response.json()).toMatchObject({
      status: 503,
      problems: [
        {
          option: `session.${option}`,
          message: expect.stringMatching(
            /Workers KV.*old value.*stay signed in.*durableObjectStore\(env\.SESSIONS\).*, remove/,
          ) as string,
        },
      ],
    })
  },
)

test.each(['store', 'denyList'])(
  'a Durable Object namespace as session.%s must be wrapped',
  async (option) => {
    const response = await fetch(new URL(`/SESSIONS/${option}`, workers.urls[0]))

    expect(await response.json()).toMatchObject({
      status: 503,
      problems: [
        {
          option: `session.${option}`,
          message: expect.stringContaining(`${option}: durableObjectStore(env.SESSIONS)`) as string,
        },
      ],
    })
  },
)
