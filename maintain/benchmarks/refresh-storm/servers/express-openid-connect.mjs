import { once } from 'node:events'
import { RedisStore } from 'connect-redis'
import express from 'express'
import openid from 'express-openid-connect'
import { answerParent } from '../../child.mjs'
import { connectRedis } from '../../redis.mjs'
import { SETTINGS } from '../settings.mjs'
import { control } from './control.mjs'

// The refresh is that of its documentation: the handler refreshes an access token that has expired.

answerParent((message) => control(message) ?? start(message))

async function start({ authority, app: { clientId, clientSecret }, redisUrl }) {
  const app = express()
  app.use(
    openid.auth({
      issuerBaseURL: `${authority}/v2.0`,
      baseURL: new URL(SETTINGS.redirectUri).origin,
      clientID: clientId,
      clientSecret,
      secret: SETTINGS.session.secret,
      authRequired: false,
      ...(redisUrl && { session: { store: await startStore(redisUrl) } }),
      routes: { callback: new URL(SETTINGS.redirectUri).pathname },
      authorizationParams: {
        response_type: 'code',
        scope: `openid profile email offline_access ${SETTINGS.scopes.join(' ')}`,
      },
    }),
  )
  app.get('/', openid.requiresAuth(), async (req, res) => {
    let { accessToken } = req.oidc
    if (accessToken.isExpired()) accessToken = await accessToken.refresh()
    res.json({ name: req.oidc.user.name, hasToken: accessToken.access_token !== '' })
  })
  app.use((_error, _req, res, _next) => res.sendStatus(500))
  const server = app.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { port: server.address().port }
}

async function startStore(url) {
  const client = await connectRedis(url)
  // Without a listener, an outage of Redis ends the process.
  client.on('error', () => undefined)
  return new RedisStore({ client })
}
