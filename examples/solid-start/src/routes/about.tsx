import { Header } from '../header'

export default function About() {
  return (
    <>
      <Header />
      <main>
        <h1>About</h1>
        <p>Everybody can read this page.</p>
      </main>
    </>
  )
}
