import cookie from '@fastify/cookie'
import session from '@fastify/session'
import fastify from 'fastify'
import { pageFor, serveBy } from '../../server/serve.mjs'
import { SESSION_SECRET } from '../settings.mjs'

serveBy(async ({ port, claims }) => {
  const app = fastify()
  await app.register(cookie)
  await app.register(session, {
    secret: SESSION_SECRET,
    cookie: { secure: false },
    saveUninitialized: false,
  })
  app.get('/sign-in', (request, reply) => {
    request.session.user = claims
    return reply.redirect('/')
  })
  app.get('/', (request, reply) => {
    const { user } = request.session
    return user === undefined ? reply.code(401).send() : pageFor(user.name)
  })
  await app.listen({ port, host: '127.0.0.1' })
})
