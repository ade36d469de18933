import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { onTestFinished, vi } from 'vitest'
import type { Registration } from '../../src/commands/verify/registration.js'
import { urlOf } from '../../src/commands/verify/token-recorder.js'
import { expect, test as base, type Json } from '../support/graph-fixtures.js'
import { unusedPort } from '../support/servers.js'
import { verifyWithPerson, type PersonOptions, type Verified } from './person.js'
import { collectSecrets } from './setups.js'

interface Choices {
  readonly person?: PersonOptions
  readonly answer?: string
}

const test = base
  .extend(
    'verify',
    ({ provider, folder, token: _token }) =>
      (args: readonly string[], { person, answer }: Choices = {}): Promise<Verified> =>
        verifyWithPerson({
          folder,
          args: [...args, '--token-file', 'token', '--graph', provider.graph],
          person,
          ask: answer === undefined ? undefined : () => Promise.resolve(answer),
        }),
  )
  /** A run that could not delete its registration. @returns The content of its file. */
  .extend('leave', ({ provider, folder, verify }) => async (): Promise<Registration> => {
    const graph = { kind: 'status', status: 500 } as const
    const person = { before: () => provider.behave({ faults: { graph } }) }
    await verify(['--create', '--only', 'sign-in'], { person, answer: 'yes' })
    provider.behave({ faults: {} })
    return readLeft(folder)
  })

const FILE = '.identity-verify.json'

function readLeft(folder: string): Registration {
  return JSON.parse(readFileSync(join(folder, FILE), 'utf8')) as Registration
}

/** The requests that change something at Graph. */
const changesAt = (provider: { readonly requests: readonly { method: string; path: string }[] }) =>
  provider.requests.filter(({ method, path }) => path.startsWith('/v1.0/') && method !== 'GET')

test('creates an app registration, passes, and deletes the registration', async ({
  provider,
  folder,
  verify,
  readApp,
}) => {
  const secrets = collectSecrets(provider)
  const before = provider.config.apps.length
  let left = ''
  let app: Json = {}

  const run = await verify(['--create'], {
    answer: 'yes',
    person: {
      async before(check) {
        if (check !== 'sign-in') return
        left = readFileSync(join(folder, FILE), 'utf8')
        app = await readApp(readLeft(folder).appId)
      },
    },
  })

  expect(run.report, run.out + run.error).toMatchObject({ result: 'passed' })
  expect(run.report?.summary).toEqual({ passed: 24, failed: 0, skipped: 0, 'not-applicable': 1 })
  expect(run.code).toBe(0)
  expect(run.checks['cleanup']?.verdict).toBe('passed')
  expect(provider.config.apps).toHaveLength(before)
  expect(run.left).toBeUndefined()
  // Everything that the registration has was shown.
  const { appId, tag } = JSON.parse(left) as Required<Registration>
  expect(app['tags']).toContain(tag)
  const { redirectUris } = app['web'] as { readonly redirectUris: readonly string[] }
  for (const uri of redirectUris) expect(run.out).toContain(`+ redirect URI ${uri}`)
  for (const name of ['Verify.Read', 'Verify.More']) expect(run.out).toContain(`+ scope ${name}`)
  const ids = [...secrets.ids, String(app['id']), appId]
  expect(ids.filter((id) => run.written.includes(id))).toEqual([])
  expect(secrets.list().filter((secret) => (run.written + left).includes(secret))).toEqual([])
})

test('creates a registration only after "yes", at a free port', async ({ provider, verify }) => {
  const other = createServer()
  await new Promise<void>((done) => other.listen(0, '127.0.0.1', done))
  const { port } = other.address() as AddressInfo
  const used = ['--create', '--redirect-uri', `http://localhost:${port}/redirect`]

  const runs = [
    await verify(['--create'], { answer: 'no' }),
    await verify(['--create']),
    await verify(used, { answer: 'yes' }),
  ]

  other.close()
  expect(runs[0]?.error).toContain('you did not write "yes"')
  expect(runs[0]?.out).toContain('+ client secret for 1 day')
  expect(runs[1]?.error).toContain('not a terminal')
  expect(runs[2]?.error).toBe(`Port ${port} is in use. Stop your app while you sign in here.`)
  expect(changesAt(provider)).toEqual([])
})

test.for(['leaves', 'presses Ctrl+C'])(
  'deletes the registration if the person %s',
  async (how, { provider, verify }) => {
    const before = provider.config.apps.length
    const leave = (check: string) => how !== 'leaves' && check === 'consent'
    const { checks, code, left } = await verify(['--create', '--wait', '1'], {
      answer: 'yes',
      person: {
        ...(how === 'leaves' && { leavesAt: 'consent' }),
        before: (check) => leave(check) && process.emit('SIGINT'),
      },
    })

    const found = how === 'leaves' ? /^The browser did not come back/ : /^You stopped the run/
    expect(checks['consent']?.found).toMatch(found)
    expect(checks['consent']?.change === undefined).toBe(how !== 'leaves')
    expect(checks['app-token']?.verdict).toBe('skipped')
    expect(checks['sign-out']).toMatchObject({
      verdict: 'skipped',
      found: 'The run stopped before this check.',
    })
    expect(checks['cleanup']?.verdict).toBe('passed')
    expect(code).toBe(1)
    expect(provider.config.apps).toHaveLength(before)
    expect(left).toBeUndefined()
  },
)

test.for([['--cleanup'], ['--create'], ['--cleanup', 'of which only the tag is known']] as const)(
  '%s deletes the registration of the last run %s',
  async ([option, hasTag], { provider, folder, verify, leave }) => {
    const { appId, tag } = await leave()
    if (hasTag) writeFileSync(join(folder, FILE), JSON.stringify({ tag }))
    const ids = (): readonly unknown[] => provider.config.apps.map(({ clientId }) => clientId)
    expect(ids()).toContain(appId)

    const run = await verify([option], { answer: 'no' })

    expect(run.out).toContain('The app registration of the last run is deleted.')
    expect(ids()).not.toContain(appId)
    expect(run.left).toBeUndefined()
    expect((await verify(['--cleanup'])).out).toContain('nothing was deleted')
  },
)

test('a second run at the same port keeps the registration of the first one', async ({
  folder,
  verify,
  leave,
}) => {
  const left = await leave()
  const other = createServer()
  await new Promise<void>((done) => other.listen(0, '127.0.0.1', done))
  const { port } = other.address() as AddressInfo

  const { error } = await verify(
    ['--create', '--redirect-uri', `http://localhost:${port}/redirect`],
    { answer: 'yes' },
  )

  other.close()
  expect(error).toContain(`Port ${port} is in use`)
  expect(readLeft(folder)).toEqual(left)
})

/** Replaces the response to the first request that matches. With `after`, Graph carries out this one, and no other. */
function breakGraph(request: RegExp, status: number, when: 'before' | 'after' = 'before'): void {
  const send = globalThis.fetch
  let isBroken = false
  const spy = vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const name = `${init?.method} ${new URL(urlOf(input)).pathname}`
    if (!request.test(name) || (isBroken && when === 'before')) return send(input, init)
    if (!isBroken && when === 'after') await send(input, init)
    isBroken = true
    return Response.json({}, { status, headers: { 'retry-after': '0' } })
  })
  onTestFinished(() => spy.mockRestore())
}

test.for<[string, ...Parameters<typeof breakGraph>]>([
  ['rejects the registration', /POST .*\/applications$/, 403],
  ['loses the response about the registration', /POST .*\/applications$/, 500, 'after'],
  ['rejects the secret', /addPassword$/, 403],
  ['rejects a change of the registration', /PATCH/, 403],
])('leaves nothing behind if Graph %s', async ([, ...broken], { provider, verify }) => {
  const before = provider.config.apps.length
  breakGraph(...broken)

  const { code, error, left } = await verify(['--create'], { answer: 'yes' })

  expect(error).toContain(`returned ${broken[1]}`)
  expect(error).not.toContain('still exists')
  expect(code).toBe(1)
  expect(provider.config.apps).toHaveLength(before)
  expect(left).toBeUndefined()
})

test.for<[string, ...Parameters<typeof breakGraph>]>([
  ['does not know it yet', /GET .*\/applications\/[\da-f-]+$/, 404],
  ['deletes it, and then does not know it', /DELETE/, 404, 'after'],
])('the cleanup passes if Graph %s', async ([, ...broken], { verify }) => {
  breakGraph(...broken)
  const { checks, left } = await verify(['--create', '--only', 'settings'], { answer: 'yes' })

  expect(checks['cleanup']).toMatchObject({ verdict: 'passed' })
  expect(left).toBeUndefined()
})

test('registers the front-channel logout URL in the directory of the redirect URI', async ({
  verify,
}) => {
  const sent = vi.spyOn(globalThis, 'fetch')
  onTestFinished(() => sent.mockRestore())
  const redirectUri = `http://localhost:${await unusedPort()}/shop/redirect`
  const args = ['--create', '--only', 'settings', '--redirect-uri', redirectUri]
  await verify(args, { answer: 'yes' })

  const bodies = sent.mock.calls.map(([, init]) => init?.body)
  const logoutUrl = redirectUri.replace('redirect', 'front-channel-logout')
  expect(bodies).toContain(JSON.stringify({ web: { logoutUrl } }))
})

test('does not create a registration that it cannot write down', async ({
  provider,
  folder,
  verify,
}) => {
  mkdirSync(join(folder, `${FILE}.next`))
  expect((await verify(['--create'], { answer: 'yes' })).code).toBe(1)
  expect(changesAt(provider)).toEqual([])
})

test('a file that is not valid is named, and not shown', async ({ folder, verify }) => {
  writeFileSync(join(folder, FILE), 'password')
  const { code, error } = await verify(['--cleanup'])

  expect(error).toContain('.identity-verify.json does not name an app registration')
  expect(error).not.toContain('password')
  expect(code).toBe(2)
})

test.for<[string, (left: Registration) => Registration]>([
  ['the whole', (left) => left],
  ['only the tag of the', ({ tag }) => ({ tag })],
])(
  '%s registration is not forgotten with a token of another tenant',
  async ([, change], { provider, folder, verify, write, leave }) => {
    const before = change(await leave())
    writeFileSync(join(folder, FILE), JSON.stringify(before))
    const scopes = ['Application.ReadWrite.All']
    const api = 'https://graph.microsoft.com'
    const authority = provider.authority('fabrikam.onmicrosoft.com')
    write('token', await provider.accessToken({ api, as: 'kim', scopes, authority }))

    const { code, error } = await verify(['--cleanup'])

    expect(error).toContain('The tenant of the token does not have the app registration')
    expect(code).toBe(2)
    expect(readLeft(folder)).toEqual(before)
  },
)

test.for<[string, (left: Registration, victim: Json) => Registration]>([
  ['without the tag', (left) => left],
  ['with another client ID', (left) => ({ ...left, appId: crypto.randomUUID() })],
  [
    'that another program made, although the file contains its ID',
    (left, { id, appId }) => ({ ...left, id: String(id), appId: String(appId) }),
  ],
  [
    'with the tag of another program, which the file names',
    (_left, { id, appId, tags }) => ({
      id: String(id),
      appId: String(appId),
      tag: String((tags as string[])[0]),
    }),
  ],
])(
  'does not delete an app registration %s',
  async ([name, change], { provider, folder, verify, leave, ok, readApp, token }) => {
    const left = await leave()
    await ok('register', '--name', 'Shop')
    const victim = await readApp(provider.config.apps.find((app) => app.name === 'Shop')?.clientId)
    if (name === 'without the tag')
      await fetch(`${provider.graph}/applications/${left.id}`, {
        method: 'PATCH',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ tags: [] }),
      })
    writeFileSync(join(folder, FILE), JSON.stringify(change(left, victim)))
    const count = provider.config.apps.length

    for (const option of ['--cleanup', '--create']) {
      const { code, error } = await verify([option], { answer: 'yes' })
      expect(error).toContain('does not have the ID and the tag')
      expect(code).toBe(2)
    }

    expect(provider.config.apps).toHaveLength(count)
  },
)
