import { A } from '@solidjs/router'

export default function About() {
  return (
    <main>
      <h1>About</h1>
      <nav>
        <A href="/">Home</A>
      </nav>
      <p>Everybody can read this page.</p>
    </main>
  )
}
