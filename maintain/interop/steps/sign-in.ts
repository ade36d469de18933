import { deviceCode } from 'identity-web/device-code'
import {
  assert,
  expectPage,
  expectRejected,
  isSignedIn,
  signIn,
  visit,
  type Step,
} from '../step.ts'
import type { Page } from 'playwright-core'

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
      const { site, provider } = context
      site.connect(provider, { responseMode: 'form_post' })
      const page = await context.openPage()
      const methods: string[] = []
      page.on('request', (request) => {
        if (request.url().startsWith(site.registration.redirectUri)) methods.push(request.method())
      })
      expectPage(context, await visit(context, page, '/profile'))
      // A provider that ignores the parameter responds in the query.
      assert.deepEqual(methods, ['POST'])
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
      await page.context().clearCookies({ name: /^identity(?!-web-dev)/ })
      assert.equal(await isSignedIn(context, page), false)
      let actions = 0
      const act = async (shown: Page): Promise<boolean> => {
        const hasActed = await context.provider.act(shown)
        if (hasActed) actions += 1
        return hasActed
      }
      const counting = { ...context, provider: { ...context.provider, act } }
      expectPage(context, await visit(counting, page, '/silent'))
      assert.equal(actions, 0, 'The provider showed a page.')
    },
  },
  {
    name: 'New authentication (`max_age=0`)',
    needs: 'max-age',
    async run(context) {
      context.site.connect(context.provider)
      const page = await signIn(context)
      // auth_time has seconds. A provider that ignores max_age returns the time of the first sign-in.
      await page.waitForTimeout(2100)
      const since = Math.floor(Date.now() / 1000)
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
      site.connect(provider, { signIn: deviceCode() })
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
