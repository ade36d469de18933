import { randomUUID } from 'node:crypto'
import { defaultConfig, startDevProvider } from '../../../packages/dev-provider/dist/index.js'
import { answerParent } from '../child.mjs'

// The provider of the storms, in a separate process. It accepts a refresh token only once, and ends the session when the
// token is used again. So a server that refreshes a session twice signs its user out.

let provider
const refreshes = new Map()

async function start({ users }) {
  provider = await startDevProvider({
    host: '127.0.0.1',
    allowProduction: true,
    config: { users: Array.from({ length: users }, (_, number) => toUser(number)) },
    behaviour: { consent: 'skip', reuseDetection: true },
  })
  provider.tamper = {
    tokenResponse(body, grantType) {
      if (grantType === 'refresh_token') {
        const { oid } = JSON.parse(Buffer.from(body.id_token.split('.')[1], 'base64url'))
        refreshes.set(oid, (refreshes.get(oid) ?? 0) + 1)
      }
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

function toUser(number) {
  return {
    username: `user${number}@contoso.onmicrosoft.com`,
    name: `User ${number}`,
    givenName: 'User',
    surname: String(number),
    oid: randomUUID(),
    tenant: defaultConfig.tenants[0].id,
  }
}

/** Returns how many refreshes there were since the last call, of how many users, and the token requests that failed. */
function count() {
  const counts = [...refreshes.values()]
  const failed = provider.requests.filter(
    ({ grantType, status }) => grantType === 'refresh_token' && status !== 200,
  ).length
  refreshes.clear()
  provider.requests.length = 0
  return {
    refreshes: counts.reduce((sum, one) => sum + one, 0),
    users: counts.length,
    most: Math.max(0, ...counts),
    failed,
  }
}

answerParent((message) => {
  switch (message.kind) {
    case 'count':
      return count()
    case 'behave':
      provider.behave(message.behaviour)
      return 'done'
    default:
      return start(message)
  }
})
