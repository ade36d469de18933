import { auth } from '../../auth.ts'

// oxlint-disable-next-line import/no-default-export -- what Next.js takes
export default auth.loginRequired.page(
  { scopes: process.env['IDENTITY_SCOPE'] ?? [] },
  async (context) => {
    const answer = await context.fetch()
    return (
      <>
        <h1>What the API says</h1>
        <p>{`The API was called with your access token. It answered with status ${answer.status}:`}</p>
        <pre>{indented(await answer.text())}</pre>
        <nav>
          <a href="/">Back</a>
        </nav>
      </>
    )
  },
)

function indented(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    return body
  }
}
