import { auth } from '../../auth.ts'
import { Header } from '../header.tsx'

// oxlint-disable-next-line import/no-default-export -- Next.js requires it
export default auth.loginRequired.page(
  { scopes: process.env['IDENTITY_SCOPE'] ?? [] },
  async (context) => {
    // Without API_URL, it calls Microsoft Graph.
    const response = await context.fetch(process.env['API_URL'] || '/me')
    return (
      <>
        <Header claims={context.claims} current="/call_api" />
        <main>
          <h1>The response of the API</h1>
          <p>{`The API was called with your access token. It returned status ${response.status}:`}</p>
          <pre>{indented(await response.text())}</pre>
        </main>
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
