import type { Express, Request, Response } from 'express'
import { createGraphQLError, createSchema, createYoga } from 'graphql-yoga'
import type { Auth, Authentication, LoginContext } from 'identity-web/express'

/** Serves GraphQL to signed-in users of an Express application. */
export function serveGraphql(app: Express, auth: Auth): void {
  // #region guide
  type Server = { req: Request; res: Response }
  type Session = { session: Authentication<LoginContext> }

  const schema = createSchema<Server & Session>({
    typeDefs: 'type Query { hello: String! }',
    resolvers: {
      Query: {
        hello(_root, _args, { session }) {
          if (session.ok) return `Hello, ${session.context.user.name}`
          const { code, status } = session.error
          throw createGraphQLError(code, { extensions: { http: { status } } })
        },
      },
    },
  })

  const yoga = createYoga<Server, Session>({
    schema,
    context: async ({ req, res }) => ({ session: await auth.authenticate(req, { res }) }),
  })

  app.use('/graphql', (req, res) => yoga(req, res))
  // #endregion
}
