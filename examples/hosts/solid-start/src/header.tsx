import { A } from '@solidjs/router'
import { Show, type JSX } from 'solid-js'
import mark from './mark.svg'

/** The header of a page that knows its user. The router does not know the routes of sign-in, so the browser loads them. */
export function UserHeader(props: { readonly name: string | undefined }) {
  return (
    <Header>
      <Show
        when={props.name}
        fallback={
          <a class="button" href="/login" rel="external">
            Sign in
          </a>
        }
      >
        <span class="picture" aria-hidden="true">
          {props.name?.split(' ').map(([initial]) => initial)}
        </span>
        <span class="name">{props.name}</span>
        <a class="button quiet" href="/logout" rel="external">
          Sign out
        </a>
      </Show>
    </Header>
  )
}

export function Header(props: { readonly children?: JSX.Element }) {
  return (
    <header>
      <A class="app" href="/">
        <img src={mark} alt="" />
        SolidStart
      </A>
      <nav aria-label="Pages">
        <A href="/" end>
          Home
        </A>
        <A href="/about">About</A>
      </nav>
      <div class="user">{props.children}</div>
    </header>
  )
}
