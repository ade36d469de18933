import type { DevProvider } from 'identity-web-dev'
import { randomBytes } from 'node:crypto'
import { Browser } from '../../packages/identity-web/test/support/browser.ts'
import { counted, type Records } from './records.ts'
import { callWithToken, type EndedSession, type UserContext } from './user.ts'
import type { World } from './world.ts'

const PAGES = ['/', '/token', '/other'] as const

/** Opens a page with the cookies of an ended session. It must not open. */
export async function tryEndedSession(
  session: EndedSession,
  { site, records }: Pick<UserContext, 'site' | 'records'>,
): Promise<void> {
  const phase = records.current
  const path = oneOf(PAGES)
  const response = await openWith(records, site.origin() + path, session.cookies)
  if (response?.status !== 200) return
  const details = `${path} of ${site.name}, ${session.username}, ${session.how}`
  records.violate(phase, 'lost sign-out', details)
}

/** Returns the actions of strangers. Each one tries a door that must not open. */
export function createAttackers(context: UserContext): readonly (() => Promise<void>)[] {
  const { site, world, records, ended } = context

  async function knock(name: string, cookies: Browser['cookies']): Promise<void> {
    const phase = records.current
    const path = oneOf(PAGES)
    const response = await openWith(records, site.origin() + path, cookies)
    if (response?.status === 200) {
      records.violate(phase, 'open door', `${path} of ${site.name} for a ${name}`)
    }
  }

  return [
    () => knock('visitor', new Map()),

    () => knock('forger', forge(ended.at(-1)?.cookies)),

    async () => {
      const phase = records.current
      const { name, token } = await badToken(world)
      const response = await counted(records, '/api', () => callWithToken(site, token))
      if (response?.status === 200) {
        records.violate(phase, 'open door', `/api of ${site.name} with ${name}`)
      }
    },

    // Half of the time one of the newest sessions, because a server may not know yet that it ended.
    async () => {
      const session = oneOf(Math.random() < 0.5 ? ended.slice(-5) : ended)
      if (session !== undefined) await tryEndedSession(session, context)
    },
  ]
}

async function openWith(
  records: Records,
  url: string,
  cookies: Browser['cookies'],
): ReturnType<typeof counted> {
  const browser = new Browser()
  for (const [name, cookie] of cookies) browser.cookies.set(name, cookie)
  return counted(records, new URL(url).pathname, () => browser.navigate(url))
}

/** Changes one character of each cookie, or makes up a session ID. */
function forge(cookies: Browser['cookies'] | undefined): Browser['cookies'] {
  const forged: Browser['cookies'] = new Map()
  for (const [name, cookie] of cookies ?? []) {
    const at = Math.floor(Math.random() * cookie.value.length)
    const other = cookie.value[at] === 'A' ? 'B' : 'A'
    const value = cookie.value.slice(0, at) + other + cookie.value.slice(at + 1)
    forged.set(name, { ...cookie, value })
  }
  if (forged.size > 0) return forged
  const value = `1.${randomBytes(32).toString('base64url')}`
  return new Map([['identity', { value, path: '/', secure: false, sameSite: 'lax' }]])
}

/** Ways to make an access token that no API may accept. */
const BAD_TOKENS: Readonly<Record<string, (provider: DevProvider, as: string) => Promise<string>>> =
  {
    'a foreign key': (provider, as) => provider.accessToken({ as, key: 'stranger' }),
    'an expired token': (provider, as) => provider.accessToken({ as, expiresIn: -120 }),
    'another audience': (provider, as) =>
      provider.accessToken({ as, claims: { aud: 'api://another' } }),
    'no signature': (provider, as) => provider.accessToken({ as, header: { alg: 'none' } }),
    'changed claims': async (provider, as) => {
      const [header, payload = '', signature] = (await provider.accessToken({ as })).split('.')
      const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object
      const changed = Buffer.from(JSON.stringify({ ...claims, oid: 'somebody else' }))
      return [header, changed.toString('base64url'), signature].join('.')
    },
  }

async function badToken({ provider, users }: World): Promise<{ name: string; token: string }> {
  const [name, create] = oneOf(Object.entries(BAD_TOKENS))
  return { name, token: await create(provider, oneOf(users).username) }
}

function oneOf<T>(list: readonly T[]): T {
  return list[Math.floor(Math.random() * list.length)] as T
}
