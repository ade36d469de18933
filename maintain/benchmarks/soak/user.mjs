import { strictEqual } from 'node:assert'
import { createVisitor } from '../guard/visitor.mjs'

const PAGE = '/'
const TOKEN_PAGES = ['/token/0', '/token/1', '/token/2']

/**
 * A user with a browser. They do one thing at a time and check every response: it must be the page of this user.
 *
 * @param site - `origin`, `agent`, whether it `remembersEnds`, and the `counts` of actions.
 */
export function createUser({ username, name }, { site, provider }) {
  const { counts } = site
  const here = counting(createVisitor(site.origin, { agent: site.agent }), counts)
  const there = createVisitor(provider.origin, { agent: site.agent })
  let isSignedIn = false

  async function signIn(path) {
    const away = await here.navigate(path)
    strictEqual(away.status, 302, 'the redirect to the provider')
    const account = await there.navigate(away.location)
    const [, action] = /<form [^>]*action="([^"]+)"/.exec(account.body)
    const agreed = await there.navigate(action, { form: { account: username } })
    const back = await here.navigate(pathOf(agreed.location))
    strictEqual(back.status, 302, 'the callback')
    isSignedIn = true
    counts.signIns += 1
    await see(path)
  }

  async function see(path) {
    const { status, body } = await here.navigate(path)
    strictEqual(status, 200, path)
    strictEqual(JSON.parse(body).name, name, 'the user of the page')
  }

  async function signOut() {
    const before = here.cookieHeader
    const away = await here.navigate('/logout')
    strictEqual(away.status, 302, 'the redirect to the sign-out of the provider')
    isSignedIn = false
    const back = await there.navigate(away.location)
    const landed = await here.navigate(pathOf(back.location))
    strictEqual(landed.status, 302, 'the landing')
    counts.signOuts += 1
    // Sessions in cookies end only in this browser. Sessions in a store also end for copies of the cookie.
    const cookies = site.remembersEnds ? before : here.cookieHeader
    const thief = counting(createVisitor(site.origin, { agent: site.agent, cookies }), counts)
    strictEqual((await thief.navigate(PAGE)).status, 302, 'a page after the sign-out')
  }

  return {
    get isSignedIn() {
      return isSignedIn
    },

    signIn: () => signIn(oneOf([PAGE, ...TOKEN_PAGES])),

    async act() {
      const chance = Math.random()
      if (chance < 0.68) await see(PAGE)
      else if (chance < 0.92) await see(oneOf(TOKEN_PAGES))
      // A page that sends several requests at the same time.
      else if (chance < 0.96) await Promise.all([PAGE, ...TOKEN_PAGES].map(see))
      else await signOut()
    },

    /** Starts again after an error, so that each error is counted once. */
    giveUp() {
      isSignedIn = false
      here.forget()
      there.forget()
    },
  }
}

function counting(visitor, counts) {
  const { navigate } = visitor
  visitor.navigate = (...request) => {
    counts.requests += 1
    return navigate.apply(visitor, request)
  }
  return visitor
}

function oneOf(list) {
  return list[Math.floor(Math.random() * list.length)]
}

/** Returns the path of a URL. The redirect URI has the port of another server, because all share their sessions. */
function pathOf(location) {
  const { pathname, search } = new URL(location)
  return pathname + search
}
