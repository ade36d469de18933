import type { ErrorRequestHandler } from 'express'
import { AccessDenied, IdentityError } from 'identity-web'
import { Auth, type AuthOptions, type Claims, type LoginRequirement } from 'identity-web/express'
import { Browser } from '../support/browser.ts'
import { describe, expect, test as base } from '../support/fixtures.ts'
import { type Site } from '../support/site.ts'
import { linkUrl, requestParams } from '../support/steps.ts'

// Robin has the roles Todos.Approver and Todos.Reader and is in the group STAFF. Sam has no roles and no groups.
const STAFF = '90000000-0000-4000-8000-000000000021'
const OTHER = '90000000-0000-4000-8000-0000000000ff'

const test = base
  /** A site with one route, `/private`. */
  .extend(
    'open',
    ({ openSite }) =>
      async (requirement: LoginRequirement, options: AuthOptions = {}): Promise<Site> => {
        const site = await openSite(options)
        site.app.all(
          '/private',
          site.auth.loginRequired(
            requirement,
            (_req, res, { claims }) => void res.json(claims.name),
          ),
        )
        return site
      },
  )
  .extend(
    'statuses',
    ({ open }) =>
      async (requirement: LoginRequirement): Promise<readonly number[]> => {
        const site = await open(requirement)
        const found: number[] = []
        for (const as of ['robin', 'sam']) {
          const browser = await site.signIn({ as })
          found.push((await browser.navigate(`${site.origin}/private`)).status)
        }
        return found
      },
  )

describe('a route that only some users may see', () => {
  test.for<[LoginRequirement, readonly number[]]>([
    [{ roles: 'Todos.Approver' }, [200, 403]],
    [{ roles: ['Admin', 'Todos.Reader'] }, [200, 403]],
    [{ roles: ['Admin'] }, [403, 403]],
    [{ roles: ['todos.reader'] }, [403, 403]],
    [{ roles: { allOf: ['Todos.Reader', 'Todos.Approver'] } }, [200, 403]],
    [{ roles: { allOf: ['Todos.Reader', 'Admin'] } }, [403, 403]],
    [{ groups: STAFF }, [200, 403]],
    [{ groups: [OTHER, STAFF.toUpperCase()] }, [200, 403]],
    [{ groups: { allOf: [STAFF, OTHER] } }, [403, 403]],
    [{ claims: { name: 'Robin Chen' } }, [200, 403]],
    [{ claims: { roles: 'Todos.Reader' } }, [200, 403]],
    [{ claims: { name: 'Robin Chen', email: 'other' } }, [403, 403]],
    [{ claims: ({ name }: Claims) => name === 'Robin Chen' }, [200, 403]],
    [{ claims: async ({ name }: Claims) => name === 'Robin Chen' }, [200, 403]],
    [{ claims: () => 'yes' as unknown as boolean }, [403, 403]],
    [{ claims: async () => 1 as unknown as boolean }, [403, 403]],
    [{ roles: ['Todos.Reader'], groups: [OTHER] }, [403, 403]],
    [{ roles: ['Todos.Reader'], claims: () => false }, [403, 403]],
    [{ roles: ['Todos.Reader'], groups: [STAFF], claims: () => true }, [200, 403]],
  ])('returns for %o the statuses %o', async ([requirement, expected], { statuses }) => {
    expect(await statuses(requirement)).toEqual(expected)
  })

  test('shows a page with status 403 and never leads to the provider', async ({ open }) => {
    const site = await open({ roles: ['Admin'] })
    const sam = await site.signIn({ as: 'sam' })

    const answer = await sam.navigate(`${site.origin}/private?a=1`)

    expect(answer.status).toBe(403)
    expect(answer.location).toBeUndefined()
    expect(answer.text).toContain('>You do not have access</h1>')
    expect(answer.text).toContain('assign the role Admin')
    expect(linkUrl(answer, 'Back to the application')).toBe(`${site.origin}/`)
    expect(answer.headers['cache-control']).toBe('private, no-store')
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'")
    expect((await sam.navigate(site.origin)).status).toBe(200)
    expect(site.logs.join('\n')).toContain('The user does not have the role Admin.')
    expect(site.logs.join('\n')).toContain('assign the role Admin at the provider')
  })

  test('offers to sign in with another account, and then returns to the page', async ({
    open,
    provider,
  }) => {
    const site = await open({ roles: ['Todos.Reader'] })
    const browser = await site.signIn({ as: 'sam' })
    const page = await browser.navigate(`${site.origin}/private`)

    const redirect = await browser.navigate(linkUrl(page, 'Sign in with another account'))
    expect(requestParams(redirect).get('prompt')).toBe('select_account')
    const { url } = await provider.signIn(redirect.location ?? '', { as: 'robin' })
    const back = await browser.navigate(url.href)

    expect(back.location).toBe('/private')
    expect((await browser.navigate(`${site.origin}/private`)).json()).toBe('Robin Chen')
  })

  test('returns JSON with status 403 to scripts', async ({ open }) => {
    const site = await open({ roles: ['Admin'] })
    const sam = await site.signIn({ as: 'sam' })

    const answer = await sam.script(`${site.origin}/private`)

    expect(answer.status).toBe(403)
    expect(answer.json()).toEqual({ error: 'access_denied' })
    expect(answer.headers['cache-control']).toBe('private, no-store')
  })

  test.for([
    ['redirect', 'text/html'],
    ['unauthorized', 'application/json'],
  ] as const)('follows challenge: %s', async ([challenge, type], { open }) => {
    const site = await open({ roles: ['Admin'], challenge })
    const sam = await site.signIn({ as: 'sam' })

    for (const ask of ['navigate', 'script'] as const) {
      const answer = await sam[ask](`${site.origin}/private`)
      expect([answer.status, answer.headers['content-type']]).toEqual([
        403,
        expect.stringContaining(type),
      ])
    }
  })

  test('sends visitors without a session to the provider', async ({ open }) => {
    const site = await open({ roles: ['Admin'] })

    expect((await new Browser().navigate(`${site.origin}/private`)).status).toBe(302)
    expect((await new Browser().script(`${site.origin}/private`)).status).toBe(401)
  })

  test('rejects before it asks for consent or for another authentication', async ({ open }) => {
    for (const more of [{ scopes: ['Mail.Read'] }, { acrs: 'c1' }, { maxAgeSeconds: 1 }]) {
      const site = await open({ roles: ['Admin'], ...more })
      const sam = await site.signIn({ as: 'sam' })

      expect((await sam.navigate(`${site.origin}/private`)).status).toBe(403)
    }
  })

  test('shows the page of the application, which gets the user and the missing role', async ({
    open,
    provider,
  }) => {
    const shown: unknown[] = []
    const site = await open(
      { roles: ['Admin'] },
      {
        onLogin: (claims) => ({ ...claims, id: 7 }),
        pages: {
          forbidden: (page) => {
            shown.push(page)
            return '<h1>Not for you</h1>'
          },
        },
      },
    )
    site.app.get('/closed', (_req, _res, next) => next(new AccessDenied({ message: 'Closed.' })))
    const answerError: ErrorRequestHandler = async (error, req, res, _next) =>
      site.auth.sendResponse(req, res, error)
    site.app.use(answerError)
    const sam = await site.signIn({ as: 'sam' })

    const answer = await sam.navigate(`${site.origin}/private`)
    await sam.navigate(`${site.origin}/closed`)

    expect([answer.status, answer.text]).toEqual([403, '<h1>Not for you</h1>'])
    expect(shown.pop()).toMatchObject({
      message: 'Closed.',
      user: { id: 7 },
      requirement: undefined,
    })
    expect(shown).toEqual([
      {
        language: 'en',
        title: 'You do not have access',
        message: expect.stringContaining('not allowed') as unknown,
        user: expect.objectContaining({ id: 7, oid: provider.user('sam').oid }),
        requirement: { option: 'roles', names: ['Admin'], needsAll: false },
        homeUrl: `${site.origin}/`,
        loginUrl: expect.stringContaining(`${site.origin}/login?return_to=%2Fprivate`) as unknown,
      },
    ])
  })

  test('a claims function that throws fails the request', async ({ open }) => {
    const fail = (): never => {
      throw new Error('database')
    }
    for (const claims of [fail, async () => fail()]) {
      const site = await open({ claims })
      const robin = await site.signIn({ as: 'robin' })

      const answer = await robin.navigate(`${site.origin}/private`)

      expect(answer.status).toBe(500)
      expect(answer.text).not.toContain('Robin Chen')
    }
  })

  test('lists that change after the route was declared have no effect', async ({ open }) => {
    const roles = ['Admin']
    const site = await open({ roles })
    roles.push('Todos.Reader')
    const robin = await site.signIn({ as: 'robin' })

    expect((await robin.navigate(`${site.origin}/private`)).status).toBe(403)
  })
})

describe('AccessDenied', () => {
  const MARKUP = 'Only <b>"members"</b> & friends'

  test.for<[string, () => unknown]>([
    [
      'a handler that throws',
      () => {
        throw new AccessDenied({ message: MARKUP })
      },
    ],
    ['a handler that rejects', () => Promise.reject(new AccessDenied({ message: MARKUP }))],
  ])('of %s is shown to the user, escaped', async ([, handler], { openSite }) => {
    const site = await openSite()
    site.app.get('/mine', site.auth.loginRequired(handler))
    const robin = await site.signIn({ as: 'robin' })

    const page = await robin.navigate(`${site.origin}/mine`)
    const script = await robin.script(`${site.origin}/mine`)

    expect(page.status).toBe(403)
    expect(page.text).toContain('<p>Only &lt;b&gt;&quot;members&quot;&lt;/b&gt; &amp; friends</p>')
    expect(page.text).not.toContain('For developers')
    expect([script.status, script.json()]).toEqual([
      403,
      { error: 'access_denied', message: MARKUP },
    ])
  })

  test('can bring a page of its own', async ({ openSite }) => {
    const site = await openSite({ pages: { forbidden: () => 'the page of all' } })
    site.app.get(
      '/own',
      site.auth.loginRequired(() => {
        throw new AccessDenied({ message: 'm', page: '<h1>Upgrade</h1>' })
      }),
    )
    site.app.get(
      '/all',
      site.auth.loginRequired(() => {
        throw new AccessDenied({ message: 'm' })
      }),
    )
    const robin = await site.signIn({ as: 'robin' })

    expect((await robin.navigate(`${site.origin}/own`)).text).toBe('<h1>Upgrade</h1>')
    expect((await robin.navigate(`${site.origin}/all`)).text).toBe('the page of all')
  })

  test('in onLogin shows its message and starts no session', async ({ openSite, provider }) => {
    const site = await openSite({
      onLogin: () => {
        throw new AccessDenied({ message: 'Your account is not active.' })
      },
    })
    const browser = new Browser()
    const redirect = await browser.navigate(site.origin)
    const { url } = await provider.signIn(redirect.location ?? '', { as: 'robin' })

    const answer = await browser.navigate(url.href)

    expect(answer.status).toBe(403)
    expect(answer.text).toContain('Your account is not active.')
    expect((await browser.navigate(site.origin)).status).toBe(302)
  })

  test('differs from another error with its code, whose message is for developers', async ({
    openSite,
  }) => {
    const site = await openSite()
    const onError: ErrorRequestHandler = (error: IdentityError, _req, res, _next) => {
      res.status(500).end(error.code)
    }
    site.app.get(
      '/internal',
      site.auth.loginRequired(async () => {
        throw new IdentityError('access_denied', 'MARKED-internal')
      }),
      onError,
    )
    const robin = await site.signIn({ as: 'robin' })

    const answer = await robin.navigate(`${site.origin}/internal`)

    expect([answer.status, answer.text]).toEqual([500, 'access_denied'])
  })

  test.for<[string, (message: string) => Promise<boolean> | boolean]>([
    [
      'synchronous',
      (message) => {
        throw new AccessDenied({ message })
      },
    ],
    [
      'asynchronous',
      async (message) => {
        throw new AccessDenied({ message })
      },
    ],
  ])('in a %s function for claims shows its message', async ([, check], { open }) => {
    const site = await open({ claims: () => check('Only for members of the club.') })
    const robin = await site.signIn({ as: 'robin' })

    const answer = await robin.navigate(`${site.origin}/private`)

    expect(answer.status).toBe(403)
    expect(answer.text).toContain('>You do not have access</h1>')
    expect(answer.text).toContain('Only for members of the club.')
  })

  test('is an IdentityError with status 403', () => {
    const cause = new Error('cause')
    const error = new AccessDenied({ message: 'no', page: 'p', cause })

    expect(error).toBeInstanceOf(IdentityError)
    expect(error).toMatchObject({ code: 'access_denied', status: 403, message: 'no', page: 'p' })
    expect(error.cause).toBe(cause)
  })
})

describe('a requirement that says nothing is an error when the route is declared', () => {
  // Created in each test. A test of the file before could leave its environment variables until then.
  const open = (): Auth =>
    new Auth({
      authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com',
      clientId: 'app',
      redirectUri: 'http://localhost:5000/redirect',
      logger: {},
    })
  const wrong = new Auth({ clientId: 7 as unknown as string, logger: {} })
  const handler = (): void => undefined
  const refused: unknown = expect.objectContaining({ code: 'configuration' })

  test.for<[string, unknown]>([
    ['an undefined requirement', undefined],
    ['null', null],
    ['a string', 'Admin'],
    ['a list', ['Admin']],
    ['no roles', { roles: [] }],
    ['an empty string', { roles: '' }],
    ['an unset variable for roles', { roles: undefined }],
    ['a list with an unset variable', { roles: [undefined] }],
    ['no roles for allOf', { roles: { allOf: [] } }],
    ['an unset variable for allOf', { roles: { allOf: undefined } }],
    ['anyOf, which is of scopes', { roles: { anyOf: ['A'] } }],
    ['no groups', { groups: [] }],
    ['the name of a group at Entra ID', { groups: ['Staff'] }],
    ['no claims', { claims: {} }],
    ['an unset variable for a claim', { claims: { department: undefined } }],
    ['an unset variable for claims', { claims: undefined }],
    ['no scopes', { scopes: [] }],
    ['an unset variable for scopes', { scopes: undefined }],
    ['anyOf for scopes', { scopes: { anyOf: ['User.Read'] } }],
    ['an unset variable for acrs', { acrs: undefined }],
    ['an unset variable for maxAgeSeconds', { maxAgeSeconds: undefined }],
    ['zero for maxAgeSeconds', { maxAgeSeconds: 0 }],
    ['an unknown challenge', { challenge: 'none' }],
    ['an unset variable for challenge', { challenge: undefined }],
    ['app permissions, which are of APIs', { appPermissions: ['A'] }],
  ])('%s', ([, requirement]) => {
    const given = requirement as LoginRequirement

    expect(() => open().loginRequired(given)).toThrow(refused)
    expect(() => open().loginRequired(given, handler)).toThrow(refused)
    if (requirement !== undefined && JSON.stringify(requirement) !== '{"groups":["Staff"]}') {
      expect(() => wrong.loginRequired(given, handler)).toThrow(refused)
    }
  })

  test('a handler and a requirement in the wrong order', () => {
    const swapped = open().loginRequired as unknown as (...given: unknown[]) => unknown

    expect(() => swapped(handler, { roles: ['Admin'] })).toThrow(refused)
    expect(() => swapped({ roles: ['Admin'] }, { roles: ['Admin'] })).toThrow(refused)
    expect(() => swapped(handler, undefined)).toThrow(refused)
  })

  test('the message names the option and shows a valid requirement', () => {
    expect(() => open().loginRequired({ roles: [] as string[] })).toThrow(
      "loginRequired() received roles without a value. Set roles. If the route does not need roles, remove it. Example: loginRequired({ roles: ['Admin'] }).",
    )
  })
})
