import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test as base } from 'vitest'
import { freePort } from '../packages/identity-web/test/support/port.ts'
import { Reader } from './tutorial/reader.ts'
import { stepsOf } from './tutorial/steps.ts'

/** The steps of a skill end where it describes variants. */
const VARIANTS = /^## (?:Other calls|Other frameworks|Requirements|Use the real tenant|More)\n.*/ms

/** Does what a skill says, in a new project, and sees what the skill says. */
const test = base
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('ports', async ({}) => ({
    3000: await freePort(),
    3001: await freePort(),
    5100: await freePort(),
  }))
  // oxlint-disable-next-line no-empty-pattern -- as above
  .extend('folder', ({}, { onCleanup }) => {
    const folder = mkdtempSync(join(tmpdir(), 'skill-'))
    onCleanup(() => rmSync(folder, { recursive: true, force: true }))
    writeFileSync(join(folder, 'package.json'), '{ "name": "app", "private": true }\n')
    return folder
  })
  .extend('reader', async ({ folder, ports }, { onCleanup }) => {
    const reader = new Reader(folder, undefined, (command) =>
      command
        .replace(/identity-web-dev(?: token| --write-env)?/, `$& --port ${ports[5100]}`)
        .replace('--write-env', `$& --redirect-uri http://localhost:${ports[3000]}/redirect`)
        .replace('npx tsx --env-file', `PORT=${ports[3000]} $&`),
    )
    onCleanup(() => reader.close())
    await reader.do({ kind: 'run', commands: ['npm run try -- ../app'], staysRunning: false })
    return reader
  })
  .extend('follow', ({ reader, ports }) => async (skill: string) => {
    const file = new URL(`../packages/identity-web/skills/${skill}/SKILL.md`, import.meta.url)
    const text = readFileSync(file, 'utf8')
      .replace(VARIANTS, '')
      // Other tests use the ports of the page.
      .replaceAll(/\b(?:3000|3001|5100)\b/g, (port) =>
        String(ports[Number(port) as keyof typeof ports]),
      )
    const steps = stepsOf(text)
    expect(steps.filter(({ kind }) => kind === 'output')).not.toEqual([])
    for (const step of steps) await reader.do(step)
  })

test(
  'an agent adds sign-in, calls Microsoft Graph, and tests both',
  { timeout: 600_000 },
  async ({ follow }) => {
    await follow('add-sign-in')
    await follow('call-microsoft-graph')
    await follow('test-with-the-development-provider')
  },
)

test('an agent protects an API', { timeout: 600_000 }, async ({ follow }) => {
  await follow('protect-an-api')
})

/** How a program serves the application of each framework, as the skill for tests describes it. */
const SERVERS: Record<string, string> = {
  Fastify: 'await app.listen({ port: 3001 })',
  Koa: 'app.listen(3001)',
  Hono: 'serve({ fetch: app.fetch, port: 3001 })',
  NestJS: 'await (await NestFactory.create(AppModule, { logger: false })).listen(3001)',
  'Request and Response': 'serve({ fetch: app.fetch, port: 3001 })',
}
const IMPORTS: Record<string, string> = {
  NestJS: "import { NestFactory } from '@nestjs/core'",
  Hono: "import { serve } from '@hono/node-server'",
  'Request and Response': "import { serve } from '@hono/node-server'",
}
const PACKAGES =
  'npm install tsx fastify koa hono @hono/node-server @nestjs/core @nestjs/common @nestjs/platform-express reflect-metadata rxjs'

test.for(Object.entries(SERVERS))(
  'the code for %s in the skill signs users in',
  { timeout: 300_000 },
  async ([framework, listen], { folder, ports, reader }) => {
    const page = new URL(
      '../packages/identity-web/skills/add-sign-in/references/frameworks.md',
      import.meta.url,
    )
    const [, section = ''] = readFileSync(page, 'utf8').split(`\n## ${framework}\n`)
    const [, code = ''] = /^```ts\n(.*?)^```$/ms.exec(section) ?? []
    const origin = `http://localhost:${ports[3001]}`
    writeFileSync(join(folder, 'app.ts'), code)
    writeFileSync(
      join(folder, 'tsconfig.json'),
      '{ "compilerOptions": { "experimentalDecorators": true } }',
    )
    writeFileSync(
      join(folder, 'check.ts'),
      `import { browser, startDevProvider } from 'identity-web-dev/testing'
${IMPORTS[framework] ?? ''}

const provider = await startDevProvider()
process.env.IDENTITY_AUTHORITY = provider.authority()
process.env.IDENTITY_CLIENT_ID = provider.app.clientId
process.env.IDENTITY_CLIENT_SECRET = provider.app.clientSecret
process.env.IDENTITY_REDIRECT_URI = '${origin}/redirect'
process.env.IDENTITY_SESSION_SECRET = 'a session secret of at least 32 characters'
const { app = undefined, AppModule = undefined, default: exported = app } = (await import('./app.js')) as any
${listen.replace('app.fetch', 'exported.fetch').replace('3001', String(ports[3001]))}
const page = await browser('${origin}', { as: 'alex' }).get('/account')
console.log(page.status, await page.text())
process.exit(0)
`,
    )

    const commands = ['npm pkg set type=module', PACKAGES, 'npx tsx check.ts']
    await reader.do({ kind: 'run', commands, staysRunning: false })
    await reader.do({ kind: 'output', lines: ['200 {"name":"Alex Rivera"}'] })
  },
)
