import type { SignInResult, UserConfig } from 'identity-web-dev'
import { setTimeout as delay } from 'node:timers/promises'
import { Browser, type BrowserResponse } from '../../packages/identity-web/test/support/browser.ts'
import { counted, type Records } from './records.ts'
import type { SoakSite, World } from './world.ts'

/** The cookies of a session that ended. */
export interface EndedSession {
  readonly cookies: Browser['cookies']
  readonly username: string
  /** How and when it ended. */
  readonly how: string
}

/** What a user needs. */
export interface UserContext {
  readonly site: SoakSite
  readonly world: World
  readonly records: Records
  /** The sessions of the site that ended, the newest last. */
  readonly ended: EndedSession[]
}

/** A person with a browser. They check every response. */
export interface SoakUser {
  /** Does one thing, for example opens a page or signs out. */
  act(): Promise<void>
}

/** The ended sessions that are remembered for each site. */
const MAX_ENDED = 3000

export function createUser(account: UserConfig, context: UserContext): SoakUser {
  const { site, world, records, ended } = context
  const { provider } = world
  let browser = new Browser()
  let isSignedIn = false
  let startedAt = 0
  /** A failed sign-out may have ended the session nevertheless. */
  let wantsToLeave = false

  const open = (path: string): Promise<BrowserResponse | undefined> =>
    counted(records, path, () => browser.navigate(site.origin() + path))

  async function signIn(): Promise<void> {
    const phase = records.current
    browser = new Browser()
    wantsToLeave = false
    const away = await open('/')
    if (away?.status === 200) records.violate(phase, 'open door', `/ of ${site.name}`)
    if (away?.status !== 302 || away.location === undefined) return
    startedAt = records.now()
    const result = await provider.signIn(away.location, { as: account.username })
    const back = await counted(records, '/redirect', () => callback(result))
    // Otherwise, this user starts again with the next action.
    if (back?.status !== 302) return
    isSignedIn = true
    phase.signIns += 1
    await see('/')
  }

  function callback({ url, form }: SignInResult): Promise<BrowserResponse> {
    url.host = new URL(site.origin()).host
    return form === undefined
      ? browser.navigate(url.href, { headers: { 'sec-fetch-site': 'cross-site' } })
      : browser.postCrossSite(url.href, form)
  }

  async function see(path: '/' | '/token' | '/me'): Promise<void> {
    const phase = records.current
    const before = browser
    const response = await open(path)
    // Another request of this user may have found out that the session ended.
    if (response === undefined || before !== browser || !isSignedIn) return
    if (response.status === 200) {
      const seen = userOf(path, response)
      // Graph rejects the tokens of keys that the provider removed.
      if (seen === account.oid || (seen === undefined && path === '/me')) return
      records.violate(
        phase,
        'wrong user',
        `${path} of ${site.name}: ${String(seen)} not ${account.oid}`,
      )
    } else if (response.status === 302) {
      isSignedIn = false
      if (!wantsToLeave)
        records.lose(records.current, { startedAt, details: `${path} of ${site.name}` })
    }
  }

  async function callApi(): Promise<void> {
    const phase = records.current
    const token = await provider.accessToken({ as: account.username })
    const response = await counted(records, '/api', () => callWithToken(site, token))
    if (response?.status !== 200) return
    const { claims } = response.json() as { claims: { oid: string } }
    if (claims.oid === account.oid) return
    records.violate(phase, 'wrong user', `/api: ${claims.oid} not ${account.oid}`)
  }

  async function signOut(): Promise<void> {
    const phase = records.current
    wantsToLeave = true
    const cookies = new Map(browser.cookies)
    const how = Math.random() < 0.25 ? await leaveElsewhere() : await leaveHere()
    if (how === undefined) return
    isSignedIn = false
    phase.signOuts += 1
    ended.push({
      cookies,
      username: account.username,
      how: `${how} at ${records.now().toFixed(1)} s`,
    })
    if (ended.length > MAX_ENDED) ended.shift()
  }

  async function leaveHere(): Promise<string | undefined> {
    const response = await open('/logout')
    return response?.status === 302 ? 'signed out' : undefined
  }

  /** The provider loads a page of the site in an iframe, without the cookies. */
  async function leaveElsewhere(): Promise<string | undefined> {
    const page = await open('/')
    if (page?.status !== 200) return undefined
    const { sid } = (page.json() as { claims: { sid: string } }).claims
    const path = `/front-channel-logout?sid=${encodeURIComponent(sid)}`
    const response = await counted(records, path, () =>
      new Browser().send(site.origin() + path, {}),
    )
    return response?.status === 200 ? 'signed out elsewhere' : undefined
  }

  return {
    async act() {
      if (!isSignedIn) return signIn()
      if (wantsToLeave) return signOut()
      const chance = Math.random()
      if (chance < 0.55) await see('/')
      else if (chance < 0.72) await see('/token')
      else if (chance < 0.82) await see('/me')
      else if (chance < 0.9) await Promise.all((['/', '/', '/token', '/me'] as const).map(see))
      else if (chance < 0.95) await callApi()
      else await signOut()
    },
  }
}

/** Calls the API of a site with a bearer token. */
export function callWithToken(site: SoakSite, token: string): Promise<BrowserResponse> {
  return new Browser().send(`${site.origin()}/api`, {
    headers: { authorization: `Bearer ${token}` },
  })
}

/** Lets somebody act until the end, with pauses. */
export async function keepActing(
  act: () => Promise<void>,
  { isOver, pauseMs }: { readonly isOver: () => boolean; readonly pauseMs: number },
): Promise<void> {
  await delay(pauseMs * Math.random())
  while (!isOver()) {
    await act()
    await delay(pauseMs * (0.5 + Math.random()))
  }
}

/** Returns the object ID of the user that a page shows. */
function userOf(path: '/' | '/token' | '/me', response: BrowserResponse): unknown {
  const content = response.json() as {
    readonly claims?: { readonly oid?: string }
    readonly accessToken?: string
    readonly body?: { readonly id?: string }
  }
  if (path === '/') return content.claims?.oid
  if (path === '/me') return content.body?.id
  const [, payload = ''] = content.accessToken?.split('.') ?? []
  return (JSON.parse(Buffer.from(payload, 'base64url').toString()) as { oid?: string }).oid
}
