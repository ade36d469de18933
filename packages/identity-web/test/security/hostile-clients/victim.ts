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

/** The `auth` members that the application calls in its own routes (`routes: false`). */
export const OWN_ROUTES = [
  ['redirect', 'completeLogin'],
  ['login', 'login'],
  ['logout', 'logout'],
  ['front-channel-logout', 'frontChannelLogout'],
  ['back-channel-logout', 'backChannelLogout'],
] as const

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
