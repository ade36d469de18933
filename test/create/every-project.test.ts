import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { browser } from 'identity-web-dev/testing'
import { describe, expect } from 'vitest'
import {
  FRAMEWORKS,
  type FrameworkName,
} from '../../packages/create-identity-web/src/frameworks.ts'
import { TENANTS, type TenantName } from '../../packages/create-identity-web/src/tenants.ts'
import { test as base } from '../../packages/dev-provider/test/support/fixtures.ts'
import { hasChromium } from '../chromium.ts'
import { freePort } from '../hosts/support/project.ts'
import { createProject, unpackCommand } from './support/create-project.ts'
import { visitAsUser } from './support/visit.ts'

const PHONE = { width: 390, height: 844 }

/** The names in a variable, or all of them. */
function chosen<Name extends string>(variable: string, all: Readonly<Record<Name, unknown>>) {
  const names = Object.keys(all) as Name[]
  const wanted = process.env[variable]?.split(',') ?? []
  return wanted.length === 0 ? names : names.filter((name) => wanted.includes(name))
}

const test = base
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('program', { scope: 'file' }, ({}) => unpackCommand())

describe.each(chosen('CREATE_FRAMEWORKS', FRAMEWORKS))('%s', (framework: FrameworkName) => {
  test.for(chosen('CREATE_TENANTS', TENANTS))(
    'a project for %s compiles, passes its tests, and signs in',
    async (tenant: TenantName, { program, openPage }) => {
      const project = createProject(program, framework, tenant)

      project.run(['npm', 'run', 'typecheck'])
      const output = project.run(['npm', 'test'])
      expect(output).toMatch(TENANTS[tenant].hasGraph ? /3 passed/ : /2 passed/)

      const port = await freePort()
      const origin = `http://localhost:${port}`
      const server = await project.start(['npm', 'run', 'dev'], origin, { PORT: String(port) })
      try {
        if (!hasChromium) return
        const page = await openPage({ viewport: PHONE })
        page.setDefaultTimeout(120_000)
        await visitAsUser(page, origin, TENANTS[tenant])
      } catch (error) {
        throw new Error(`The server printed:\n${server.output()}`, { cause: error })
      } finally {
        await server.close()
      }
    },
  )

  test('npm start uses the settings of .env', async ({ program, provider }) => {
    const project = createProject(program, framework, 'entra-id')
    const port = await freePort()
    const origin = `http://localhost:${port}`
    const settings = {
      IDENTITY_AUTHORITY: provider.authority(),
      IDENTITY_CLIENT_ID: provider.app.clientId,
      IDENTITY_CLIENT_SECRET: provider.app.clientSecret,
      IDENTITY_REDIRECT_URI: `${origin}/redirect`,
    }
    const env = readFileSync(join(project.folder, '.env'), 'utf8')
    project.write('.env', setVariables(env, settings))
    if (FRAMEWORKS[framework].needsBuild) project.run(['npm', 'run', 'build'], { ORIGIN: origin })

    const server = await project.start(['npm', 'start'], origin, { PORT: String(port) })
    try {
      const page = await browser(origin, { as: 'alex' }).get('/')

      expect(await page.text()).toContain('Hello, Alex Rivera')
    } catch (error) {
      throw new Error(`The server printed:\n${server.output()}`, { cause: error })
    } finally {
      await server.close()
    }
  })
})

/** Sets the empty variables of a file as a user does in an editor. */
function setVariables(env: string, settings: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(settings).reduce(
    (text, [name, value]) => text.replace(new RegExp(`^${name}=.*$`, 'm'), `${name}=${value}`),
    env,
  )
}
