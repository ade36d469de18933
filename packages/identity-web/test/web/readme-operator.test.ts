import { Browser } from '../support/browser.ts'
import { describe, expect, test as base } from '../support/fixtures.ts'
import { compileProgram, programsOf } from '../support/readme-program.ts'
import { SESSION_SECRET, sendToCallback, signIn, startSignIn } from '../support/site.ts'

// The program of README.md in production, with one wrong setting: its log has one line that names the cause and the remedy.

/** Removes the warning that the provider of this test is on this machine. */
function linesOf(written: readonly string[]): readonly string[] {
  return written.filter((line) => !line.includes('The authority is a URL of this machine'))
}

const test = base
  .extend('behaviour', { consent: 'skip' })
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('readme', { scope: 'file' }, async ({}, { onCleanup }) => {
    const [code = ''] = programsOf('README.md')
    const program = await compileProgram('plain', code)
    onCleanup(() => program.delete())
    return program
  })
  /** The variables that are right. */
  .extend('right', ({ provider }) => {
    return (origin: string): Record<string, string> => ({
      NODE_ENV: 'production',
      IDENTITY_AUTHORITY: provider.authority(),
      IDENTITY_CLIENT_ID: provider.app.clientId,
      IDENTITY_CLIENT_SECRET: provider.app.clientSecret ?? '',
      IDENTITY_REDIRECT_URI: `${origin}/redirect`,
      IDENTITY_SESSION_SECRET: SESSION_SECRET,
    })
  })
  /** Opens the program as a visitor who signs in, as far as it goes. */
  .extend('visit', ({ provider }) => {
    return async (origin: string): Promise<void> => {
      const browser = new Browser()
      const { status } = await browser.navigate(`${origin}/`)
      if (status !== 302) return
      const callback = await startSignIn({ origin }, provider, browser).catch(() => undefined)
      if (callback !== undefined) await sendToCallback(browser, callback)
    }
  })

test('the program in README.md calls the Graph of the development provider unchanged', async ({
  readme,
  right,
  provider,
}) => {
  let profile: unknown
  await readme.run(
    (origin) => ({ ...right(origin), NODE_ENV: 'development' }),
    async (origin) => {
      const browser = await signIn({ origin }, provider)
      const { location } = await browser.navigate(`${origin}/call_api`)
      if (location !== undefined) await sendToCallback(browser, await provider.signIn(location))
      profile = (await browser.navigate(`${origin}/call_api`)).json()
    },
  )

  expect(profile).toMatchObject({ displayName: 'Alex Rivera' })
})

describe('an operator of the program in README.md reads one line', () => {
  test('about a wrong client secret', async ({ readme, right, visit }) => {
    const lines = linesOf(
      await readme.run(
        (origin) => ({ ...right(origin), IDENTITY_CLIENT_SECRET: 'a-wrong-secret' }),
        visit,
      ),
    )

    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      expect.objectContaining({
        level: 'error',
        message: expect.stringContaining('AADSTS7000215'),
        hint: expect.stringContaining('IDENTITY_CLIENT_SECRET'),
      }),
    ])
    expect(lines.join()).not.toContain('a-wrong-secret')
  })

  test.for(['IDENTITY_CLIENT_ID', 'IDENTITY_REDIRECT_URI', 'IDENTITY_SESSION_SECRET'])(
    'about %s, which is missing, because the start fails',
    async (variable, { readme, right }) => {
      const lines = await readme.run(
        (origin) => ({ ...right(origin), [variable]: '' }),
        async () => expect.unreachable(),
      )
      expect(lines.filter((line) => line.includes(variable))).toHaveLength(1)
    },
  )

  test('only if something is wrong', async ({ readme, right, visit }) => {
    expect(linesOf(await readme.run(right, visit))).toEqual([])
  })
})
