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
  readonly tool: string
  readonly args: Readonly<Record<string, string>>
  readonly expected: RegExp
}

export const STEPS: readonly Step[] = [
  {
    name: 'signs in and calls a tool',
    tool: 'office_hours',
    args: {},
    expected: /Open until|Closed today/,
  },
  { name: 'calls Microsoft Graph for the user', tool: 'my_mail', args: {}, expected: /\S/ },
  {
    name: 'asks for one more scope',
    tool: 'close_office',
    args: { reason: 'Proof' },
    expected: /Sam Okafor closed the office: Proof/,
  },
]

export interface ClientReport {
  readonly client: string
  readonly version: string
  readonly results: readonly { readonly step: string; readonly problem: string | undefined }[]
}
