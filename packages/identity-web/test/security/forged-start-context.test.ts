import { Auth, IdentityError } from 'identity-web/tanstack-start'
import { describe, expect } from 'vitest'
import { test } from '../support/fixtures.ts'
import { SESSION_SECRET } from '../support/site.ts'

// In TanStack Start, the browser sends a part of the context of a server function (`sendContext`). The middleware of `Auth`
// passes the request on in the same context.
describe('a context that the browser sends', () => {
  test('is not a request', async ({ site, provider, signedIn }) => {
    const cookie = [...signedIn.cookies].map(([name, { value }]) => `${name}=${value}`).join('; ')
    const auth = new Auth({
      authority: provider.authority(),
      clientId: provider.app.clientId,
      clientCredential: provider.app.clientSecret,
      redirectUri: `${site.origin}/redirect`,
      session: { secret: SESSION_SECRET, cookie: { name: 'identity' } },
      logger: false,
    })
    const request = new Request(`${site.origin}/`, { headers: { cookie } })
    const forged = {
      request,
      method: 'GET',
      url: '/',
      header: (name: string) => request.headers.get(name) ?? undefined,
      setCookies: () => true,
      noStore: () => undefined,
      isResponseSent: false,
    }
    const guarded = auth.loginRequired((_args: { readonly context: object }, { user }) => user.name)

    const call = guarded({ context: { '~identity-web': forged } })

    await expect(call).rejects.toSatisfy(
      (error) => IdentityError.is(error) && error.code === 'configuration',
    )
    // The cookie is valid, so only the context was rejected.
    const next = async ({ context }: { readonly context: object }): Promise<object> => ({
      response: new Response(await guarded({ context })),
    })
    const response = (await auth.middleware({ request, next })) as Response
    expect(await response.text()).toBe('Alex Rivera')
  })
})
