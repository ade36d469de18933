import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DevProvider } from 'identity-web-dev'
import { browser } from 'identity-web-dev/testing'
import { describe, expect } from 'vitest'
import {
  FRAMEWORKS,
  type FrameworkName,
} from '../../packages/create-identity-web/src/frameworks.ts'
import { STORES } from '../../packages/create-identity-web/src/stores.ts'
import { TENANTS, type TenantName } from '../../packages/create-identity-web/src/tenants.ts'
import { test as base } from '../../packages/identity-web/test/support/server-fixtures.ts'
import { hasChromium } from '../chromium.ts'
import { freePort, type Project } from '../hosts/support/project.ts'
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
  const { dataFolder = '' } = FRAMEWORKS[framework]
  const isSinglePage = dataFolder !== ''
  const missingPaths = [
    ...(isSinglePage ? ['/api/no-such-page', '/main-old.js'] : []),
    ...(framework === 'angular-spa' ? [] : ['/no-such-page']),
  ]
  const accountPath = `${dataFolder}/account`

  test.for(chosen('CREATE_TENANTS', TENANTS))(
    'a project for %s compiles, passes its tests, and signs in',
    async (tenant: TenantName, { program, provider, openPage }) => {
      const project = createProject(program, { framework, tenant })

      project.run(['npm', 'run', 'typecheck'])
      const output = project.run(['npm', 'test'])
      expect(output).toContain(`${TESTS[tenant]} passed`)

      const visit = async (origin: string): Promise<void> => {
        if (!hasChromium) return
        const page = await openPage({ viewport: PHONE })
        page.setDefaultTimeout(120_000)
        const printed: string[] = []
        page.on('console', (message) => printed.push(message.text()))
        await visitAsUser(page, origin, TENANTS[tenant])
        // Warnings and errors of Angular.
        expect(printed.join('\n')).not.toMatch(/\bNG\d{3,}/)
      }
      await whileItRuns({ project, script: ['npm', 'run', 'dev'] }, visit)

      await whileItRuns(
        {
          project,
          script: ['npm', 'start'],
          prepare(origin) {
            const env = readFileSync(join(project.folder, '.env'), 'utf8')
            const { redirectPath = '/redirect' } = FRAMEWORKS[framework]
            const redirectUri = origin + redirectPath
            const settings = settingsOf(tenant, { provider, redirectUri })
            project.write('.env', setVariables(env, settings))
            if (FRAMEWORKS[framework].needsBuild)
              project.run(['npm', 'run', 'build'], { ORIGIN: origin })
          },
        },
        async (origin) => {
          const { as, shown } = TENANTS[tenant].account
          const page = await browser(origin, { as }).get(accountPath)
          expect(await page.text()).toContain(shown)
          const rejected = await browser(origin, { as }).get(`${dataFolder}/admin`)
          expect(rejected.status).toBe(403)
          // Only the browser shows the pages.
          if (isSinglePage) await visit(origin)
          for (const path of missingPaths) {
            const missing = await fetch(origin + path)
            expect(missing.status).toBe(404)
            expect(await missing.text()).toMatch(
              framework === 'angular' ? />This page does not exist</ : /./,
            )
          }
        },
      )
    },
  )

  const { cookies: _, ...stores } = STORES
  test.for(chosen('CREATE_STORES', stores))(
    'a project with %s compiles, passes its tests, and keeps its sessions at a restart and in an outage',
    async (store, { program, provider, redis, postgres }) => {
      const project = createProject(program, { framework, tenant: 'entra-id', store })
      const variable = STORES[store]?.variable ?? ''
      project.run(['npm', 'run', 'typecheck'])
      expect(project.run(['npm', 'test'])).toContain(`${TESTS['entra-id']} passed`)

      const env = readFileSync(join(project.folder, '.env'), 'utf8')
      const port = await freePort()
      const origin = `http://localhost:${port}`
      const redirectUri = origin + (FRAMEWORKS[framework].redirectPath ?? '/redirect')
      const settings = settingsOf('entra-id', { provider, redirectUri })
      project.write('.env', setVariables(env, settings))
      // A build does not need the database.
      if (FRAMEWORKS[framework].needsBuild) project.run(['npm', 'run', 'build'], { ORIGIN: origin })
      const database = store === 'redis' ? redis : postgres
      project.write('.env', setVariables(env, { ...settings, [variable]: database.url }))
      const user = browser(origin, { as: 'alex' })
      for (const isSignedIn of [false, true]) {
        await whileItRuns({ project, script: ['npm', 'start'], port }, async () => {
          if (!isSignedIn) await user.get(accountPath)
          const page = await user.get(accountPath, { redirect: 'manual' })
          expect([page.status, await page.text()]).toEqual([
            200,
            expect.stringContaining('Alex Rivera'),
          ])
          if (!isSignedIn) return
          await database.stop()
          const [home, account] = [await user.get('/'), await user.get(accountPath)]
          await database.start()
          // SvelteKit and single-page applications show the page for everybody without the user.
          expect([200, 503]).toContain(home.status)
          // SvelteKit and Nuxt show their own page for errors.
          const shown = /You are still signed in\.|"store_unavailable"|Something went wrong/
          expect([account.status, await account.text()]).toEqual([
            503,
            expect.stringMatching(shown),
          ])
        })
      }
    },
  )
})

/** The number of tests in a project. */
const TESTS: Readonly<Record<TenantName, number>> = {
  'entra-id': 7,
  'external-id': 5,
  'azure-ad-b2c': 5,
  'ad-fs': 4,
  oidc: 5,
}

/** Runs a script of a project on a free port during `visit`. */
async function whileItRuns(
  {
    project,
    script,
    port: given,
    prepare,
  }: {
    readonly project: Project
    readonly script: readonly string[]
    readonly port?: number
    readonly prepare?: (origin: string) => void
  },
  visit: (origin: string) => Promise<void>,
): Promise<void> {
  const port = given ?? (await freePort())
  const origin = `http://localhost:${port}`
  prepare?.(origin)
  const server = await project.start(script, origin, { PORT: String(port) })
  try {
    await visit(origin)
  } catch (error) {
    throw new Error(`${script.join(' ')} printed:\n${server.output()}`, { cause: error })
  } finally {
    await server.close()
  }
}

/** The variables that a user sets in `.env`. */
function settingsOf(
  tenant: TenantName,
  { provider, redirectUri }: { readonly provider: DevProvider; readonly redirectUri: string },
): Readonly<Record<string, string | undefined>> {
  const issuers: Record<TenantName, Readonly<Record<string, string>>> = {
    'entra-id': { IDENTITY_AUTHORITY: provider.authority() },
    'external-id': { IDENTITY_AUTHORITY: provider.externalIdAuthority },
    'azure-ad-b2c': {
      IDENTITY_B2C_TENANT_NAME: provider.b2c.tenantName,
      IDENTITY_B2C_CUSTOM_DOMAIN: provider.b2c.customDomain,
      IDENTITY_B2C_SIGN_UP_SIGN_IN_USER_FLOW: provider.b2c.signUpSignInUserFlow,
      IDENTITY_B2C_EDIT_PROFILE_USER_FLOW: provider.b2c.editProfileUserFlow,
    },
    'ad-fs': { IDENTITY_AUTHORITY: provider.adfsAuthority },
    oidc: { IDENTITY_OIDC_AUTHORITY: provider.oidcAuthority },
  }
  return {
    ...issuers[tenant],
    IDENTITY_CLIENT_ID: provider.app.clientId,
    IDENTITY_CLIENT_SECRET: provider.app.clientSecret,
    IDENTITY_REDIRECT_URI: redirectUri,
  }
}

/** Sets variables of a file as a user does in an editor, and adds those that it does not contain. */
function setVariables(env: string, settings: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(settings).reduce((text, [name, value]) => {
    const line = new RegExp(`^${name}=.*$`, 'm')
    return line.test(text)
      ? text.replace(line, () => `${name}=${value}`)
      : `${text}${name}=${value}\n`
  }, env)
}
