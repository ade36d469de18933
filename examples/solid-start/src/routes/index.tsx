import { createAsync } from '@solidjs/router'
import { Header } from '../header'
import { getName } from '../user'

export default function Home() {
  const name = createAsync(() => getName())
  // The router does not know the routes of sign-in, so the browser loads them.
  const link = () =>
    name() ? { href: '/logout', text: 'Sign out' } : { href: '/login', text: 'Sign in' }
  return (
    <>
      <Header>
        <a class="button" href={link().href} rel="external">
          {link().text}
        </a>
      </Header>
      <main>
        <h1>{name() ? `Hello, ${name()}` : 'Welcome'}</h1>
      </main>
    </>
  )
}
