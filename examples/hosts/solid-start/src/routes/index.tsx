import { createAsync } from '@solidjs/router'
import { Show } from 'solid-js'
import { UserHeader } from '../header'
import { getName } from '../user'

export default function Home() {
  const name = createAsync(() => getName())
  return (
    <>
      <UserHeader name={name()} />
      <main>
        <Show when={name()} fallback={<h1>Welcome</h1>}>
          <h1>Hello, {name()}</h1>
        </Show>
      </main>
    </>
  )
}
