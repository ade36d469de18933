import {
  assert,
  expectPage,
  expectRejected,
  isSignedIn,
  signIn,
  visit,
  type Step,
} from '../step.ts'

interface Profile {
  readonly user: { readonly name?: string }
  readonly claims: { readonly sub: string; readonly auth_time?: number }
}

export const signInSteps: readonly Step[] = [
  // First, because a provider remembers the consent.
  {
    name: 'Declined consent shows an error page',
    needs: 'consent',
    async run(context) {
      const { provider, site } = context
      site.connect(provider)
      const page = await context.openPage()
      const { decline = provider.act } = provider
      const declining = { ...context, provider: { ...provider, act: decline } }
      const result = await visit(declining, page, '/profile')
      await expectRejected(context, page, result)
    },
  },
  {
    name: 'Sign in',
    async run(context) {
      context.site.connect(context.provider)
      const page = await signIn(context)
      assert.equal(await isSignedIn(context, page), true)
    },
  },
  {
    name: 'Sign in by `form_post`',
    needs: 'form_post',
    async run(context) {
      context.site.connect(context.provider, { responseMode: 'form_post' })
      await signIn(context)
    },
  },
  {
    name: '`user.name` has a value',
    needs: 'userinfo',
    async run(context) {
      context.site.connect(context.provider, { scopes: ['profile', 'email'] })
      const page = await signIn(context)
      const { user } = JSON.parse(await page.locator('body').innerText()) as Profile
      assert.ok(user.name, `The user is ${JSON.stringify(user)}`)
    },
  },
  {
    name: 'Silent sign-in (`prompt=none`)',
    needs: 'prompt-none',
    async run(context) {
      context.site.connect(context.provider, { prompt: undefined })
      const page = await signIn(context)
      await page.context().clearCookies({ name: /^identity/ })
      assert.equal(await isSignedIn(context, page), false)
      const result = await visit(context, page, '/silent')
      expectPage(context, result)
    },
  },
  {
    name: 'New authentication (`max_age=0`)',
    needs: 'max-age',
    async run(context) {
      context.site.connect(context.provider)
      const page = await signIn(context)
      const since = Math.floor(Date.now() / 1000) - 1
      const result = await visit(context, page, '/fresh')
      expectPage(context, result)
      const { claims } = JSON.parse(result.text) as Profile
      assert.ok((claims.auth_time ?? 0) >= since, `auth_time is ${claims.auth_time}`)
    },
  },
  {
    name: 'Sign in with a device code',
    needs: 'device-code',
    async run(context) {
      const { provider, site } = context
      site.connect(provider, { flow: 'device-code' })
      const page = await context.openPage()
      await page.goto(`${site.origin}/profile`)
      const userCode = (await page.locator('output, code').first().innerText()).trim()
      const link = page.locator('a[target=_blank]').first()
      const uri = (await link.getAttribute('href')) ?? ''
      const other = await context.openPage()
      await other.goto(uri)
      await provider.enterUserCode?.(other, userCode)
      const end = Date.now() + 30_000
      while (!(await isSignedIn(context, page)) && Date.now() < end) {
        await provider.act(other).catch(() => false)
        await other.waitForTimeout(300)
      }
      assert.equal(await isSignedIn(context, page), true, await other.locator('body').innerText())
    },
  },
  {
    name: 'Unknown scope shows an error page',
    needs: 'scope-errors',
    async run(context) {
      context.site.connect(context.provider, { scopes: ['no_such_scope'] })
      const page = await context.openPage()
      await expectRejected(context, page, await visit(context, page, '/profile'))
    },
  },
  {
    name: 'Wrong client secret: the log names the option',
    needs: 'client-secret',
    async run(context) {
      const { provider, site } = context
      const client = {
        ...site.registration,
        ...provider.client,
        clientSecret: 'wrong-secret-0123456789012345678901',
      }
      site.connect({ ...provider, client })
      const page = await context.openPage()
      await expectRejected(context, page, await visit(context, page, '/profile'))
      assert.match(site.logs.join('\n'), /clientCredential|clientAuthentication/)
    },
  },
]
