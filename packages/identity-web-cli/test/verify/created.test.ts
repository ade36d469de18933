import { statSync, writeFileSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { State } from '../../src/commands/verify/state-file.js'
import { describe, expect, test as base, type Json } from '../support/graph-fixtures.js'
import { collectSecrets } from './setups.js'
import { verifyWithPerson, type PersonOptions, type Verified } from './person.js'

interface Choices {
  readonly person?: PersonOptions
  readonly ask?: (question: string) => Promise<string>
  readonly graph?: string
}

const test = base.extend(
  'verify',
  ({ provider, folder, token: _token }) =>
    (
      args: readonly string[],
      { person, ask, graph = provider.graph }: Choices = {},
    ): Promise<Verified> =>
      verifyWithPerson({
        folder,
        args: [...args, '--token-file', 'token', '--graph', graph],
        person,
        ask,
      }),
)

/** The requests that change something at Graph. */
const changesAt = (provider: { readonly requests: readonly { method: string; path: string }[] }) =>
  provider.requests.filter(({ method, path }) => path.startsWith('/v1.0/') && method !== 'GET')

test('creates an app registration, passes, and deletes the registration', async ({
  provider,
  folder,
  verify,
}) => {
  const secrets = collectSecrets(provider)
  const before = provider.config.apps.length
  let created: State['created']
  let during = ''

  const run = await verify(['--create', '--yes'], {
    person: {
      before(check) {
        if (check !== 'sign-in') return
        during = readFileSync(join(folder, '.identity-verify/state.json'), 'utf8')
        created = (JSON.parse(during) as State).created
      },
    },
  })

  const failed = Object.values(run.checks).filter(({ verdict }) => verdict !== 'passed')
  expect(failed.map(({ check }) => check)).toEqual(['back-channel'])
  expect(run.code).toBe(0)
  expect(run.checks['cleanup']?.verdict).toBe('passed')
  expect(provider.config.apps).toHaveLength(before)
  expect(run.state).toBeUndefined()
  const ids = [...secrets.ids, created?.id, created?.appId, created?.keyId].map(String)
  expect(ids.filter((id) => run.written.includes(id))).toEqual([])
  expect(secrets.list().filter((secret) => (run.written + during).includes(secret))).toEqual([])
})

test('shows the requests, and sends them only after "yes"', async ({ provider, verify }) => {
  const questions: string[] = []
  const refused = await verify(['--create'], {
    ask: (question) => {
      questions.push(question)
      return Promise.resolve('no')
    },
  })

  expect(questions).toEqual(['Send these requests? (yes/no) '])
  expect(refused.code).toBe(2)
  expect(refused.error).toContain('you did not write "yes"')
  expect(refused.out).toContain('POST /applications creates')
  expect(refused.out).toContain('DELETE /applications/{id}')
  expect(changesAt(provider)).toEqual([])
  expect(refused.state).toBeUndefined()

  const piped = await verify(['--create'])
  expect(piped.error).toContain('Add --yes')
  expect(changesAt(provider)).toEqual([])
})

test('the requests that it shows are the requests that it sends', async ({
  provider,
  verify,
  readApp,
  folder,
}) => {
  let app: Json = {}
  let appId = ''
  const run = await verify(['--create', '--yes', '--wait', '1'], {
    person: {
      leavesAt: 'consent',
      async before(check) {
        if (check !== 'sign-in') return
        appId = stateOf(folder).created?.appId ?? ''
        app = await readApp(appId)
      },
    },
  })

  const shown = [...run.out.matchAll(/^ {2}(POST|PATCH) (\S+) /gm)].map(
    ([, method, path = '']) => `${method} /v1.0${path.replace('{appId}', appId)}`,
  )
  const sent = changesAt(provider).map(
    ({ method, path }) => `${method} ${decodeURIComponent(path)}`,
  )
  expect(sent).toEqual(shown)
  const [, body = ''] = /POST \/applications creates.*\n {4}(.*)/.exec(run.out) ?? []
  const { api, web, ...rest } = JSON.parse(body) as Json
  expect(app).toMatchObject(rest)
  expect(app['web']).toMatchObject(web as object)
  expect(app['api']).toMatchObject(api as object)
})

test('does not create a registration if the port is in use', async ({
  provider,
  folder,
  verify,
}) => {
  const other = createServer()
  await new Promise<void>((done) => other.listen(0, '127.0.0.1', done))
  const { port } = other.address() as AddressInfo

  const run = await verify([
    '--create',
    '--yes',
    '--redirect-uri',
    `http://localhost:${port}/redirect`,
  ])

  other.close()
  expect(run.error).toBe(`Port ${port} is in use. Stop your app while you sign in here.`)
  expect(changesAt(provider)).toEqual([])
  expect(run.state).toBeUndefined()

  await verify(['--create', '--yes', '--wait', '1'], { person: { leavesAt: 'sign-in' } })
  const before = stateOf(folder)
  const { port: second } = new URL(before.created?.redirectUri ?? '')
  await new Promise<void>((done) => other.listen(Number(second), '127.0.0.1', done))
  const continued = await verify(['--create'])
  other.close()
  expect(continued.error).toContain(`Port ${second} is in use.`)
  expect(continued.error).toContain('The app registration of this run may still exist')
  expect(stateOf(folder)).toEqual(before)
  await verify(['--cleanup'])
})

describe('a run that did not get the response to its request', () => {
  /** Sends requests to Graph, but drops the response to the one that creates an app registration. */
  const losingTest = test.extend('losing', async ({ provider }, { onCleanup }) => {
    /** `isLate`: the next list does not contain the registration yet. */
    const faults = { wasLost: false, isLate: false }
    const server = createServer((incoming, outgoing) => {
      void (async () => {
        const { method = 'GET', url = '', headers } = incoming
        const body = /POST|PATCH/.test(method) ? await text(incoming) : undefined
        const response = await fetch(new URL(url, provider.graph), {
          method,
          headers: {
            authorization: String(headers.authorization),
            'content-type': 'application/json',
          },
          ...(body !== undefined && { body }),
        })
        if (method === 'POST' && url.endsWith('/applications') && !faults.wasLost) {
          faults.wasLost = true
          outgoing.destroy()
        } else if (url.includes('filter=') && faults.isLate) {
          faults.isLate = false
          outgoing.end('{"value":[]}')
        } else outgoing.writeHead(response.status).end(await response.text())
      })()
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    onCleanup(() => void server.close())
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1.0`
    return { url, faults }
  })
  const registrationsOf = (provider: { config: { apps: readonly { name?: string }[] } }) =>
    provider.config.apps.filter(({ name }) => name?.startsWith('identity-web verify'))

  losingTest(
    'finds the registration by its tag, and deletes it',
    async ({ provider, folder, verify, losing }) => {
      const first = await verify(['--create', '--yes'], { graph: losing.url })
      expect(first.error).toContain(
        'may have created the app registration. Run verify --create again',
      )
      expect(registrationsOf(provider)).toHaveLength(1)
      expect(stateOf(folder)).toMatchObject({
        intent: { tag: expect.stringContaining('identity-web-verify:') },
      })
      expect((await verify([])).error).toContain('verify --cleanup to delete the registration')

      const cleaned = await verify(['--cleanup'])

      expect(cleaned.out).toBe('The app registration of the run is deleted.')
      expect(registrationsOf(provider)).toEqual([])
      expect(cleaned.state).toBeUndefined()
    },
  )

  losingTest(
    'deletes it before the next run creates another one',
    async ({ provider, verify, losing }) => {
      await verify(['--create', '--yes'], { graph: losing.url })
      const [lost] = registrationsOf(provider)
      let during: readonly unknown[] = []

      const run = await verify(['--create', '--yes'], {
        person: { before: () => void (during = registrationsOf(provider)) },
      })

      expect(run.code, run.error).toBe(0)
      expect(during).toHaveLength(1)
      expect(during).not.toContainEqual(lost)
      expect(registrationsOf(provider)).toEqual([])
      expect(run.state).toBeUndefined()
    },
  )

  losingTest(
    'looks again at its end, because a list of Graph can be late',
    async ({ provider, verify, losing }) => {
      await verify(['--create', '--yes'], { graph: losing.url })
      losing.faults.isLate = true

      // The sign-in fails, because the provider has another origin. The last step always runs.
      const run = await verify(['--create', '--yes'], { graph: losing.url })

      expect(losing.faults.isLate).toBe(false)
      expect(run.checks['cleanup']?.verdict, run.error).toBe('passed')
      expect(registrationsOf(provider)).toEqual([])
      expect(run.state).toBeUndefined()
    },
  )

  losingTest(
    'does not delete another registration with the name',
    async ({ provider, folder, verify, losing }) => {
      await verify(['--create', '--yes'], { graph: losing.url })
      const { intent } = stateOf(folder)
      const file = join(folder, '.identity-verify/state.json')
      const other = { ...intent, tag: `identity-web-verify:${crypto.randomUUID()}` }
      writeFileSync(file, JSON.stringify({ ...stateOf(folder), intent: other }))

      const early = await verify(['--cleanup'])
      expect(early.error).toContain('run the command again in five minutes')
      expect(early.code).toBe(1)
      const late = { ...stateOf(folder), intent: { ...other, at: '2020-01-01T00:00:00Z' } }
      writeFileSync(file, JSON.stringify(late))
      const cleaned = await verify(['--cleanup'])

      expect(cleaned.out).toBe('The app registration of the run did not exist anymore.')
      expect(registrationsOf(provider)).toHaveLength(1)
      expect(changesAt(provider).filter(({ method }) => method === 'DELETE')).toEqual([])
    },
  )
})

test('is not in the state file if Graph rejected it', async ({ provider, verify, write }) => {
  write(
    'token',
    await provider.accessToken({
      api: 'https://graph.microsoft.com',
      as: 'sam',
      scopes: ['User.Read'],
    }),
  )

  const run = await verify(['--create', '--yes'])

  expect(run.error).toContain('403')
  expect(run.state).toBeUndefined()
})

describe('a run that stopped', () => {
  test('continues with a new secret, and removes the old one', async ({
    provider,
    folder,
    verify,
    readApp,
  }) => {
    const first = await verify(['--create', '--yes', '--wait', '1'], {
      person: { leavesAt: 'consent' },
    })
    const { created } = stateOf(folder)
    const keysOf = async (): Promise<unknown> =>
      ((await readApp(created?.appId))['passwordCredentials'] as { keyId: string }[]).map(
        ({ keyId }) => keyId,
      )
    expect(first.code).toBe(1)
    expect(first.error).toContain('Run the command again to continue')
    expect(first.error).toContain('To delete the registration now, run verify --cleanup')
    expect(statSync(join(folder, '.identity-verify/state.json')).mode & 0o777).toBe(0o600)
    expect(await keysOf()).toEqual([created?.keyId])

    let keys: unknown
    const second = await verify(['--create'], {
      person: {
        async before(check) {
          if (check === 'consent') keys = await keysOf()
        },
      },
    })

    expect(second.out).not.toContain('POST /applications creates')
    expect(second.out).toContain('user-token (in an earlier run)')
    expect(keys).toEqual([expect.not.stringContaining(created?.keyId ?? '')])
    expect(second.code, second.out).toBe(0)
    expect(provider.config.apps.map(({ clientId }) => clientId)).not.toContain(created?.appId)
  })

  test('can be cleaned up', async ({ provider, folder, verify }) => {
    await verify(['--create', '--yes', '--wait', '1'], { person: { leavesAt: 'sign-in' } })
    const { created } = stateOf(folder)

    const other = await verify([])
    expect(other.error).toContain('verify --cleanup to delete the registration')
    const run = await verify(['--cleanup'])

    expect(run.out).toBe('The app registration of the run is deleted.')
    expect(provider.config.apps.map(({ clientId }) => clientId)).not.toContain(created?.appId)
    expect(run.state).toBeUndefined()
    expect((await verify(['--cleanup'])).out).toContain('did not delete anything')
  })

  test('says so if the registration is gone', async ({ folder, verify, provider, token }) => {
    await verify(['--create', '--yes', '--wait', '1'], { person: { leavesAt: 'sign-in' } })
    const { created } = stateOf(folder)
    await fetch(`${provider.graph}/applications/${created?.id}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${token}` },
    })

    const continued = await verify(['--create'])
    const cleaned = await verify(['--cleanup'])

    expect(continued.error).toContain('does not exist anymore. Run verify --cleanup')
    expect(cleaned.out).toBe('The app registration of the run did not exist anymore.')
    expect(cleaned.code).toBe(0)
  })

  test('is not forgotten with a token of another tenant', async ({
    provider,
    folder,
    verify,
    write,
  }) => {
    await verify(['--create', '--yes', '--wait', '1'], { person: { leavesAt: 'sign-in' } })
    const before = stateOf(folder)
    const scopes = ['Application.ReadWrite.All']
    const api = 'https://graph.microsoft.com'
    const authority = provider.authority('fabrikam.onmicrosoft.com')
    write('token', await provider.accessToken({ api, as: 'kim', scopes, authority }))

    const runs = [await verify(['--cleanup']), await verify(['--create'])]

    for (const { code, error } of runs) {
      expect(error).toContain('The token is for another tenant than the app registration')
      expect(code).toBe(2)
    }
    expect(stateOf(folder)).toEqual(before)
  })

  test('while it created its registration creates it again', async ({
    provider,
    folder,
    verify,
  }) => {
    await verify(['--create', '--yes', '--wait', '1'], { person: { leavesAt: 'sign-in' } })
    // The file as it is after the first request.
    const { created, ...state } = stateOf(folder)
    const first = {
      ...state,
      settings: undefined,
      results: [],
      created: { ...created, keyId: undefined },
    }
    writeFileSync(join(folder, '.identity-verify/state.json'), JSON.stringify(first))

    const run = await verify(['--create', '--yes'])

    expect(run.out).toContain('POST /applications creates')
    expect(run.code, run.error).toBe(0)
    expect(provider.config.apps.map(({ clientId }) => clientId)).not.toContain(created?.appId)
  })

  test.for<[string, (state: State, victim: Json) => State]>([
    ['without the tag', (state) => state],
    [
      'with another client ID',
      (state) => ({ ...state, created: { ...state.created!, appId: crypto.randomUUID() } }),
    ],
    [
      'that another program made, although the file contains its ID',
      (state, victim) => ({
        ...state,
        created: { ...state.created!, id: String(victim['id']), appId: String(victim['appId']) },
      }),
    ],
    [
      'with the tag of another program, which the file names',
      (state, victim) => ({
        ...state,
        created: {
          ...state.created!,
          id: String(victim['id']),
          appId: String(victim['appId']),
          tag: String((victim['tags'] as string[])[0]),
        },
      }),
    ],
  ])(
    'does not delete an app registration %s',
    async ([name, change], { provider, folder, verify, ok, readApp, token }) => {
      await verify(['--create', '--yes', '--wait', '1'], { person: { leavesAt: 'sign-in' } })
      await ok('register', '--name', 'Shop')
      const victim = await readApp(
        provider.config.apps.find((app) => app.name === 'Shop')?.clientId,
      )
      const state = stateOf(folder)
      if (name === 'without the tag')
        await fetch(`${provider.graph}/applications/${state.created?.id}`, {
          method: 'PATCH',
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
          body: JSON.stringify({ tags: [] }),
        })
      const file = join(folder, '.identity-verify/state.json')
      writeFileSync(file, JSON.stringify(change(state, victim)))
      const count = provider.config.apps.length

      const cleaned = await verify(['--cleanup'])
      const continued = await verify(['--create'])

      for (const { code, error } of [cleaned, continued]) {
        expect(code).toBe(2)
        expect(error).toContain('does not have the ID and the tag of this run')
      }
      expect(provider.config.apps).toHaveLength(count)
      expect(changesAt(provider).filter(({ method }) => method === 'DELETE')).toEqual([])
    },
  )
})

function stateOf(folder: string): State {
  return JSON.parse(readFileSync(join(folder, '.identity-verify/state.json'), 'utf8')) as State
}
