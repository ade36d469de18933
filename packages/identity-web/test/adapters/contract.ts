import { describe } from 'vitest'
import { apiProtection } from './contract/api.ts'
import {
  createBench,
  hostTest,
  type Bench,
  type Feature,
  type HostTest,
  type StartHost,
} from './contract/bench.ts'
import { browserSession } from './contract/browser-session.ts'
import { cookies } from './contract/cookies.ts'
import { crossSite } from './contract/cross-site.ts'
import { guard } from './contract/guard.ts'
import { mcpServer } from './contract/mcp.ts'
import { forward } from './contract/forward.ts'
import { neighbors } from './contract/neighbors.ts'
import { outsideGuards } from './contract/outside-guards.ts'
import { responses } from './contract/responses.ts'
import { sessions } from './contract/sessions.ts'
import { signIn } from './contract/sign-in.ts'
import { signOut } from './contract/sign-out.ts'
import { strictCookies } from './contract/strict-cookies.ts'
import { testingKit } from './contract/testing-kit.ts'
import { tokens } from './contract/tokens.ts'

export type { ContractOptions, StartHost } from './contract/bench.ts'

const SUBJECTS: Record<string, (bench: Bench) => void> = {
  'sign-in': signIn,
  cookies,
  'SameSite=Strict cookies': strictCookies,
  guard(bench) {
    guard(bench)
  },
  'cross-site requests': crossSite,
  tokens,
  'outside guards': outsideGuards,
  sessions,
  'requests to an API': forward,
  'sign-out': signOut,
  'the session of scripts': browserSession,
  'the testing kit': testingKit,
  API(bench) {
    apiProtection(bench)
    mcpServer(bench)
  },
  responses,
  neighbors,
}

/**
 * The behaviours that every adapter has: an adapter is done when it passes all of them. `npm run contract` prints them.
 *
 * @param start - Starts a host with the pages of `contract/pages.md`, or a `test` whose fixture `startHost` does.
 * @param without - What the framework has no counterpart of, and why.
 */
export function adapterContract(
  name: string,
  start: StartHost | HostTest,
  without: Partial<Readonly<Record<Feature, string>>> = {},
): void {
  // Vitest allows fixtures of a file only outside `describe`.
  const bench = createBench('extend' in start ? start : hostTest(start), without)
  describe(`${name} keeps the contract`, () => {
    // Only the process of the test can have neighbors.
    const { neighbors: _, ...elsewhere } = SUBJECTS
    const subjects = without.functions === undefined ? SUBJECTS : elsewhere
    describe.each(Object.entries(subjects))('%s', (_subject, behaviours) => {
      behaviours(bench)
    })
  })
}
