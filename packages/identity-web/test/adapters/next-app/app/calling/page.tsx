import { auth } from '../../auth.ts'

// oxlint-disable-next-line import/no-default-export -- what Next.js takes
export default auth.loginRequired.page(
  { scopes: 'api://todos.contoso.example/Todos.Read' },
  async ({ fetch }, { searchParams }) => {
    const { api } = await searchParams
    const { status } = await fetch(String(api))
    return <pre>{status}</pre>
  },
)
