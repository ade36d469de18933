import { app, type HttpResponseInit } from '@azure/functions'
import { Auth } from 'identity-web/azure-functions'
import { accountPage, apiPage, homePage } from '../../serverless-pages.ts'

// The settings are variables: IDENTITY_AUTHORITY, IDENTITY_CLIENT_ID, IDENTITY_CLIENT_SECRET, IDENTITY_REDIRECT_URI and
// IDENTITY_SESSION_SECRET. The sign-in requests no scopes. The page /call_api requests the consent when it is needed.
const auth = new Auth({ scopes: [], basePath: process.env.BASE_PATH?.replace(/\/$/, '') ?? '' })

// The folder of the redirect URI, below the route prefix of host.json.
app.http('identity', { route: 'auth/{*path}', methods: ['GET', 'POST'], handler: auth.handler })

app.http('home', { route: '/', methods: ['GET'], handler: async () => html(homePage()) })

app.http('account', {
  methods: ['GET', 'POST'],
  handler: auth.loginRequired(async (request, { user }) => {
    const form = request.method === 'POST' ? await request.formData() : undefined
    const note = form?.get('note')
    return html(
      accountPage(user.name, auth.paths.logout, typeof note === 'string' ? note : undefined),
    )
  }),
})

app.http('call_api', {
  methods: ['GET'],
  handler: auth.loginRequired({ scopes: ['User.Read'] }, async (_request, context) => {
    const response = await context.fetch('/me')
    return html(apiPage(context.user.name, auth.paths.logout, await response.json()))
  }),
})

app.http('me', {
  route: 'api/me',
  methods: ['GET'],
  handler: auth.loginRequired((_request, { user }) => ({ jsonBody: user })),
})

function html(body: string): HttpResponseInit {
  return { headers: { 'content-type': 'text/html; charset=utf-8' }, body }
}
