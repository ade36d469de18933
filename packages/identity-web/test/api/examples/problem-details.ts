import type { Express, NextFunction, Request, Response } from 'express'
import { IdentityError } from 'identity-web'
import type { ApiAuth } from 'identity-web/express'

/** Adds the route and the error handler that docs/errors.md shows for problem details. */
export function handleProblems(app: Express, api: ApiAuth): void {
  // oxlint-disable promise/no-promise-in-callback -- Express 4 ignores rejected promises, so the handler cannot be async.
  // #region guide
  app.get('/todos', async (req, res, next) => {
    const caller = await api.authenticate(req, { scopes: ['Todos.Read'] })
    if (!caller.ok) return next(caller.error)
    res.json({ owner: caller.context.user.sub })
  })

  // After your routes. `errorBody` returns the problem.
  app.use((error: unknown, req: Request, res: Response, next: NextFunction) => {
    if (res.headersSent || !IdentityError.is(error)) next(error)
    else sendProblem(req, res, error).catch(next)
  })

  async function sendProblem(req: Request, res: Response, error: IdentityError) {
    const response = await api.toResponse(req, error)
    res.status(response.status).setHeaders(response.headers).type('application/problem+json')
    res.send(await response.text())
  }
  // #endregion
}
