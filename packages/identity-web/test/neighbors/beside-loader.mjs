// One process with the loader of another package: it imports every entry point of the built package, and serves Express and Fastify.
import { createServer } from 'node:http'

/** Frameworks that import-in-the-middle 1 and 2 and New Relic 13 cannot load, and how they fail. See docs/versions.md. */
const FRAMEWORKS = {
  'identity-web/angular': ['@angular/core', /'\$__sanitizeHtml' has already been declared/],
  'identity-web/nestjs': ['@nestjs/core', /require is not defined in ES module scope/],
}
const { entries, auth } = JSON.parse(process.env.NEIGHBORS)

// Without a build, the packages of Angular need it.
await import('@angular/compiler')
for (const entry of entries) {
  const [framework = 'identity-web', failure] = FRAMEWORKS[entry] ?? []
  const error = await import(framework).then(() => undefined, String)
  if (error === undefined || failure?.test(error) !== true) await import(entry)
}

const origins = {
  Express: await serve(async (options) => {
    const { default: express } = await import('express')
    const { Auth } = await import('identity-web/express')
    const app = express()
    const site = new Auth(app, options)
    app.get(
      '/',
      site.loginRequired((_req, res, { user }) => res.send(user.name)),
    )
    return app
  }),
  Fastify: await serve(async (options) => {
    const { default: Fastify } = await import('fastify')
    const { Auth } = await import('identity-web/fastify')
    let handle
    const app = Fastify({
      serverFactory(handler) {
        handle = handler
        return createServer()
      },
    })
    const site = new Auth(app, options)
    app.get(
      '/',
      site.loginRequired((_req, reply, { user }) => reply.send(user.name)),
    )
    await app.ready()
    return handle
  }),
}
process.send({ origins })

/** Serves an application that knows its own origin. */
async function serve(create) {
  const server = createServer((req, res) => app(req, res)).listen(0)
  await new Promise((resolve) => server.once('listening', resolve))
  const origin = `http://localhost:${server.address().port}`
  const app = await create({ ...auth, redirectUri: `${origin}/auth/redirect`, logger: false })
  return origin
}
