import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, vi } from 'vitest'
import { hasChromium } from '../chromium.ts'
import { newProject } from '../create/support/create-project.ts'
import { test as base } from './support/fixtures.ts'
import { freePort, type Project } from './support/project.ts'
import { buildAndServe, envFile, settingsOf } from './support/serve.ts'
import { openAccount, signIn, walkThrough } from './support/walk.ts'

// Nuxt 4.5 does not run on Node.js 20.
const NODE = 22
const BUILD = ['npm', 'run', 'build']
const SERVE = ['node', '--env-file=.env', '.output/server/index.mjs']
// Nuxt reads the address of the server from it.
const env = { HOST: '127.0.0.1', NUXT_TELEMETRY_DISABLED: '1' }

const FORM = `</details>
  <form @submit.prevent="save">
    <label for="note">Note</label>
    <input id="note" v-model="note" name="note" required />
    <button type="submit">Save</button>
  </form>
  <p v-if="saved" role="status">Saved: {{ saved }}</p>`

const SAVE = `
const note = ref('')
const saved = ref('')

async function save() {
  const result = await $fetch('/api/note', { method: 'POST', body: { note: note.value } })
  saved.value = result.note
}
</script>`

const NOTE = `export default auth.loginRequired((event) => readBody<{ note: string }>(event))
`

const ME = `export default auth.loginRequired((_event, { user }) => ({ name: user.name }))
`

walkThrough({
  name: 'nuxt',
  create: (basePath) =>
    newProject(
      'nuxt',
      ({ edit, write }) => {
        edit('app/pages/account.vue', ['</details>', FORM], ['</script>', SAVE])
        write('server/api/note.post.ts', NOTE)
        write('server/api/me.get.ts', ME)
        edit('server/api/call_api.get.ts', ["['User.Read']", "['User.Read', 'Mail.Read']"])
        edit('nuxt.config.ts', ['app: {', `app: { baseURL: '${basePath}',`])
      },
      NODE,
    ),
  build: BUILD,
  serve: SERVE,
  node: NODE,
  env: () => env,
})

/** Pages and API routes that a new project does not have. */
const FILES: Readonly<Record<string, string>> = {
  // A cached API route that shows the user of the first request.
  'server/api/cached.get.ts': `export default defineCachedEventHandler(
  auth.loginRequired((_event, { user }) => user.name),
)
`,
  // An API route that does not have a guard, and does not catch the error.
  'server/api/unguarded.get.ts': `export default defineEventHandler((event) => auth.getTokenForUser(event, ['Mail.Read']))
`,
  // A middleware for all paths, which runs before that of the module.
  'server/middleware/staff.ts': `const guard = auth.loginRequired()

export default defineEventHandler((event) => (event.path.startsWith('/staff') ? guard(event) : undefined))
`,
  // A middleware for some paths.
  'server/middleware/managers.ts': `export default auth.loginRequired({ paths: ['/api/managers'] })
`,
  'server/api/managers/index.get.ts': `export default defineEventHandler((event) => event.context.identity?.kind ?? 'nobody')
`,
  'server/api/staff.get.ts': `export default defineEventHandler((event) => event.context.identity?.kind ?? 'nobody')
`,
  'app/pages/staff.vue': `<template><h1>Staff</h1></template>
`,
  'app/error.vue': `<script setup lang="ts">
import type { NuxtError } from '#app'

defineProps<{ error: NuxtError }>()
</script>
<template><h1>{{ error.statusCode }} {{ error.statusMessage }}</h1><p>{{ error.message }}</p></template>
`,
  'app/pages/admin.vue': `<script setup lang="ts">
definePageMeta({ loginRequired: { roles: ['Nobody.HasThis'] } })
</script>
<template><h1>Admin</h1></template>
`,
  'app/pages/links.vue': `<template><h1>Links</h1><NuxtLink to="/admin">Admin</NuxtLink></template>
`,
  'app/pages/stored.vue': `<script setup lang="ts">
const { user } = useIdentity()
</script>
<template><h1>Stored</h1><p id="user">{{ user?.name ?? 'a visitor' }}</p></template>
`,
  // Without `pageUser`, pages get a few claims of the user.
  'server/utils/auth.ts': `import { Auth } from 'identity-web/h3'

export const auth = new Auth({ scopes: ['User.Read'] })
`,
  'app/pages/mine.vue': `<script setup lang="ts">
definePageMeta({ loginRequired: true })
const { user } = useIdentity()
</script>
<template><h1>Hello, {{ user?.name }}</h1></template>
`,
}

const test = base
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('project', { scope: 'file' }, ({}): Project => newProject('nuxt', undefined, NODE))
  .extend('site', { scope: 'file' }, async ({ project, fileProvider }, { onCleanup }) => {
    for (const [path, text] of Object.entries(FILES)) project.write(path, text)
    project.edit('nuxt.config.ts', [
      'css:',
      "routeRules: { '/stored': { swr: 60 } as object },\n  css:",
    ])
    project.edit('app/layouts/default.vue', ['{{ user.initials }}', '{{ user.name }}'])
    const commands = { build: BUILD, serve: SERVE, env: () => env }
    const server = await buildAndServe(project, fileProvider.provider, commands)
    onCleanup(() => server.close())
    return { ...server, folder: project.folder }
  })

describe.skipIf(!hasChromium)('a Nuxt application', () => {
  test('the types of the project are right', async ({ project, site: _built }) => {
    project.run(['nuxt', 'typecheck'], env)
  })

  test('the payload of a page contains the chosen members of the user, and no tokens', async ({
    page,
    site,
  }) => {
    await page.goto(`${site.url}/mine`)
    await signIn(page)
    await page.getByRole('heading', { name: 'Hello, Alex Rivera' }).waitFor()
    const html = await (
      await page.context().request.get(`${site.url}/mine`, {
        headers: { accept: 'text/html' },
      })
    ).text()

    expect(html).toContain('alex@contoso.onmicrosoft.com')
    expect(html).not.toMatch(/eyJ|refresh|"oid"|"tid"|"sub"/)
  })

  test('a user who lacks a role sees the error page of the application with the status 403, and the log is empty', async ({
    page,
    site,
  }) => {
    await page.goto(`${site.url}/links`)
    await page.getByRole('link', { name: 'Account', exact: true }).click()
    await signIn(page)
    await page.getByRole('heading', { name: 'Hello, Alex Rivera' }).waitFor()
    await page.goto(`${site.url}/links`)
    const response = page.waitForResponse(`${site.url}/admin`)
    await page.getByRole('link', { name: 'Admin', exact: true }).click()

    expect((await response).status()).toBe(403)
    await page.getByRole('heading', { name: '403 Forbidden' }).waitFor()
    expect(await page.locator('p').innerText()).toBe('Forbidden')
    expect(await page.getByRole('heading', { name: 'Admin' }).count()).toBe(0)
    expect(site.output()).not.toContain('[request error]')
  })

  test('an error that an API route does not catch gets the response of a guard', async ({
    page,
    site,
  }) => {
    const headers = { 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' }
    const response = await fetch(`${site.url}/api/unguarded`, { headers })

    expect(response.status).toBe(401)
    expect(await response.json()).toMatchObject({
      error: 'login_required',
      loginUrl: expect.stringContaining('/login?'),
    })
    await page.goto(`${site.url}/api/unguarded`)
    await page.getByRole('button', { name: /Alex/ }).waitFor()
  })

  test('a cached API route with a guard is an error, and never the response for another user', async ({
    page,
    site,
  }) => {
    await openAccount(page, site)
    const response = await page.context().request.get(`${site.url}/api/cached`)
    const stranger = await fetch(`${site.url}/api/cached`)

    expect([response.status(), stranger.status]).toEqual([500, 500])
    expect(await response.text()).not.toContain('Alex')
    expect(await stranger.text()).not.toContain('Alex')
  })

  test('a cached page does not show the user of the first request', async ({ page, site }) => {
    await openAccount(page, site)
    await page.goto(`${site.url}/stored`)

    expect(await page.locator('#user').innerText()).toBe('a visitor')
    expect(await (await fetch(`${site.url}/stored`)).text()).not.toContain('Alex')
  })

  test('a middleware of the application guards pages, and lets the routes of sign-in pass', async ({
    page,
    site,
  }) => {
    await page.goto(`${site.url}/staff`)
    const heading = page.getByRole('heading', { name: 'Staff' })
    await signIn(page, heading)
    await heading.waitFor()
    expect(page.url()).toBe(`${site.url}/staff`)
  })

  test('a middleware with paths guards the index of a folder, whatever way it is written', async ({
    site,
  }) => {
    const headers = { 'sec-fetch-mode': 'cors' }
    for (const path of ['', '?x', '/', '/1']) {
      const { status } = await fetch(`${site.url}/api/managers${path}`, { headers })
      expect([path, status]).toEqual([path, 401])
    }
    expect((await fetch(`${site.url}/api/%6danagers`, { headers })).status).toBe(401)
    expect((await fetch(`${site.url}/api/managersof`, { headers })).status).toBe(404)
  })

  test('the code of pages does not contain the library of the server', ({ site }) => {
    const folder = join(site.folder, '.output/public/_nuxt')
    const code = readdirSync(folder)
      .filter((name) => name.endsWith('.js'))
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .join('\n')

    expect(code).toContain('return_to')
    expect(code).not.toMatch(/openid-configuration|IDENTITY_CLIENT_SECRET|code_verifier/)
  })
})

test('nuxt dev shows pages, and leads to sign-in', async ({ project, provider }) => {
  const port = await freePort()
  const url = `http://localhost:${port}`
  project.write('.env', envFile(settingsOf(provider, `${url}/redirect`)))
  const command = ['npx', 'nuxt', 'dev', '--port', String(port)]
  const server = await project.start(command, `${url}/`, env)
  onTestFinished(() => server.close())
  const visit = (path: string) =>
    fetch(url + path, { redirect: 'manual', headers: { accept: 'text/html' } })
  // Nuxt shows its own page until the server is built.
  await vi.waitUntil(async () => (await visit('/')).status !== 503, {
    timeout: 120_000,
    interval: 500,
  })

  const home = await visit('/')
  expect([home.status, await home.text()]).toEqual([200, expect.stringContaining('Welcome')])
  expect((await visit('/account')).headers.get('location')).toBe(
    `${url}/login?return_to=%2Faccount`,
  )
})
