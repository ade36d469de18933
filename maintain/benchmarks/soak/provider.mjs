import { randomUUID } from 'node:crypto'
import { defaultConfig, startDevProvider } from '../../../packages/dev-provider/dist/index.js'
import { answerParent } from '../child.mjs'
import { REPORTS_API } from '../guard/realistic-provider.mjs'

// The provider of one site, in a separate process. It accepts a refresh token only once, and ends the session when the
// token is used again. A site that refreshes twice therefore signs its user out, which the user reports.

let refreshes = 0

async function start({ users }) {
  const provider = await startDevProvider({
    host: '127.0.0.1',
    allowProduction: true,
    config: {
      apps: [...defaultConfig.apps, REPORTS_API],
      users: Array.from({ length: users }, (_, number) => toUser(number)),
    },
    behaviour: {
      consent: 'skip',
      reuseDetection: true,
      // Access tokens are refreshed after eight seconds, and sessions after twenty.
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
