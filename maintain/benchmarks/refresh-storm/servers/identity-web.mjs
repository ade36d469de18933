import { once } from 'node:events'
import express from 'express'
import { Auth } from '../../../../packages/identity-web/dist/adapters/express/index.js'
import { redisStore } from '../../../../packages/identity-web/dist/stores/redis.js'
import { answerParent } from '../../child.mjs'
import { connectRedis } from '../../redis.mjs'
import { SETTINGS } from '../settings.mjs'
import { control } from './control.mjs'

answerParent((message) => control(message) ?? start(message))

async function start({ authority, app: { clientId, clientSecret }, redisUrl }) {
  const events = {}
  const store = redisUrl && redisStore(await connectRedis(redisUrl))
  const app = express()
  const auth = new Auth(app, {
    ...SETTINGS,
    authority,
    clientId,
    clientCredential: clientSecret,
    logger: false,
    now: () => Date.now(),
    session: { ...SETTINGS.session, store },
    onEvent({ type, reason }) {
      const name = reason === undefined ? type : `${type} (${reason})`
      events[name] = (events[name] ?? 0) + 1
    },
  })
  app.get(
    '/',
    auth.loginRequired({ scopes: SETTINGS.scopes }, (_req, res, { user, accessToken }) => {
      res.json({ name: user.name, hasToken: accessToken !== '' })
    }),
  )
  app.get(
    '/page',
    auth.loginRequired((_req, res, { user }) => res.json({ name: user.name })),
  )
  const server = app.listen(0, '127.0.0.1')
  await once(server, 'listening')
  control.events = events
  return { port: server.address().port }
}
