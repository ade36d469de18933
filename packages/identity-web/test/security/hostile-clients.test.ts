import { setTimeout } from 'node:timers/promises'
import { memoryStore, type SessionStore } from 'identity-web'
import type { AuthOptions } from 'identity-web/express'
import type { DevProvider } from 'identity-web-dev'
import { describe, expect, test as base } from '../support/fixtures.ts'
import { SESSION_SECRET, signIn } from '../support/site.ts'
import { CUT_OFF, MALFORMED, PATHS, post, request } from './hostile-clients/bytes.ts'
import { VICTIMS } from './hostile-clients/hosts.ts'
import { attack, turns } from './hostile-clients/raw-client.ts'
import type { OptionsFor, Victim } from './hostile-clients/victim.ts'

// One process runs every framework. Nothing that a client sends or cuts off may end it.

/** The methods that the routes do not have. */
const OTHER_METHODS = ['TRACE', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'PROPFIND']

function optionsOf(provider: DevProvider, store: SessionStore): OptionsFor {
  return (origin, folder): AuthOptions => ({
    authority: provider.authority(),
    clientId: provider.app.clientId,
    clientCredential: provider.app.clientSecret,
    redirectUri: `${origin}/${folder}/redirect`,
    basePath: '',
    routes: folder === 'auth',
    logger: false,
    session: { secret: SESSION_SECRET, store, cookie: { name: folder } },
  })
}

/** A store that can stop to respond, so that clients have time to leave. */
class PausableStore {
  readonly #store = memoryStore()
  #pause: (() => Promise<unknown>) | undefined

  /**
   * Makes the next read wait.
   *
   * @returns A promise that is fulfilled when the read has begun.
   */
  pauseUntil(event: Promise<unknown>): Promise<void> {
    return new Promise((resolve) => {
      this.#pause = () => {
        this.#pause = undefined
        resolve()
        return event
      }
    })
  }

  readonly store: SessionStore = {
    ...this.#store,
    getMany: async (keys) => {
      await this.#pause?.()
      return this.#store.getMany(keys)
    },
  }
}

/** The clients of {@link attack} leave without a response, or get one that says that they are wrong. */
const isMistakeOfClient = (status: number | undefined): boolean =>
  status === undefined || (status >= 400 && status < 500)

async function signInAt(victim: Victim, provider: DevProvider): Promise<string> {
  const { cookies } = await signIn(victim, provider, { path: '/auth/login' })
  return [...cookies].map(([name, { value }]) => `${name}=${value}`).join('; ')
}

const test = base
  /** Records errors that would end the process. */
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('fatal', ({}, { onCleanup }) => {
    const fatal: unknown[] = []
    const record = (error: unknown): unknown => fatal.push(error)
    process.on('unhandledRejection', record).on('uncaughtException', record)
    onCleanup(() => {
      process.off('unhandledRejection', record).off('uncaughtException', record)
    })
    return fatal
  })
  .extend('pausable', () => new PausableStore())

describe.for(VICTIMS)('on %s', ([, start, without = '']) => {
  const hasNode = !without.includes('Node.js')
  const hasGuards = !without.includes('guards')
  const cases = test.extend('victim', async ({ provider, pausable }, {
    onCleanup,
  }): Promise<Victim> => {
    const victim = await start(optionsOf(provider, pausable.store))
    onCleanup(() => victim.close())
    return victim
  })

  /** Checks that the process continues, and that the framework did not receive an error. */
  async function expectAlive({ origin, errors }: Victim, fatal: unknown[]): Promise<void> {
    await turns(20)
    expect(fatal.map(String)).toEqual([])
    expect(errors.map(String)).toEqual([])
    expect(await attack(origin, request('GET', '/own/login', 'Accept: text/html'))).toBe(302)
  }

  cases('other methods are mistakes of the client at most', async ({ victim, fatal }) => {
    const wrong: unknown[] = []
    for (const method of OTHER_METHODS) {
      for (const path of PATHS) {
        const status = await attack(victim.origin, request(method, path))
        // Frameworks have routes for some methods only, and some reject TRACE themselves.
        const isRejected = [400, 404, 405].includes(status ?? 0)
        if (method === 'TRACE' ? !isRejected : !((status ?? 500) < 500))
          wrong.push([method, path, status])
      }
    }

    expect(wrong).toEqual([])
    await expectAlive(victim, fatal)
  })

  cases('a body that is cut off is a mistake of the client', async ({ victim, fatal }) => {
    const statuses: (number | undefined)[] = []
    for (const bytes of CUT_OFF) {
      statuses.push(await attack(victim.origin, bytes, 'finish'))
      statuses.push(await attack(victim.origin, bytes, 'reset'))
    }

    expect(statuses.filter((status) => !isMistakeOfClient(status))).toEqual([])
    await expectAlive(victim, fatal)
  })

  cases('a body that is too large gets 413', async ({ victim, fatal }) => {
    const body = `state=${'x'.repeat(150_000)}`
    for (const path of PATHS) {
      const bytes = post(path, [`Content-Length: ${body.length}`], body)
      expect([path, await attack(victim.origin, bytes)]).toEqual([path, 413])
      await attack(victim.origin, bytes.slice(0, 120_000), 'reset')
    }

    await expectAlive(victim, fatal)
  })

  cases('a malformed request is not an error of the server', async ({ victim, fatal }) => {
    const found = await Promise.all(
      MALFORMED.map(async (bytes) => [bytes.slice(0, 200), await attack(victim.origin, bytes)]),
    )

    expect(found.filter(([, status]) => Number(status) >= 500)).toEqual([])
    await expectAlive(victim, fatal)
  })

  if (hasGuards) {
    cases('a client may leave while a handler streams', async ({ victim, provider, fatal }) => {
      const cookie = await signInAt(victim, provider)
      const stream = request('GET', '/stream', `Cookie: ${cookie}`)

      const response = await attack(victim.origin, stream, 'leave')
      await attack(victim.origin, stream, 'reset')
      await attack(victim.origin, stream, 'finish')

      expect(response).toBe(200)
      await expectAlive(victim, fatal)
    })
  }

  if (hasNode) {
    cases(
      'a client may leave while its upgrade is checked',
      async ({ victim, provider, pausable, fatal }) => {
        const cookie = await signInAt(victim, provider)
        const upgrade = ['Connection: Upgrade', 'Upgrade: websocket', `Origin: ${victim.origin}`]
        const bytes = request('GET', '/socket', ...upgrade, `Cookie: ${cookie}`)

        let resume: () => void = () => undefined
        const isChecking = pausable.pauseUntil(new Promise<void>((resolve) => (resume = resolve)))
        await attack(victim.origin, bytes, isChecking)
        // The server needs a moment to see the reset.
        await setTimeout(20)
        resume()
        await attack(victim.origin, `${bytes}garbage`, 'finish')

        expect(await attack(victim.origin, bytes)).toBe(200)
        expect(await attack(victim.origin, request('GET', '/socket', ...upgrade))).toBe(401)
        await expectAlive(victim, fatal)
      },
    )
  }
})
