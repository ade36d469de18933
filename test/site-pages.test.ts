// The parts of the site that come from other files: the first page, the gallery, the commands and the links to the project.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { galleryPage } from '../maintain/site/build/gallery.mjs'
import { completeLanding } from '../maintain/site/build/landing.mjs'
import { titleOf } from '../maintain/site/build/markdown.mjs'
import { changesOf, editLink, projectLinks, stateOf } from '../maintain/site/build/project.mjs'
import { sectionsOf } from '../maintain/site/build/sidebar.mjs'
import { pagesOfFiles, read } from '../maintain/site/build/sources.mjs'
import { convertInstallations } from '../maintain/site/build/tabs.mjs'

const sh = (...lines: string[]): string => ['```sh', ...lines, '```', ''].join('\n')

describe('package managers', () => {
  test('a block that installs packages becomes tabs', () => {
    const html = convertInstallations(sh('npm install koa', 'npm install -D @types/koa # types'))

    expect(html).toContain(
      '<ChoiceTabs group="packages" id="installation-1" names="npm|pnpm|yarn|bun">',
    )
    expect(html).toContain(sh('npm install koa', 'npm install -D @types/koa # types'))
    expect(html).toContain(sh('pnpm add koa', 'pnpm add -D @types/koa # types'))
    expect(html).toContain(sh('yarn add koa', 'yarn add -D @types/koa # types'))
    expect(html).toContain(sh('bun add koa', 'bun add -d @types/koa # types'))
    expect(convertInstallations(sh('npm uninstall passport'))).toContain(sh('bun remove passport'))
  })

  test.for([
    ['another command', sh('npm install hono', 'bun run main.ts')],
    ['a script of the repository', sh('npm run try -- ../my-app')],
    ['an example of Markdown', '````md\n' + sh('npm run demo', 'npm install koa') + '````\n'],
  ] as const)('a block with %s stays as it is', ([, markdown]) => {
    expect(convertInstallations(markdown)).toBe(markdown)
  })
})

describe('the first page', () => {
  const repository = 'https://git.example/identity-web'
  const landing = completeLanding(read('maintain/site/index.md'), read, {})

  test.for([
    'Express',
    'Hono',
    'Next.js',
    'Nuxt',
    'SvelteKit',
    'TanStack Start',
    'Azure Functions',
  ])('shows the code of %s with its imports and a guard', (name) => {
    const code = landing.split(`\n**${name}**\n`)[1]?.split('\nThe guide: ')[0]

    expect(code).toMatch(/from 'identity-web\/|modules: \['identity-web\//)
    expect(code).toContain('loginRequired')
  })

  test('says what README.md says about tests, license and origin, with links from its folder', () => {
    const [, origin = '', tests = ''] = landing.split(/<div class="(?:origin|state-of-tests)">/)

    expect(origin.trim()).toMatch(/^This is not a Microsoft product\./)
    expect(origin).toContain('[MIT license](../../LICENSE)')
    expect(tests.trim()).toMatch(
      /^\*\*`identity-web` has not run at a real Microsoft tenant yet\.\*\*/,
    )
    expect(tests).toContain('(../../packages/dev-provider/docs/behavior.md#differences)')
    expect(tests).toContain('(#tested-against-what-and-when)')
    expect(landing).toContain('[independent OpenID providers](../../docs/providers.md#')
    expect(landing).toContain('**never**')
  })

  test('promises what README.md promises about the session', () => {
    const [promise = ''] = landing.split('```')
    const readme = read('README.md').replaceAll('\n', ' ')
    const [sentence] = /Your server keeps the session [^.]+\./.exec(promise.replaceAll('\n', ' '))!

    expect(readme).toContain(sentence)
  })

  test('has comments that are complete in its narrow column', () => {
    expect(landing).toContain('new Auth(app) // reads environment variables\n')
    expect(landing).not.toContain('IDENTITY_AUTHORITY,')
  })

  test('shows how to clone the repository if its address is configured', () => {
    const withAddress = completeLanding(read('maintain/site/index.md'), read, { repository })
    const command = 'npm run try -- ../my-app\n```\n\nRun this command in a clone of the repository'
    const clone = `git clone ${repository}.git identity-web\ncd identity-web\n`

    expect(landing).toContain(`\`\`\`sh\n${command}`)
    expect(withAddress).toContain(`\`\`\`sh\n${clone}${command}`)
  })

  test('cannot lose a part', () => {
    expect(() => completeLanding('', read, {})).toThrow(
      'does not contain <!-- code of each framework -->',
    )
    const without = (file: string) => (file === 'README.md' ? '' : read(file))
    expect(() => completeLanding(read('maintain/site/index.md'), without, {})).toThrow('README.md')
  })
})

describe('the names of pages', () => {
  const sections = sectionsOf(read('docs/README.md'))
  const groups = sections.flatMap((section) => [section, ...section.groups])
  const pages = groups.flatMap(({ items }) => items)

  test('are the headings, or a part of them', () => {
    const others = pages.filter(
      ({ title, target }) => titleOf(read(`docs/${target}`))?.includes(title) !== true,
    )

    expect(pages.length).toBeGreaterThan(60)
    expect(others).toEqual([])
  })

  test('are different from each other and from the names of sections and groups', () => {
    const names = [...groups, ...pages].map(({ title }) => title)

    expect(names.filter((name, index) => names.indexOf(name) < index)).toEqual([])
  })
})

describe('the gallery', () => {
  const examples = [...pagesOfFiles().keys()].filter((file) => file.startsWith('examples/'))
  const repository = { read, exists: (file: string) => file !== 'examples/api/screenshot.png' }

  test('has a card for each example', () => {
    const page = galleryPage(examples, repository)

    expect(examples.length).toBeGreaterThan(20)
    expect(page.match(/<div class="card">/g)).toHaveLength(examples.length)
    expect(page).toContain('### [Express](examples/express/README.md)\n\nAn Express application')
    expect(page).toContain('<img loading="lazy" src="/examples/nuxt.webp"')
    expect(page).toContain('```ts\napp.get(\n')
  })

  test('rejects an example without a picture and without code', () => {
    const withoutPictures = { ...repository, exists: () => false }
    expect(() => galleryPage(['examples/express/README.md'], withoutPictures)).toThrow(
      'examples/express needs a screenshot.png',
    )
  })
})

test.for([
  ['1.0.0-rc.1', {}, 'Preview, not published'],
  ['1.0.0-rc.2', { npm: 'https://www.npmjs.com/~somebody' }, 'Preview'],
  ['1.0.0', { npm: 'https://www.npmjs.com/~somebody' }, ''],
] as const)('the header says about version %s with %o: "%s"', ([version, urls, state]) => {
  expect(stateOf(version, urls)).toBe(state)
})

describe('links to the project', () => {
  test('exist only with a configured address', () => {
    const repository = 'https://git.example/identity-web'

    expect(projectLinks({})).toEqual([])
    expect(editLink('docs/hono.md', {})).toBeUndefined()
    expect(projectLinks({ repository })).toEqual([
      { text: 'Repository', link: repository },
      { text: 'Discussions', link: `${repository}/discussions` },
    ])
    expect(editLink('docs/hono.md', { repository })).toBe(`${repository}/edit/main/docs/hono.md`)
  })
})

describe('the last change of a page', () => {
  test('is the day of its newest commit, and unknown without the history', () => {
    const parent = mkdtempSync(join(tmpdir(), 'identity-web-history-'))
    onTestFinished(() => rmSync(parent, { recursive: true }))
    const folder = join(parent, 'origin')
    const git = (...args: string[]) => execFileSync('git', args, { cwd: parent, stdio: 'pipe' })
    const commit = (name: string, day: string) => {
      writeFileSync(join(folder, name), day)
      git('-C', folder, 'add', '.')
      const who = ['-c', 'user.name=a', '-c', 'user.email=a@b.example']
      execFileSync('git', ['-C', folder, ...who, 'commit', '-m', name, '--date', day], {
        env: { ...process.env, GIT_COMMITTER_DATE: `${day}T12:00:00Z` },
        stdio: 'pipe',
      })
    }
    git('init', folder)
    commit('a.md', '2026-11-01')
    commit('ä.md', '2026-11-02')
    commit('a.md', '2026-11-03')

    expect([...changesOf(folder)]).toEqual([
      ['a.md', '2026-11-03'],
      ['ä.md', '2026-11-02'],
    ])
    git('clone', '--depth', '1', `file://${folder}`, join(parent, 'shallow'))
    expect(changesOf(join(parent, 'shallow')).size).toBe(0)
    expect(changesOf(parent).size).toBe(0)
  })
})
