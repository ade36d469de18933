import { IdentityError } from 'identity-web'
import { describe, expect, test } from '../support/fixtures.ts'
import { Browser, sendToCallback, signIn, type Site } from '../support/site.ts'

/** A page that responds to an error of its code. */
function failWith(site: Site, error: unknown, options?: { scopes: string }): void {
  site.app.get('/failing', (req, res, next) => {
    site.auth.sendResponse(req, res, error, options).catch(next)
  })
}

describe('an error outside a guard', () => {
  test('that asks for consent leads to the provider and back to the page', async ({
    site,
    provider,
  }) => {
    site.app.get('/mails', (req, res, next) => {
      site.auth
        .getTokenForUser(req, 'Mail.Read')
        .then(({ scopes }) => res.json(scopes))
        .catch((error: unknown) => site.auth.sendResponse(req, res, error))
        .catch(next)
    })
    const browser = await signIn(site, provider)

    const { location } = await browser.navigate(`${site.origin}/mails`)
    const back = await sendToCallback(browser, await provider.signIn(location ?? '', {}))

    expect(new URL(location ?? '').searchParams.get('login_hint')).toBeTruthy()
    expect(back.location).toBe('/mails')
    expect((await browser.navigate(`${site.origin}/mails`)).json()).toEqual(['Mail.Read'])
  })

  test('requests the scopes of the option, if the error does not know them', async ({
    site,
    provider,
  }) => {
    failWith(site, new IdentityError('interaction_required', 'x'), { scopes: 'Calendars.Read' })
    const browser = await signIn(site, provider)

    const page = await browser.navigate(`${site.origin}/failing`)

    expect(new URL(page.location ?? '').searchParams.get('scope')).toContain('Calendars.Read')
  })

  test.for([
    ['access_denied', 403, undefined],
    ['store_unavailable', 503, '5'],
    ['configuration', 500, undefined],
  ] as const)('%s is a page with the status %d', async ([code, status, retry], { site }) => {
    failWith(site, new IdentityError(code, 'x'))

    const page = await new Browser().navigate(`${site.origin}/failing`)
    const script = await new Browser().script(`${site.origin}/failing`)

    expect([page.status, page.headers['content-type'], page.headers['retry-after']]).toEqual([
      status,
      'text/html; charset=utf-8',
      retry,
    ])
    expect([script.status, script.json()]).toMatchObject([status, { error: code }])
  })

  test('store_unavailable offers a signed-in user the page again, because a sign-in would fail too', async ({
    site,
    provider,
  }) => {
    failWith(site, new IdentityError('store_unavailable', 'x'))
    const browser = await signIn(site, provider)

    const page = await browser.navigate(`${site.origin}/failing?id=1`)

    expect(page.text).toContain(`href="${site.origin}/failing?id=1"`)
    expect(page.text).not.toContain('/login')
  })

  test('refresh_required starts a sign-in', async ({ site, provider }) => {
    failWith(site, new IdentityError('refresh_required', 'x'))
    const browser = await signIn(site, provider)

    const page = await browser.navigate(`${site.origin}/failing`)
    const script = await browser.script(`${site.origin}/failing`)

    expect(page.location).toMatch(provider.authority())
    expect([script.status, script.json()]).toMatchObject([401, { error: 'refresh_required' }])
  })

  test('is thrown if it is not of this library, or if the response was sent', async ({ site }) => {
    const error = new TypeError('of the application')
    const request = new Request(`${site.origin}/`)
    const sent = new Promise((resolve) => {
      site.app.get('/sent', (req, res) => {
        res.write('sent')
        site.auth
          .sendResponse(req, res, new IdentityError('access_denied', 'late'))
          .catch(resolve)
          .finally(() => res.end())
      })
    })

    await expect(site.auth.toResponse(request, error)).rejects.toBe(error)
    expect((await new Browser().navigate(`${site.origin}/sent`)).text).toBe('sent')
    expect(await sent).toMatchObject({ message: 'late' })
  })

  test('is thrown also if the client closes the connection after the response', async ({
    site,
  }) => {
    const sent = new Promise((resolve) => {
      site.app.get('/sent', (req, res) => {
        res.once('close', () => {
          const lost = Object.assign(new Error('The database is gone.'), { code: 'ECONNRESET' })
          void site.auth.sendResponse(req, res, lost).catch(resolve)
        })
        res.end('sent')
      })
    })

    await new Browser().navigate(`${site.origin}/sent`)

    expect(await sent).toMatchObject({ code: 'ECONNRESET' })
  })

  test('of wrong settings shows them', async ({ openSite }) => {
    const site = await openSite({ clientId: '' })
    const error = new IdentityError('login_required', 'x')

    expect((await site.auth.toResponse(new Request('http://x/'), error)).status).toBe(500)
    expect(await site.auth.authenticate({ headers: {} })).toMatchObject({
      ok: false,
      error: { code: 'configuration' },
    })
    await expect(site.auth.toResponse(new Request('http://x/'), 7)).rejects.toBe(7)
  })
})

describe('an error of an API outside a guard', () => {
  const request = { method: 'GET', url: '/', headers: {} }

  test.for([
    ['login_required', 401, /^Bearer scope="[^"]*Todos.Read"/],
    ['invalid_token', 401, /error="invalid_token"/],
    ['insufficient_scope', 403, /error="insufficient_scope".*scope="[^"]*Todos.Read"/],
    ['interaction_required', 401, /error="interaction_required"/],
    ['access_denied', 403, /^null$/],
    ['store_unavailable', 503, /^null$/],
  ] as const)(
    '%s has the status %d and its challenge',
    async ([code, status, challenge], { api }) => {
      const error = new IdentityError(code, 'x')

      const response = await api.api.toResponse(request, error, { scopes: ['Todos.Read'] })

      expect(response.status).toBe(status)
      expect(String(response.headers.get('www-authenticate'))).toMatch(challenge)
    },
  )

  test('has the scopes of authenticate() that returned it', async ({ openApi, provider }) => {
    const { api } = await openApi({}, () => undefined)
    const missing = await api.authenticate(request, { scopes: ['Todos.ReadWrite'] })
    const token = await provider.accessToken({ as: 'alex', scopes: ['Todos.Read'] })
    const lacking = await api.authenticate(request, { token, scopes: ['Todos.ReadWrite'] })
    if (missing.ok || lacking.ok) throw new Error('The request was accepted.')

    for (const { error, headers } of [missing, lacking]) {
      const response = await api.toResponse(request, error)
      const other = await api.toResponse(request, error, { scopes: ['Todos.Other'] })

      expect(headers['www-authenticate']).toMatch(/scope="[^"]*Todos.ReadWrite"/)
      expect(response.headers.get('www-authenticate')).toBe(headers['www-authenticate'])
      expect(other.headers.get('www-authenticate')).toMatch(/scope="[^"]*Todos.Other"/)
    }
  })

  test('is sent by an error handler of Express, and others are thrown', async ({ openApi }) => {
    const api = await openApi({}, (app, of) => {
      app.get('/ours', (req, res, next) => {
        of.sendResponse(req, res, new IdentityError('invalid_token', 'x')).catch(next)
      })
      app.get('/theirs', (req, res, next) => {
        of.sendResponse(req, res, new TypeError('theirs')).catch(next)
      })
    })

    expect((await api.call('/ours')).challenge).toMatchObject({ error: 'invalid_token' })
    expect(await api.call('/theirs')).toMatchObject({ status: 500 })
  })

  test('of wrong settings shows them', async ({ openApi }) => {
    const { api } = await openApi({ clientId: '', audience: [] })

    expect((await api.toResponse(request, new IdentityError('invalid_token', 'x'))).status).toBe(
      500,
    )
    expect(await api.authenticate(request)).toMatchObject({ ok: false, status: 500 })
    await expect(api.toResponse(request, 7)).rejects.toBe(7)
  })
})
