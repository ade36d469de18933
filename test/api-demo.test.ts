import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect } from 'vitest'
import { demoTest } from './demo.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

const test = demoTest(['api'], { API_PORT: '5700', PROVIDER_PORT: '5760' })
  .extend('text', ({ demo }) => demo.printed)
  .extend('api', ({ text }) => /http:\S+(?=\/todos)/.exec(text)?.[0] ?? '')
  /** The token that a command in the text prints. */
  .extend('tokenOf', ({ text }) => (user: RegExp): string => {
    const commands = [...text.matchAll(/\$\((.+?)\)/g)].map(([, command]) => command ?? '')
    const command = commands.find((line) => user.test(line)) ?? 'false'
    return execFileSync('sh', ['-c', command], { cwd: root, encoding: 'utf8' }).trim()
  })
  .extend(
    'read',
    ({ api }) =>
      (path: string, token: string): Promise<Response> =>
        fetch(api + path, { headers: { authorization: `Bearer ${token}` } }),
  )
  .extend(
    'add',
    ({ api }) =>
      (token: string, todo: object): Promise<Response> =>
        fetch(`${api}/todos`, {
          method: 'POST',
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
          body: JSON.stringify(todo),
        }),
  )

describe('the demo of an API', () => {
  test('a user adds to their list with the printed token, and an application reads all lists', async ({
    tokenOf,
    add,
    read,
  }) => {
    const alex = tokenOf(/--as alex/)
    const robin = tokenOf(/--as robin/)
    const job = tokenOf(/--app /)

    expect((await add(alex, { title: 'Water the plants' })).status).toBe(201)

    const [mine, others, all] = await Promise.all(
      [alex, robin, job].map(async (token) => (await read('/todos', token)).json()),
    )
    expect(mine).toEqual([{ id: 1, title: 'Water the plants' }])
    expect(others).toEqual([])
    expect(all).toEqual(mine)
  })

  test('the profile comes from Graph, for users alone', async ({ read, tokenOf }) => {
    const answer = await read('/profile', tokenOf(/--as alex/))

    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({ displayName: 'Alex Rivera' })
    expect((await read('/profile', tokenOf(/--app /))).status).toBe(403)
  })

  test('a call without a token is refused, and told where tokens come from', async ({ api }) => {
    const answer = await fetch(`${api}/todos`)

    expect(answer.status).toBe(401)
    const where = /resource_metadata="([^"]+)"/.exec(answer.headers.get('www-authenticate') ?? '')
    const metadata = await fetch(where?.[1] ?? '')
    expect(await metadata.json()).toMatchObject({ resource: api })
  })

  test('a token that may only read adds nothing', async ({ add, tokenOf }) => {
    const answer = await add(tokenOf(/Todos\.Read$/), { title: 'Pay' })

    expect(answer.status).toBe(403)
    expect(answer.headers.get('www-authenticate')).toContain('Todos.ReadWrite')
  })

  test('a todo without a title is refused', async ({ add, tokenOf }) => {
    const answer = await add(tokenOf(/--as alex/), {})

    expect(answer.status).toBe(400)
  })

  test.skipIf(!existsSync('/usr/bin/curl'))('the printed commands do what they say', ({ text }) => {
    const commands = text.split('\n').filter((line) => line.startsWith('    '))
    const output = execFileSync('sh', ['-e', '-c', commands.join('; echo\n')], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })

    const statuses = [...output.matchAll(/^HTTP\S+ (\d+)/gm)].map(([, status]) => status)
    expect(statuses).toEqual(['401', '403'])
    expect(output).toMatch(/"title":"Water the plants"\}\n\[.+\n\{.*"displayName":"Alex Rivera"/)
  })
})
