import { once } from 'node:events'
import express from 'express'
import { Auth } from '../../../../packages/identity-web/dist/adapters/express/index.js'
import { answerParent } from '../../child.mjs'
import { copySessions } from '../../guard/sessions.mjs'
import { authOptions } from '../../guard/settings.mjs'
import { startStore } from '../../guard/store.mjs'
import { takeMemory } from '../../server/memory.mjs'
import { sendPage } from '../../server/serve.mjs'

// The guarded page with a cache of any size, and with sessions that exist from the start in the memory of this process.

answerParent((message) => {
  if (message.kind === 'cpu') {
    const { user, system } = process.cpuUsage()
    return user + system
  }
  return message.kind === 'memory' ? takeMemory() : start(message)
})

/** @param create - The number of sessions to create, and the session to copy. */
async function start({ keptIn, cacheEntries, create, ...setup }) {
  const store = await startStore(keptIn)
  const app = express()
  const auth = new Auth(app, { ...authOptions(setup, { store }), cacheEntries })
  app.get(
    '/',
    auth.loginRequired((_req, res, { user }) => sendPage(res, user.name)),
  )
  for (const [index, scope] of [setup.signInScope, ...setup.otherScopes].entries()) {
    app.get(
      `/token/${index}`,
      auth.loginRequired({ scopes: [scope] }, (_req, res, { user, accessToken }) =>
        sendPage(res, accessToken === '' ? '' : user.name),
      ),
    )
  }
  const cookies =
    create && (await copySessions(create.session, setup, { count: create.count, store }))
  const server = app.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { port: server.address().port, cookies }
}
