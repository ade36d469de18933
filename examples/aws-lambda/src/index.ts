import { toLambdaHandler } from 'identity-web/aws-lambda'
import { Auth, type Handler } from 'identity-web/fetch'
import { accountPage, apiPage, homePage } from '../../serverless-pages.ts'

// The settings are variables: IDENTITY_AUTHORITY, IDENTITY_CLIENT_ID, IDENTITY_CLIENT_SECRET, IDENTITY_REDIRECT_URI and
// IDENTITY_SESSION_SECRET. The sign-in requests no scopes. The page /call_api requests the consent when it is needed.
const basePath = process.env.BASE_PATH?.replace(/\/$/, '') ?? ''
const auth = new Auth({ scopes: [], basePath })

const pages: Readonly<Record<string, Handler>> = {
  '/': async () => html(homePage()),
  '/account': auth.loginRequired(async (request, { user }) => {
    const form = request.method === 'POST' ? await request.formData() : undefined
    const note = form?.get('note')
    return html(
      accountPage(user.name, auth.paths.logout, typeof note === 'string' ? note : undefined),
    )
  }),
  '/call_api': auth.loginRequired({ scopes: ['User.Read'] }, async (_request, context) => {
    const response = await context.fetch('/me')
    return html(apiPage(context.user.name, auth.paths.logout, await response.json()))
  }),
  '/api/me': auth.loginRequired((_request, { user }) => Response.json(user)),
}

export const handler = toLambdaHandler((request) =>
  auth.respond(request, () => {
    const page = pages[new URL(request.url).pathname.slice(basePath.length)]
    return page?.(request) ?? new Response('Not found', { status: 404 })
  }),
)

function html(text: string): Response {
  return new Response(text, { headers: { 'content-type': 'text/html; charset=utf-8' } })
}
