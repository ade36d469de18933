import { randomUUID } from 'node:crypto'
import { defaultConfig, startDevProvider } from '../../packages/dev-provider/dist/index.js'
import { answerParent } from '../child.mjs'
import { REPORTS_API } from '../guard/realistic-provider.mjs'

// The provider of one site, in a process of its own. It takes a refresh token once only and ends the session of whoever
// shows it again: a site that refreshes twice signs its user out, and the user tells.

let refreshes = 0

async function start({ users }) {
  const provider = await startDevProvider({
    host: '127.0.0.1',
    config: {
      apps: [...defaultConfig.apps, REPORTS_API],
      users: Array.from({ length: users }, (_, number) => toUser(number)),
    },
    behaviour: {
      consent: 'skip',
      reuseDetection: true,
      // Refreshed after eight seconds; sessions are renewed after twenty.
      accessTokenSeconds: 10,
      idTokenSeconds: 20,
    },
  })
  provider.tamper = {
    tokenResponse(body, grantType) {
      if (grantType === 'refresh_token') refreshes += 1
      return body
    },
  }
  return {
    origin: provider.origin,
    authority: provider.authority(),
    app: provider.app,
    users: provider.config.users.map(({ username, name }) => ({ username, name })),
  }
}

const groups = Array.from({ length: 20 }, () => randomUUID())

function toUser(number) {
  return {
    username: `user${number}@contoso.onmicrosoft.com`,
    name: `User ${number}`,
    givenName: 'User',
    surname: String(number),
    oid: randomUUID(),
    tenant: defaultConfig.tenants[0].id,
    groups,
  }
}

answerParent((message) => (message.kind === 'refreshes' ? refreshes : start(message)))
