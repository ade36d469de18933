import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import identityModule from '../../src/nuxt/index.ts'

// `npm run test:hosts -- nuxt` and `npm run test:create -- nuxt` run the module in Nuxt.

test('Nitro compiles the generated files in development too', ({ onTestFinished }) => {
  const folder = mkdtempSync(join(tmpdir(), 'identity-web-nuxt-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  mkdirSync(join(folder, 'server/utils'), { recursive: true })
  writeFileSync(join(folder, 'server/utils/auth.ts'), '')
  const options = {
    buildDir: `${folder}/.nuxt`,
    serverDir: `${folder}/server`,
    ssr: true,
    plugins: [],
    serverHandlers: [],
    build: { templates: [] as { readonly dst: string }[] },
    nitro: { externals: { inline: ['their-package'] } },
  }

  identityModule({}, { options, hook: () => undefined })

  // Without it, Node.js imports them and cannot load server/utils/auth.ts.
  expect(options.nitro.externals.inline).toEqual(['their-package', `${folder}/.nuxt/identity-web`])
  for (const { dst } of options.build.templates)
    expect(dst.startsWith(`${folder}/.nuxt/identity-web/`)).toBe(true)
})
