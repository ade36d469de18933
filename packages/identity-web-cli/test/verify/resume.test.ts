import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test as base } from '../support/fixtures.js'
import { TODO_SCOPE } from './setups.js'
import { verifyWithPerson, type PersonOptions, type Verified } from './person.js'

const test = base.extend(
  'verify',
  ({ folder, variables }) =>
    (
      person?: PersonOptions,
      args: readonly string[] = [],
      changes: Readonly<Record<string, string>> = {},
    ): Promise<Verified> => {
      const { IDENTITY_REDIRECT_URI: _own, ...env } = variables
      return verifyWithPerson({ folder, env: { ...env, ...changes }, args, person })
    },
)

test('continues after the last check that passed, with another sign-in', async ({ verify }) => {
  const first = await verify({ leavesAt: 'consent' }, ['--wait', '3'])
  expect(first.code).toBe(1)
  expect(first.report).toBeUndefined()
  expect(JSON.parse(first.state ?? '')).toMatchObject({ isOwn: false })

  const second = await verify()

  expect(second.out).toContain('  passed    user-token (in an earlier run)')
  expect(second.out).toContain('  passed    sign-in: ')
  expect(second.checks['user-token']?.verdict).toBe('passed')
  expect(second.code, second.out).toBe(0)
})

test('repeats the checks that failed, and --restart repeats all', async ({ provider, verify }) => {
  provider.behave({ faults: { graph: { kind: 'status', status: 500 } } })
  const first = await verify()
  expect(first.code).toBe(1)
  expect(first.out).toContain('After the changes, run the command again.')
  provider.behave({ faults: {} })

  const second = await verify()
  expect(second.out).not.toContain('After the changes')
  expect(second.out).toContain('refresh (in an earlier run)')
  expect(second.out).toContain('passed    user-token: ')
  expect(second.code).toBe(0)

  await verify({ leavesAt: 'consent' }, ['--wait', '1'])
  const restarted = await verify(undefined, ['--restart'])
  expect(restarted.out).not.toContain('in an earlier run')
  expect(restarted.code).toBe(0)
})

test('does not continue with another app or another provider', async ({ provider, verify }) => {
  await verify({ leavesAt: 'consent' }, ['--wait', '3'])

  const other = await verify(undefined, [], { IDENTITY_AUTHORITY: provider.externalIdAuthority })

  expect(other.code).toBe(2)
  expect(other.error).toContain('add --restart')
})

test('starts again if the settings were wrong in the first run', async ({ verify }) => {
  const empty = { IDENTITY_AUTHORITY: '', IDENTITY_CLIENT_ID: '' }
  expect((await verify(undefined, [], empty)).checks['settings']?.verdict).toBe('failed')

  const second = await verify()

  expect(second.error).toBe('')
  expect(second.out).toContain('so all checks run again.')
  expect(second.out).not.toContain('in an earlier run')
  expect(second.code, second.out).toBe(0)
})

test('--create can follow a run without settings', async ({ verify }) => {
  await verify(undefined, [], { IDENTITY_AUTHORITY: '', IDENTITY_CLIENT_ID: '' })

  const { error } = await verify(undefined, ['--create'])

  expect(error).toContain('add --azure-cli')
  expect(error).not.toContain('--restart')
})

test('repeats all checks for another scope, because a result is true for one API', async ({
  verify,
}) => {
  await verify({ leavesAt: 'consent' }, ['--wait', '1'])

  const second = await verify(undefined, ['--consent-scope', 'Mail.Read'])

  expect(second.out).toContain('so all checks run again.')
  expect(second.out).toContain('passed    user-token: ')
})

test('repeats the sign-in of the MCP client if its token was rejected', async ({
  folder,
  provider,
  verify,
}) => {
  const variables = {
    IDENTITY_AUTHORITY: provider.authority(),
    IDENTITY_CLIENT_ID: provider.api.clientId,
    IDENTITY_CLIENT_SECRET: 'dev-api-secret-not-for-production',
  }
  const lines = Object.entries(variables).map(([name, value]) => `${name}=${value}\n`)
  writeFileSync(join(folder, 'api.env'), lines.join(''))
  const args = ['--scope', TODO_SCOPE, '--api-env', 'api.env']
  const first = await verify(
    {
      before: (check) => {
        if (check === 'mcp-resource')
          provider.tamper = { accessToken: (claims, sign) => sign({ ...claims, aud: 'other' }) }
      },
    },
    args,
  )
  provider.tamper = {}
  expect(first.checks['mcp-resource']?.verdict).toBe('passed')
  expect(first.checks['mcp-audience']?.verdict).toBe('failed')

  const second = await verify(undefined, args)

  expect(second.out).toContain('api-token (in an earlier run)')
  expect(second.checks['mcp-audience']?.verdict, second.out).toBe('passed')
  expect(second.code).toBe(0)
})

test('a scope of another registration needs --api-env', async ({ verify }) => {
  const { checks } = await verify(undefined, ['--scope', TODO_SCOPE])

  expect(checks['api-token']?.change).toContain('add --api-env')
  expect(checks['mcp-audience']?.change).toContain('add --api-env')
})

test('a missing file of --api-env is named with its option', async ({ verify }) => {
  const { error } = await verify(undefined, ['--api-env', 'missing.env'])

  expect(error).toContain('--api-env is missing.env, but this file does not exist')
})

test('a damaged file says what to delete', async ({ folder, verify }) => {
  await verify({ leavesAt: 'consent' }, ['--wait', '1'])
  writeFileSync(join(folder, '.identity-verify/state.json'), '{')

  const { code, error } = await verify()

  expect(error).toContain('Then delete the folder .identity-verify.')
  expect(code).toBe(2)
  expect(readFileSync(join(folder, '.identity-verify/.gitignore'), 'utf8')).toBe('*\n')
})

test('a page of the provider without a way back fails the check, and the run goes on', async ({
  verify,
}) => {
  const run = await verify({
    act: async (check, page) => {
      if (check !== 'consent') return false
      await page.get('/verify/stuck')
      return true
    },
  })

  expect(run.checks['consent']).toMatchObject({
    verdict: 'failed',
    found: 'The browser did not come back from the provider.',
  })
  expect(run.checks['sign-out']?.verdict).toBe('passed')
})

test('other hosts do not reach the pages', async ({ verify }) => {
  let status: number | undefined
  await verify(
    {
      leavesAt: 'consent',
      async before(check, origin) {
        if (check !== 'sign-in') return
        const { request } = await import('node:http')
        status = await new Promise((done) =>
          request(`${origin}/verify`, { headers: { host: 'attacker.example' } }, (response) =>
            done(response.resume().statusCode),
          ).end(),
        )
      },
    },
    ['--wait', '1'],
  )
  expect(status).toBe(403)
})

test('another website in the same browser cannot change the run', async ({ verify }) => {
  let timer: ReturnType<typeof setInterval> | undefined
  const run = await verify({
    before(check, origin) {
      if (check !== 'sign-in') return
      const send = (path: string, dest: string, site: string): void =>
        void fetch(origin + path, {
          redirect: 'manual',
          headers: { 'sec-fetch-dest': dest, 'sec-fetch-site': site, cookie: 'theme=dark' },
        }).catch(() => undefined)
      timer = setInterval(() => {
        // An image, whose request contains the cookies of another app on localhost only
        send('/verify', 'image', 'cross-site')
        send('/verify/sign-in', 'image', 'cross-site')
        send(
          '/redirect?error=access_denied&error_description=Visit+attacker.example',
          'image',
          'cross-site',
        )
        send('/verify/stuck', 'image', 'same-site')
      }, 5)
    },
  })
  clearInterval(timer)

  expect(run.code, run.out).toBe(0)
  expect(run.written).not.toContain('attacker.example')
})

test.for(['cross-site', 'same-site'])(
  'a link of another website (%s) does not end a check',
  async (site, { verify }) => {
    let location: string | null | undefined
    const run = await verify({
      async before(check, origin, page) {
        if (check !== 'consent') return
        const cookie = page.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
        const headers = { cookie, 'sec-fetch-dest': 'document', 'sec-fetch-site': site }
        const response = await fetch(`${origin}/verify/stuck`, { redirect: 'manual', headers })
        location = response.headers.get('location')
      },
    })

    expect(run.checks['consent']?.verdict).toBe('passed')
    expect(location).toBe('/verify')
  },
)

test('a program without the key of the run cannot change it', async ({ verify }) => {
  let timer: ReturnType<typeof setInterval> | undefined
  const statuses = new Set<number>()
  const run = await verify({
    before(check, origin) {
      if (check !== 'sign-in') return
      const send = async (path: string): Promise<void> => {
        // Like curl, without the headers of a browser
        const response = await fetch(origin + path, { redirect: 'manual' })
        if (path.startsWith('/verify')) statuses.add(response.status)
      }
      timer = setInterval(() => {
        for (const path of [
          '/verify/stuck',
          '/verify',
          '/verify?key=guess',
          '/verify/sign-in',
          '/verify/sign-out',
          '/redirect?error=access_denied&error_description=Visit+attacker.example',
        ])
          void send(path).catch(() => undefined)
      }, 50)
    },
  })
  clearInterval(timer)

  expect(run.code, run.out).toBe(0)
  expect(run.written).not.toContain('attacker.example')
  expect([...statuses]).toEqual([403])
})

// Browsers send a cookie with the form of another site only if it has these attributes.
test.for([
  ['query', 'Lax', false],
  ['form_post', 'None', true],
] as const)(
  'an error at the provider ends the check, with the response mode %s',
  async ([responseMode, sameSite, secure], { folder, provider, verify }) => {
    const options = `export const options = { responseMode: '${responseMode}' }\n`
    writeFileSync(join(folder, 'auth.mjs'), options)
    provider.behave({ faults: { token: { kind: 'error', error: 'invalid_client', status: 401 } } })
    let cookie: unknown

    const run = await verify(
      {
        before: (_check, _origin, page) =>
          void (cookie = page.cookies.find(({ name }) => name === 'identity_verify')),
      },
      ['--config', 'auth.mjs'],
    )

    provider.behave({ faults: {} })
    expect(run.checks['sign-in']?.found).toContain('invalid_client')
    expect(cookie).toMatchObject({ sameSite, secure, httpOnly: true })
  },
)

test('a late return from another sign-out does not end the check', async ({ provider, verify }) => {
  const logouts = (): number =>
    provider.requests.filter(({ path }) => path.includes('/oauth2/v2.0/logout')).length
  const before = logouts()

  const run = await verify({
    before: async (check, origin, page) => {
      if (check === 'sign-out') await page.get(`${origin}/`)
    },
  })

  expect(run.checks['sign-out']?.verdict, run.out).toBe('passed')
  expect(logouts()).toBe(before + 1)
})
