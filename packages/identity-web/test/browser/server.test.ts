import { renderToPipeableStream, renderToString as renderReact } from 'react-dom/server'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { createElement, StrictMode, Suspense, type ReactElement } from 'react'
import { createSSRApp, defineComponent, h } from 'vue'
import { renderToString as renderVue } from 'vue/server-renderer'
import { createSession } from 'identity-web/browser'
import { SessionProvider, useExpiring, useSession } from 'identity-web/react'
import {
  sessionPlugin,
  useExpiring as useVueExpiring,
  useSession as useVueSession,
} from 'identity-web/vue'
import { describe, expect, test, vi } from 'vitest'

interface View {
  readonly name: string
}

const SIGNED_IN = {
  user: { name: 'Alex' },
  expiresInSeconds: 1800,
  absoluteExpiresInSeconds: 86_400,
  loginUrl: '/login',
  logoutUrl: '/logout',
}

function Greeting(): ReactElement {
  const { status, user } = useSession<View>()
  useExpiring()
  return createElement('p', null, `${status}: ${user?.name ?? 'nobody'}`)
}

describe('on a server', () => {
  test('a session does not send requests, does not keep a process alive, and knows what the server has told', () => {
    const fetching = vi.spyOn(globalThis, 'fetch')
    const channels = vi.spyOn(globalThis, 'BroadcastChannel')
    const session = createSession<View>({ initial: SIGNED_IN })
    const listener = vi.fn<(state: object) => void>()
    session.subscribe(listener)()
    session.onExpiring(() => {})()

    expect(listener).toHaveBeenCalledExactlyOnceWith({
      status: 'signed-in',
      user: { name: 'Alex' },
    })
    expect(session.secondsLeft()).toBe(1800)
    expect(createSession().current).toEqual({ status: 'loading', user: null })
    expect(createSession({ initial: { user: null, loginUrl: '/login' } }).current.status).toBe(
      'signed-out',
    )
    expect(fetching).not.toHaveBeenCalled()
    expect(channels).not.toHaveBeenCalled()
    session.close()
  })

  test('React renders the initial session, or a state of loading', () => {
    const render = (initialSession?: typeof SIGNED_IN): string =>
      renderReact(
        createElement(
          StrictMode,
          null,
          createElement(SessionProvider<View>, { initialSession }, createElement(Greeting)),
        ),
      )

    expect(render(SIGNED_IN)).toBe('<p>signed-in: Alex</p>')
    expect(render()).toBe('<p>loading: nobody</p>')
    expect(() => renderReact(createElement(Greeting))).toThrow(
      '<SessionProvider> of identity-web/react',
    )
  })

  test('React streams parts that wait for data with the same session', async () => {
    let data: string | undefined
    const waiting = new Promise<void>((resolve) => {
      setTimeout(() => {
        data = 'late'
        resolve()
      })
    })
    function Late(): ReactElement {
      // React calls this again when the promise is resolved.
      // oxlint-disable-next-line typescript/only-throw-error -- this is how React 18 waits
      if (data === undefined) throw waiting
      return createElement('div', null, data, createElement(Greeting))
    }
    const stream = new PassThrough()
    const { pipe } = renderToPipeableStream(
      createElement(
        SessionProvider<View>,
        { initialSession: SIGNED_IN },
        createElement(Greeting),
        createElement(Suspense, { fallback: 'wait' }, createElement(Late)),
      ),
    )
    pipe(stream)

    expect((await text(stream)).match(/signed-in: Alex/g)).toHaveLength(2)
  })

  test('Vue renders the initial session', async () => {
    const Page = defineComponent(() => {
      const { status, user } = useVueSession<View>()
      const expiring = useVueExpiring()
      return () =>
        h(
          'p',
          `${status.value}: ${user.value?.name ?? 'nobody'} ${expiring.value?.secondsLeft ?? 'no warning'}`,
        )
    })

    expect(await renderVue(createSSRApp(Page).use(sessionPlugin({ initial: SIGNED_IN })))).toBe(
      '<p>signed-in: Alex no warning</p>',
    )
    await expect(renderVue(createSSRApp(Page))).rejects.toThrow('app.use(sessionPlugin())')
  })
})
