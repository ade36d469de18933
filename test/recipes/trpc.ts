import { initTRPC, TRPCError } from '@trpc/server'
import {
  createExpressMiddleware,
  type CreateExpressContextOptions,
} from '@trpc/server/adapters/express'
import type { Express } from 'express'
import type { Auth } from 'identity-web/express'

/** Serves a tRPC router to signed-in users of an Express application. */
export function serveTrpc(app: Express, auth: Auth): void {
  // #region guide
  async function createContext({ req, res }: CreateExpressContextOptions) {
    return { session: await auth.authenticate(req, { res }) }
  }

  const t = initTRPC.context<typeof createContext>().create()

  const signedIn = t.procedure.use(({ ctx, next }) => {
    if (ctx.session.ok) return next({ ctx: { user: ctx.session.context.user } })
    throw new TRPCError({ code: 'UNAUTHORIZED', message: ctx.session.error.code })
  })

  const router = t.router({
    hello: signedIn.query(({ ctx }) => `Hello, ${ctx.user.name}`),
  })

  app.use('/trpc', createExpressMiddleware({ router, createContext }))
  // #endregion
}
