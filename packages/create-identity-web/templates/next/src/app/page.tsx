/** The page for everybody, which users see again after the sign-out. */
export default function Home() {
  return (
    <>
      <h1>Welcome to my-app</h1>
      <p>This application signs you in, and shows your account and the pages for your role.</p>
    </>
  )
}
