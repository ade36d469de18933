import type { Express, NextFunction, Request, Response } from 'express'
import { IdentityError } from 'identity-web'
import type { ApiAuth } from 'identity-web/express'

/** Adds the error handler that docs/errors.md shows. */
export function handleErrors(app: Express, api: ApiAuth): void {
  // oxlint-disable promise/no-promise-in-callback -- Express 4 ignores rejected promises, so the handler cannot be async.
  // #region guide
  // After your routes. Express recognizes an error handler by its four parameters.
  app.use((error: unknown, req: Request, res: Response, next: NextFunction) => {
    if (res.headersSent) next(error)
    else if (IdentityError.is(error)) api.sendResponse(req, res, error).catch(next)
    else {
      console.error(error)
      res.status(500).json({ error: 'internal_error' })
    }
  })
  // #endregion
}
