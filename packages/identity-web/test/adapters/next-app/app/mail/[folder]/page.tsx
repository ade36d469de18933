import { auth } from '../../../auth.ts'

// oxlint-disable-next-line import/no-default-export -- what Next.js takes
export default auth.loginRequired.page(
  { scopes: ['Mail.Read'] },
  async ({ scopes, expiresInSeconds }, { params, searchParams }) => {
    const shown = { ...(await params), ...(await searchParams), scopes, expiresInSeconds }
    return <pre>{JSON.stringify(shown)}</pre>
  },
)
