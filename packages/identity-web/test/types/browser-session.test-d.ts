import { Auth, type BrowserSession, type Claims } from 'identity-web/fetch'
import { Auth as NextAuth } from 'identity-web/next'
import { expectTypeOf, test } from 'vitest'

const request = new Request('http://localhost/')

test('sessionView gets the user of onLogin and the claims', () => {
  void new Auth({
    onLogin: () => ({ id: 7 }),
    browser: {
      sessionView(user, { claims }) {
        expectTypeOf(user).toEqualTypeOf<{ id: number }>()
        expectTypeOf(claims).toEqualTypeOf<Claims>()
        return { id: user.id }
      },
    },
  })
  void new Auth({
    browser: {
      sessionView(user) {
        expectTypeOf(user).toEqualTypeOf<Claims>()
        return { name: user.name }
      },
    },
  })
  // @ts-expect-error The view is an object.
  void new Auth({ browser: { sessionView: ({ name }) => name } })
  // @ts-expect-error The option is required.
  void new Auth({ browser: {} })
})

test('sessionView does not decide the type of the user', () => {
  const sessionView = (user: { readonly id: number }): object => ({ id: user.id })

  void new Auth({ onLogin: () => ({ id: 7 }), browser: { sessionView } })
  // @ts-expect-error Without onLogin, the user is the claims of the ID token.
  void new Auth({ browser: { sessionView } })
})

test('the type of the user does not depend on the order of options, if onLogin declares its parameter', () => {
  void new Auth({
    browser: {
      sessionView(user) {
        expectTypeOf(user).toEqualTypeOf<{ id: string }>()
        return user
      },
    },
    onLogout: (user) => void expectTypeOf(user).toEqualTypeOf<{ id: string }>(),
    onRefresh: (user) => user,
    onLogin: (claims: Claims) => ({ id: claims.sub }),
  })
  void new Auth<{ id: string }>({
    browser: { sessionView: (user) => ({ id: user.id }) },
    onLogin: (claims) => ({ id: claims.sub }),
  })
  void new Auth({
    browser: { sessionView: (user) => ({ name: user.name }) },
    // @ts-expect-error TypeScript infers from left to right, so the user is Claims here.
    onLogin: (claims) => ({ id: claims.sub }),
  })
})

test('the session is that of a user, or of a visitor', async () => {
  const sessionView = (user: Claims): { name: string } => ({ name: user.name ?? '' })
  type View = ReturnType<typeof sessionView>
  const auth = new Auth({ browser: { sessionView } })
  const session = await auth.browserSession<View>(request)

  expectTypeOf(session).toEqualTypeOf<BrowserSession<{ name: string }>>()
  expectTypeOf(session.loginUrl).toEqualTypeOf<string>()
  if (session.user === null) {
    // @ts-expect-error A visitor has no time.
    void session.expiresInSeconds
  } else {
    expectTypeOf(session.user).toEqualTypeOf<{ name: string }>()
    expectTypeOf(session.expiresInSeconds).toEqualTypeOf<number>()
    expectTypeOf(session.absoluteExpiresInSeconds).toEqualTypeOf<number>()
    expectTypeOf(session.logoutUrl).toEqualTypeOf<string>()
  }
})

test('its arguments are those of the framework', () => {
  expectTypeOf(new NextAuth({}).browserSession<{ name: string }>).parameters.toEqualTypeOf<[]>()
  expectTypeOf(new Auth({}).browserSession<{ name: string }>).parameters.toEqualTypeOf<
    [request: Request]
  >()
  expectTypeOf(new Auth({}).paths.session).toEqualTypeOf<string | undefined>()
})
