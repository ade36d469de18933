import type { IncomingMessage, Server } from 'node:http'
import { Readable, type Duplex } from 'node:stream'
import type { Auth, AuthOptions } from 'identity-web/express'

/** A server with guarded pages, the routes of an `Auth` in `/auth` and those of the application in `/own`. */
export interface Victim {
  readonly origin: string
  /** The errors that the framework received. Nothing that a client sends may cause one. */
  readonly errors: unknown[]
  close(): Promise<void>
}

/** Returns the options of an `Auth` with routes in a folder. */
export type OptionsFor = (origin: string, folder: 'auth' | 'own') => AuthOptions

/** Starts a server of one framework. */
export type StartVictim = (optionsFor: OptionsFor) => Promise<Victim>

/** The routes that the application has itself (`routes: false`), and the calls of {@link ownCalls} that respond to them. */
export const OWN_ROUTES = [
  ['redirect', 'completeLogin'],
  ['login', 'login'],
  ['logout', 'logout'],
  ['front-channel-logout', 'frontChannelLogout'],
  ['back-channel-logout', 'backChannelLogout'],
] as const

/** The members of an `Auth` for routes of the application. */
interface OwnAuth<Args extends unknown[], Reply> {
  completeLogin(...args: Args): Promise<Reply>
  login(...args: NoInfer<Args>): Promise<Reply>
  logout(...args: NoInfer<Args>): Promise<Reply>
  handleLogout(channel: 'front-channel' | 'back-channel', ...args: Args): Promise<Reply>
}

/** Returns the calls that respond to the routes of the application. */
export function ownCalls<Args extends unknown[], Reply>(
  auth: OwnAuth<Args, Reply>,
): Record<(typeof OWN_ROUTES)[number][1], (...args: Args) => Promise<Reply>> {
  return {
    completeLogin: (...args) => auth.completeLogin(...args),
    login: (...args) => auth.login(...args),
    logout: (...args) => auth.logout(...args),
    frontChannelLogout: (...args) => auth.handleLogout('front-channel', ...args),
    backChannelLogout: (...args) => auth.handleLogout('back-channel', ...args),
  }
}

/** A stream that the server continues until the client is gone. */
export function endlessStream(): Readable {
  return new Readable({
    read() {
      setTimeout(() => this.push('x'.repeat(100)), 1)
    },
  })
}

/** An `Auth` that authenticates requests of any server. */
type Authenticates = Pick<Auth, 'authenticate'>

/** Answers upgrades as an application without a library for WebSockets does. */
export function serveUpgrades(server: Server, auth: Authenticates): void {
  const answer = async (req: IncomingMessage, socket: Duplex): Promise<void> => {
    const session = await auth.authenticate(req)
    socket.end(`HTTP/1.1 ${session.ok ? 200 : session.status} x\r\nConnection: close\r\n\r\n`)
  }
  server.on('upgrade', (req, socket) => void answer(req, socket))
}
