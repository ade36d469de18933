import { mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from '../support/fixtures.js'
import { idsWith, test, type PersonOptions } from './person.js'

const CONSENT = ['--only', 'consent']

/** Sends requests during the sign-in. */
function during(send: (origin: string) => Promise<unknown>): PersonOptions {
  return { before: (check, origin) => check === 'sign-in' && send(origin) }
}

test('a page of the provider without a way back fails the check, and the run goes on', async ({
  verify,
}) => {
  const { checks } = await verify(['--only', 'consent,sign-out'], {
    before: (check, _origin, page) => check === 'consent' && page.get('/verify/stuck'),
  })

  expect(checks['consent']?.found).toBe('The browser did not come back.')
  expect(checks['sign-out']?.verdict).toBe('passed')
})

test('Ctrl+C between two steps skips the checks after this one', async ({ provider, verify }) => {
  provider.tamper = {
    tokenResponse(body, grantType) {
      if (grantType === 'refresh_token') process.emit('SIGINT')
      return body
    },
  }
  const run = await verify()

  expect(run.checks['refresh']?.verdict).toBe('passed')
  expect(run.checks['refresh-rotation']?.found).toBe('The run stopped before this check.')
  expect(idsWith('failed', run)).toEqual([])
})

test('other hosts do not reach the pages', async ({ verify }) => {
  let status: number | undefined
  await verify(
    CONSENT,
    during(async (origin) => {
      const headers = { host: 'attacker.example' }
      status = await new Promise((done) =>
        request(`${origin}/verify/sign-in`, { headers }, (response) =>
          done(response.resume().statusCode),
        ).end(),
      )
    }),
  )
  expect(status).toBe(403)
})

const PATHS = [
  '/verify/stuck',
  '/verify/sign-in',
  '/verify/sign-in?key=guess',
  '/logout',
  '/redirect?error=access_denied&error_description=Visit+attacker.example',
]

test.for([
  ['another website in the same browser', { 'sec-fetch-dest': 'image', cookie: 'theme=dark' }],
  // Like curl, without the headers of a browser
  ['a program without the key of the run', {}],
] as const)('%s cannot change the run', async ([, headers], { verify }) => {
  const statuses = new Set<number>()
  const run = await verify(
    CONSENT,
    during(async (origin) => {
      for (const path of PATHS) {
        const response = await fetch(origin + path, { redirect: 'manual', headers })
        if (path.startsWith('/verify')) statuses.add(response.status)
      }
    }),
  )

  expect(run.checks['consent']?.verdict, run.out).toBe('passed')
  expect(run.written).not.toContain('attacker.example')
  expect([...statuses]).toEqual([403])
})

test.for(['cross-site', 'same-site'])(
  'a link of another website (%s) does not end a check',
  async (site, { verify }) => {
    const run = await verify(CONSENT, {
      async before(check, origin, page) {
        if (check !== 'consent') return
        const cookie = page.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
        const headers = { cookie, 'sec-fetch-dest': 'document', 'sec-fetch-site': site }
        await fetch(`${origin}/verify/stuck`, { redirect: 'manual', headers })
      },
    })

    expect(run.checks['consent']?.verdict).toBe('passed')
  },
)

test('the key is in a cookie that scripts and other websites do not get', async ({ verify }) => {
  let cookie: unknown
  await verify(CONSENT, {
    before: (_check, _origin, page) =>
      void (cookie = page.cookies.find(({ name }) => name === 'identity_verify')),
  })
  expect(cookie).toMatchObject({ sameSite: 'Lax', httpOnly: true })
})

test('a late return from another sign-out does not end the check', async ({ verify }) => {
  const run = await verify(['--only', 'sign-out'], {
    before: (check, _origin, page) => check === 'sign-out' && page.get('/'),
  })

  expect(run.checks['sign-out']?.verdict, run.out).toBe('passed')
})

// A repository of somebody else can contain links.
test.for([
  'identity-verify-report.json',
  'identity-verify-report.json.next',
  '.identity-verify-last.json',
])('does not write to the file that the link %s leads to', async (name, { folder, verify }) => {
  const outside = join(mkdtempSync(join(tmpdir(), 'outside-')), 'authorized_keys')
  writeFileSync(outside, 'key of the user')
  symlinkSync(outside, join(folder, name))

  const { report } = await verify(['--only', 'settings'])

  expect(readFileSync(outside, 'utf8')).toBe('key of the user')
  expect(report?.result).toBe('incomplete')
})
