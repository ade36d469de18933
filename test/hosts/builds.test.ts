import { describe, expect, test } from 'vitest'
import { newProject } from '../create/support/create-project.ts'

// What happens when new projects are built in other ways than the walks do.

const GUARDED_IN_ADVANCE = {
  sveltekit: [
    'src/routes/about/+page.server.ts',
    `import { auth } from '../../auth.server'

export const prerender = true
export const load = auth.loginRequired((_event, { user }) => ({ name: user.name }))
`,
  ],
  astro: [
    'src/pages/about.astro',
    `---
import { auth } from '../auth'

export const prerender = true
const { user } = await auth.loginRequired.page(Astro)
---

<h1>Hello, {user.name}</h1>
`,
  ],
} as const

describe.each(['sveltekit', 'astro'] as const)('a build of %s', (name) => {
  test('needs no settings, and logs nothing about them', () => {
    const output = newProject(name).run(['npm', 'run', 'build'])

    expect(output).not.toMatch(/identity-web:|configured|IDENTITY_/i)
  })

  test('fails if a guarded page is rendered in advance, and says why', () => {
    const project = newProject(name)
    const [path, code] = GUARDED_IN_ADVANCE[name]
    if (name === 'sveltekit') project.write('src/routes/about/+page.svelte', '<h1>About</h1>\n')
    project.write(path, code)

    expect(() => project.run(['npm', 'run', 'build'])).toThrow(/in advance, so identity-web/)
  })
})
