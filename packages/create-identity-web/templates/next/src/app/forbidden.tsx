/** The page for users without the role. */
export default function Forbidden() {
  return (
    <>
      <h1>You may not see this page</h1>
      <p>It is for users with the role Todos.Admin.</p>
    </>
  )
}
