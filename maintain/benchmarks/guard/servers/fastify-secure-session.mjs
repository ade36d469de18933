import secureSession from '@fastify/secure-session'
import fastify from 'fastify'
import { pageFor, serveBy } from '../../server/serve.mjs'
import { SESSION_SECRET } from '../settings.mjs'

serveBy(async ({ port, claims }) => {
  const app = fastify()
  // All claims do not fit into one cookie. This server omits the groups, which is an advantage.
  const { groups: _, ...user } = claims
  await app.register(secureSession, {
    secret: SESSION_SECRET,
    salt: 'sixteen-bytes-xx',
    cookie: { path: '/' },
  })
  app.get('/sign-in', (request, reply) => {
    request.session.set('user', user)
    return reply.redirect('/')
  })
  app.get('/', (request, reply) => {
    const known = request.session.get('user')
    return known === undefined ? reply.code(401).send() : pageFor(known.name)
  })
  await app.listen({ port, host: '127.0.0.1' })
})
