import type { World } from './world.ts'

/** A client that someone else wrote. */
export interface ProvenClient {
  /** The name of its package. */
  readonly name: string
  start(world: World, tools: Tools): Promise<RunningClient>
}

/** Where the programs of other people are. */
export interface Tools {
  /** The folder `node_modules` with the packages. */
  readonly packages: string
  /** The Node.js that they need. */
  readonly node: string
  /** A part of the names of the scenarios to run. */
  readonly scenario?: string
}

export interface RunningClient {
  /**
   * Calls a tool, and signs the user in if the client asks for it.
   *
   * @param user - The name of the account at the provider.
   * @returns The result as the client shows it.
   */
  call(name: string, args: Readonly<Record<string, string>>, user: string): Promise<string>
  close(): Promise<void>
}

/** A step of the proof: what a client does, and a part of what it must show. */
export interface Step {
  readonly name: string
  /** The server, if it is not the one of the example. */
  readonly place?: keyof World['places']
  readonly tool: string
  readonly args?: Readonly<Record<string, string>>
  /** Who consents at which page of the provider, after the first call has shown that a consent is missing. */
  readonly consent?: readonly [as: string, page: string]
  readonly expected: RegExp
}

const HOURS = { tool: 'office_hours', expected: /Open until|Closed today/ }
const CLOSE = { tool: 'close_office', args: { reason: 'Proof' } }

export const STEPS: readonly Step[] = [
  { name: 'signs in and calls a tool', ...HOURS },
  {
    name: 'calls Microsoft Graph after the user has consented',
    tool: 'my_mail',
    consent: ['alex', 'oauth2/v2.0/authorize?response_type=code&scope=Mail.Read'],
    expected: /has not consented .* API: Mail\.Read\..*Message \d/s,
  },
  {
    name: 'asks for one more scope after an administrator has consented',
    ...CLOSE,
    consent: ['sam', 'adminconsent'],
    expected: /has not consented .* API: User\.Read\.All\..*Alex Rivera closed the office: Proof/s,
  },
  { name: 'signs in at the second issuer', place: 'issuer', ...HOURS },
  {
    name: 'registers itself at `oidc-provider`',
    place: 'registrar',
    ...CLOSE,
    expected: /An application closed the office: Proof/,
  },
]

export interface ClientReport {
  readonly client: string
  readonly version: string
  readonly results: readonly { readonly step: string; readonly problem: string | undefined }[]
}
