import { A, createAsync } from '@solidjs/router'
import { Show } from 'solid-js'
import { getName } from '../user'

export default function Home() {
  const name = createAsync(() => getName())
  return (
    <main>
      <Show when={name()} fallback={<h1>Welcome</h1>}>
        <h1>Hello, {name()}</h1>
      </Show>
      <nav>
        <A href="/about">About</A>
        {/* The router does not know the routes of sign-in, so the browser loads them. */}
        <Show
          when={name()}
          fallback={
            <a href="/login" rel="external">
              Sign in
            </a>
          }
        >
          <a href="/logout" rel="external">
            Sign out
          </a>
        </Show>
      </nav>
    </main>
  )
}
