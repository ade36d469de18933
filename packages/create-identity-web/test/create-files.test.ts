import { describe, expect, test } from 'vitest'
import { FRAMEWORKS, type FrameworkName } from '../src/frameworks.js'
import { createFiles } from '../src/project/create-files.js'
import { STORES, type StoreName } from '../src/stores.js'
import { TENANTS, type TenantName } from '../src/tenants.js'

const frameworks = Object.keys(FRAMEWORKS) as FrameworkName[]
const tenants = Object.keys(TENANTS) as TenantName[]

function filesOf(
  framework: FrameworkName,
  tenant: TenantName,
  store: StoreName = 'cookies',
): Map<string, string> {
  const choice = { name: 'shop', framework, tenant, store, packageManager: 'npm' } as const
  return new Map(createFiles(choice, '1.2.3').map(({ path, text }) => [path, text]))
}

describe.each(frameworks)('%s', (framework) => {
  test.for(tenants)('the project for %s is complete', (tenant) => {
    const files = filesOf(framework, tenant)
    const all = [...files.values()].join('\n')
    const { style, favicon, claims } = FRAMEWORKS[framework]
    const required = [style, favicon, claims, 'package.json', '.gitignore', 'test/app.test.ts']
    expect([...files.keys()]).toEqual(expect.arrayContaining(required))
    expect(all).not.toMatch(/#(?:end)?region/)
    const { api } = TENANTS[tenant]
    expect(all.includes('/call_api')).toBe(api === 'graph')
    expect(all.includes('User.Read')).toBe(api === 'graph')
    expect(all.includes('/user_info')).toBe(api === 'user-info')
    expect(all.includes('getEditProfileUrl')).toBe(tenant === 'azure-ad-b2c')
    expect(files.get('test/app.test.ts')).toContain(TENANTS[tenant].account.shown)
    for (const text of files.values()) expect(text).toMatch(/[^\n]\n$/)
  })

  test.for(tenants)('the README for %s names each source file', (tenant) => {
    const files = filesOf(framework, tenant)
    const text = files.get('README.md') ?? ''
    const settings =
      /^(?:README\.md|\.gitignore|package\.json|angular\.json|tsconfig(?:\.app)?\.json|[\w-]+\.config\.ts)$/
    const sources = [...files.keys()].filter((path) => !settings.test(path))

    expect(sources.filter((path) => !text.includes(`| \`${path}\` `))).toEqual([])
    const named = [...text.matchAll(/^\| `([^`]+)`/gm)].map(([, path]) => path)
    expect(new Set(named)).toEqual(new Set(sources))
  })

  test.for(['redis', 'postgres'] as const)('the project with %s passes it to Auth', (name) => {
    const files = filesOf(framework, 'azure-ad-b2c', name)
    const { variable = '', dependencies, devDependencies } = STORES[name] ?? {}
    const { store: path } = FRAMEWORKS[framework]
    const all = [...files.values()].join('\n')
    const specifier = /import \{ store \} from '\.\/([\w.]+)'/.exec(all)?.[1]

    expect(all).toMatch(/session: \{ store \}/)
    expect(path).toMatch(new RegExp(`/${specifier?.replace(/\.ts$/, '')}\\.ts$`))
    expect(files.get(path)).toContain(`Sessions are in cookies, because ${variable} is not set.`)
    for (const file of ['.env', '.env.example', 'README.md'])
      expect(files.get(file)).toMatch(new RegExp(`^${variable}=`, 'm'))
    expect(files.get('README.md')).toContain(`| \`${path}\` `)
    expect(all).not.toMatch(/#(?:end)?region/)
    const manifest = JSON.parse(files.get('package.json') ?? '') as Record<string, object>
    expect(manifest).toMatchObject({ dependencies, devDependencies: devDependencies ?? {} })
    for (const group of ['dependencies', 'devDependencies']) {
      const names = Object.keys(manifest[group] ?? {})
      expect(names).toEqual(names.toSorted())
    }
  })

  test('the project with cookies does not know a store', () => {
    const all = [...filesOf(framework, 'oidc').values()].join('\n')

    expect(all).not.toMatch(/\bstore\b|DATABASE_URL|REDIS_URL|"pg"|"redis"/i)
    expect(all).toMatch(/new Auth\(|forRoot\(/)
    expect(all).not.toMatch(/\(\{\s*\}\)|\{\n\s*\}/)
  })

  test('package.json has the name, and the libraries in the version of the command', () => {
    const manifest = JSON.parse(filesOf(framework, 'oidc').get('package.json') ?? '') as object

    expect(manifest).toMatchObject({
      name: 'shop',
      scripts: {
        dev: expect.stringMatching(
          /^identity-web-dev --env-for oidc (--env .env |--redirect-uri \/auth\/redirect )?-- /,
        ) as string,
      },
      dependencies: { 'identity-web': '^1.2.3' },
      devDependencies: { 'identity-web-dev': '^1.2.3' },
    })
  })

  test('Git ignores the packages, the secrets and the generated files', () => {
    const ignored = filesOf(framework, 'oidc').get('.gitignore')?.split('\n')

    expect(ignored).toEqual(
      expect.arrayContaining([
        'node_modules',
        '*.env',
        '.env*',
        ...FRAMEWORKS[framework].generated,
      ]),
    )
  })
})

test('Next.js has the routes of sign-in in the folder of the redirect URI', () => {
  const files = filesOf('next', 'entra-id')
  const uri = 'http://localhost:3000/auth/redirect'

  expect(files.has('src/app/auth/[...identity]/route.ts')).toBe(true)
  for (const path of ['.env', '.env.example'])
    expect(files.get(path)).toContain(`IDENTITY_REDIRECT_URI=${uri}\n`)
  expect(files.get('README.md')).toContain(`enter \`${uri}\``)
})

test.for([
  ['pnpm', 'pnpm-workspace.yaml', /^allowBuilds:\n  esbuild: true$/m],
  ['yarn', '.yarnrc.yml', /^nodeLinker: node-modules$/m],
] as const)('%s gets its settings in %s', ([packageManager, path, setting]) => {
  const choice = {
    name: 'shop',
    framework: 'hono',
    tenant: 'oidc',
    store: 'cookies',
    packageManager,
  } as const
  const files = createFiles(choice, '1.2.3')

  expect(files.find((file) => file.path === path)?.text).toMatch(setting)
  expect(filesOf('hono', 'oidc').has(path)).toBe(false)
  const ignored = files.find((file) => file.path === '.gitignore')?.text
  expect(ignored?.includes('.yarn/')).toBe(packageManager === 'yarn')
})

test('pnpm gets a decision about the install scripts of the packages of Angular', () => {
  const settings = (framework: FrameworkName): string | undefined => {
    const choice = { name: 'shop', framework, tenant: 'oidc', store: 'cookies' } as const
    const files = createFiles({ ...choice, packageManager: 'pnpm' }, '1.2.3')
    return files.find(({ path }) => path === 'pnpm-workspace.yaml')?.text
  }

  expect(settings('angular')).toBe(
    `${settings('hono')}  '@parcel/watcher': false\n  'lmdb': false\n  'msgpackr-extract': false\n`,
  )
})

test.for([
  ['next', true],
  ['express', false],
] as const)(
  'the README for %s tells whether the tests need the development server to stop: %s',
  ([framework, isOne]) => {
    const text = filesOf(framework, 'entra-id').get('README.md') ?? ''

    expect(text.includes('stop `npm run dev` before you run the tests')).toBe(isOne)
  },
)

test('the settings of Azure AD B2C contain the user flow that is not required', () => {
  const files = filesOf('hono', 'azure-ad-b2c')

  expect(files.get('.env')).toMatch(/^IDENTITY_B2C_EDIT_PROFILE_USER_FLOW=$/m)
  expect(files.get('.env.example')).toMatch(
    /# Not required:\nIDENTITY_B2C_EDIT_PROFILE_USER_FLOW="/,
  )
  expect(files.get('README.md')).toMatch(/IDENTITY_B2C_EDIT_PROFILE_USER_FLOW=.+ # not required\n/)
})

test('the date of the client secret has a place in the settings, and is not required', () => {
  const files = filesOf('hono', 'entra-id')

  expect(files.get('.env')).toMatch(/^IDENTITY_CLIENT_SECRET_EXPIRES=$/m)
  expect(files.get('.env.example')).toMatch(/# Not required.*\nIDENTITY_CLIENT_SECRET_EXPIRES="/)
  expect(files.get('README.md')).toMatch(/IDENTITY_CLIENT_SECRET_EXPIRES=.+ # not required\n/)
})

test('SvelteKit and Astro read the URL of the store as their framework does, and builds do not open it', () => {
  const read = (framework: FrameworkName): string => {
    const files = filesOf(framework, 'entra-id', 'postgres')
    return files.get(FRAMEWORKS[framework].store) ?? ''
  }

  expect(read('sveltekit')).toMatch(/url = env\.DATABASE_URL\n[^]+\nif \(!building\) \{\n/)
  expect(filesOf('sveltekit', 'entra-id', 'postgres').get('src/env.ts')).toContain('DATABASE_URL')
  expect(read('astro')).toContain("url = getSecret('DATABASE_URL')\n")
  expect(read('next')).toMatch(/^if \(process\.env\['NEXT_PHASE'\] !== .+\) \{$/m)
  for (const framework of ['express', 'astro', 'react-router', 'tanstack-start'] as const)
    expect(read(framework)).toMatch(/^else await open\(pool\)$/m)
  expect(read('nuxt')).not.toMatch(/^(?:else )?await/m)
})

describe.each(['angular', 'angular-spa'] as const)('%s', (framework) => {
  test('has the same exact version of all packages of Angular', () => {
    const { dependencies, devDependencies } = JSON.parse(
      filesOf(framework, 'oidc').get('package.json') ?? '',
    ) as Record<'dependencies' | 'devDependencies', Readonly<Record<string, string>>>
    const all = Object.entries({ ...dependencies, ...devDependencies })
    const versions = all.filter(([name]) => name.startsWith('@angular/')).map(([, value]) => value)

    expect(versions.length).toBeGreaterThan(7)
    expect([...new Set(versions)]).toEqual([expect.stringMatching(/^\d+\.\d+\.\d+$/)])
  })

  test('the README says which Node.js it needs', () => {
    const text = filesOf(framework, 'entra-id').get('README.md') ?? ''

    expect(text).toContain(' needs Node.js 22.22.3, 24.15, 26 or later.')
    expect(text.includes('NG_ALLOWED_HOSTS')).toBe(framework === 'angular')
  })

  test('the API and the page for the role have a guard', () => {
    const files = filesOf(framework, 'ad-fs')

    expect(files.get('src/server.ts')).toMatch(/'\/api\/admin', auth\.loginRequired\(\{ roles: /)
    const routes = files.get('src/app/app.routes.ts')
    expect(routes).toMatch(/isAdmin = signedIn\(\{ allow: /)
    expect(routes).toMatch(/component: pages\.Admin, canActivate: \[isAdmin\]/)
    expect(describedIn(files.get('README.md'))).toContain(
      '`src/server.ts` | creates the `Auth` object, and has the guarded API',
    )
  })
})

test.for(['redis', 'postgres'] as const)('Next.js shares one client of %s', (store) => {
  const text = filesOf('next', 'entra-id', store).get('src/store.ts')

  expect(text).toMatch(/ = \(shared\.sessionClient \?\?= url\s/)
  expect(text).toContain('await (shared.sessionsOpen ??= open(')
})

test('the build of Angular, which runs in worker threads, does not open the store', () => {
  const read = (framework: FrameworkName): string =>
    filesOf(framework, 'entra-id', 'redis').get('src/store.ts') ?? ''

  expect(read('angular')).toMatch(/^if \(isMainThread\) \{$/m)
  expect(read('angular-spa')).not.toMatch(/isMainThread|NEXT_PHASE/)
})

test.for([
  ['entra-id', /Sam Okafor has this role/],
  ['oidc', /explains roles/],
] as const)('the README for %s explains the page for a role', ([tenant, sentence]) => {
  const text = filesOf('koa', tenant).get('README.md') ?? ''

  expect(text).toContain('The page `/admin` requires the role `Todos.Admin`')
  expect(text).toMatch(sentence)
  expect(text).not.toContain('needs Node.js')
})

test.for(frameworks)(
  'the pages of %s do not name a user of the development provider, because they also run in production',
  (framework) => {
    const found = [...filesOf(framework, 'entra-id')].filter(([, text]) =>
      text.includes('Sam Okafor'),
    )

    expect(found.map(([path]) => path)).toEqual(['README.md'])
  },
)

test('the name of the project is in its header, also if it contains the name in the templates', () => {
  const choice = {
    framework: 'koa',
    tenant: 'oidc',
    store: 'cookies',
    packageManager: 'npm',
  } as const
  const files = createFiles({ ...choice, name: 'my-app-2' }, '1.2.3')
  const read = (path: string) => files.find((file) => file.path === path)?.text

  expect(filesOf('koa', 'oidc').get('src/pages.ts')).toContain('shop</a>')
  expect(read('src/pages.ts')).toContain('my-app-2</a>')
  expect(read('README.md')).toMatch(/^# my-app-2\n/)
})

test('only projects for Entra ID have a picture, because other users have none', () => {
  const hasPicture = (tenant: TenantName) =>
    [...filesOf('hono', tenant).values()].some((text) => text.includes('/photo'))

  expect(tenants.filter(hasPicture)).toEqual(['entra-id'])
})

test.for(Object.keys(FRAMEWORKS) as FrameworkName[])(
  'the picture of %s is always an image, because Microsoft Graph does not decide its type',
  (framework) => {
    const texts = [...filesOf(framework, 'entra-id').values()]
    const [text, ...others] = texts.filter((file) => file.includes('/me/photo/$value'))

    expect(others).toEqual([])
    expect(text).toMatch(/'(?:image\/)?jpeg'/)
    expect(text).not.toContain("headers.get('content-type')")
  },
)

test.for(['entra-id', 'oidc', 'azure-ad-b2c'] as const)(
  'SvelteKit passes on all variables of .env at %s',
  (tenant) => {
    const files = filesOf('sveltekit', tenant)
    const names = files.get('.env')?.match(/^IDENTITY_\w+(?==)/gm) ?? []

    expect(names).toContain('IDENTITY_CLIENT_SECRET_EXPIRES')
    expect(names.filter((name) => !files.get('src/env.ts')?.includes(`${name}: setting`))).toEqual(
      [],
    )
  },
)

test('each project gets another session secret of 32 random bytes', () => {
  const secrets = [1, 2].map(() => {
    const env = filesOf('express', 'entra-id').get('.env') ?? ''
    return /^IDENTITY_SESSION_SECRET=([\w+/]{43}=)$/m.exec(env)?.[1]
  })

  expect(secrets[0]).toBeDefined()
  expect(secrets[0]).not.toBe(secrets[1])
})

test('only .env contains the secret, and only the user may read it', () => {
  const choice = {
    name: 'shop',
    framework: 'hono',
    tenant: 'oidc',
    store: 'postgres',
    packageManager: 'npm',
  } as const
  const files = createFiles(choice, '1.2.3')
  const secret = /SECRET=(\S{44})/.exec(files.find(({ path }) => path === '.env')?.text ?? '')?.[1]

  expect(secret).toHaveLength(44)
  const readers = files.filter(({ text }) => text.includes(secret ?? ''))
  expect(readers).toMatchObject([{ path: '.env', isSecret: true }])
  expect(files.filter(({ isSecret }) => isSecret)).toHaveLength(1)
})

/** Returns the table of files of a README, with one space between its cells. */
function describedIn(text = ''): string {
  return text.replaceAll(/ +/g, ' ')
}
