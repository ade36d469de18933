import { A } from '@solidjs/router'
import type { JSX } from 'solid-js'

export function Header(props: { readonly children?: JSX.Element }) {
  return (
    <header>
      <A class="app" href="/">
        SolidStart
      </A>
      <nav aria-label="Pages">
        <A href="/about">About</A>
      </nav>
      <div class="user">{props.children}</div>
    </header>
  )
}
