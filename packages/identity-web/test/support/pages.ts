import type { Express } from 'express'
import type { Auth } from 'identity-web/express'

/**
 * Declares the pages of a site. `/` and `/other` need a sign-in, `/mail` needs the scope Mail.Read, `/me` needs
 * User.Read, `/token` needs User.Read and shows the token, `/open` is public.
 */
export function declarePages<User>(app: Express, auth: Auth<User>): void {
  for (const path of ['/', '/other']) {
    app.get(
      path,
      auth.loginRequired((_req, res, context) => void res.json(context)),
    )
  }
  for (const [path, scopes] of [
    ['/mail', 'Mail.Read'],
    ['/me', 'User.Read'],
  ] as const) {
    app.get(
      path,
      auth.loginRequired({ scopes }, async (_req, res, context) => {
        const response = await context.fetch('/me')
        res.json({ status: response.status, body: await response.json(), scopes: context.scopes })
      }),
    )
  }
  app.get(
    '/token',
    auth.loginRequired(
      { scopes: 'User.Read' },
      (_req, res, { accessToken }) => void res.json({ accessToken }),
    ),
  )
  app.get('/open', async (req, res) => void res.json({ user: (await auth.getUser(req)) ?? null }))
}
