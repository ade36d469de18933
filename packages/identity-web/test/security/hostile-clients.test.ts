import { memoryStore } from 'identity-web'
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

function optionsOf(provider: DevProvider): OptionsFor {
  return (origin, folder): AuthOptions => ({
    authority: provider.authority(),
    clientId: provider.app.clientId,
    clientCredential: provider.app.clientSecret,
    redirectUri: `${origin}/${folder}/redirect`,
    basePath: '',
    routes: folder === 'auth',
    logger: false,
    session: { secret: SESSION_SECRET, store: memoryStore(), cookie: { name: folder } },
  })
}

/** The clients of {@link attack} leave without a response, or get one that says that they are wrong. */
const isMistakeOfClient = (status: number | undefined): boolean =>
  status === undefined || (status >= 400 && status < 500)

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

describe.for(VICTIMS)('on %s', ([, start, without = '']) => {
  const hasNode = !without.includes('Node.js')
  const hasGuards = !without.includes('guards')
  const cases = test.extend('victim', async ({ provider }, { onCleanup }): Promise<Victim> => {
    const victim = await start(optionsOf(provider))
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

  cases('other methods are rejected', async ({ victim, fatal }) => {
    const wrong: unknown[] = []
    for (const method of OTHER_METHODS) {
      for (const path of PATHS) {
        const status = await attack(victim.origin, request(method, path))
        // Frameworks have routes for some methods only. Their application handles the others.
        if (status !== 405 && status !== 404 && !(method === 'TRACE' && status === 400))
          wrong.push([method, path, status])
      }
    }

    expect(wrong).toEqual([])
    expect(await attack(victim.origin, request('PUT', '/own/login'))).toBe(405)
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
      const browser = await signIn(victim, provider, { path: '/auth/login' })
      const cookie = [...browser.cookies].map(([name, { value }]) => `${name}=${value}`).join('; ')
      const stream = request('GET', '/stream', `Cookie: ${cookie}`)

      const response = await attack(victim.origin, stream, 'leave')
      await attack(victim.origin, stream, 'reset')
      await attack(victim.origin, stream, 'finish')

      expect(response).toBe(200)
      await expectAlive(victim, fatal)
    })
  }

  if (hasNode) {
    cases('a client may leave while its upgrade is checked', async ({ victim, fatal }) => {
      const upgrade = [
        'GET /socket HTTP/1.1',
        'Host: localhost',
        'Connection: Upgrade',
        'Upgrade: websocket',
        'Cookie: auth=x; own=x; identity=x',
        '',
        '',
      ].join('\r\n')

      for (let index = 0; index < 5; index++) {
        await attack(victim.origin, upgrade, 'reset')
        await attack(victim.origin, `${upgrade}garbage`, 'finish')
      }

      expect(await attack(victim.origin, upgrade)).toBe(401)
      await expectAlive(victim, fatal)
    })
  }
})
