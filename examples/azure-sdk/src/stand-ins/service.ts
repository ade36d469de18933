import type { Caller } from './check-token.ts'

/** A response of a stand-in. */
export interface Reply {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** A request with a valid token. */
export interface Call {
  readonly caller: Caller
  readonly method: string
  /** The URL with the host that the client used. */
  readonly url: URL
  readonly body: string
}

/** How a kind of service differs from others. */
export interface ServiceKind {
  readonly host: string
  /** Returns the parameters of the challenge for a missing or a rejected token. */
  readonly challenge: (authorizationUri: string, audience: string) => string
  readonly respond: (call: Call) => Reply
}
