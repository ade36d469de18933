import { createLatestUsers, createSessionEnds } from '../../session/index.ts'
import type { Platform, PlatformNeeds } from '../../flows/platform.ts'
import type { TokenClients } from './clients.ts'
import type { Sessions } from './sessions.ts'

/**
 * Creates the sessions of an application behind a platform's sign-in. They have no store, and cannot be revoked.
 *
 * @param now - Returns the Unix time in seconds.
 */
export function createPlatformSessions(
  platform: Platform,
  needs: Omit<PlatformNeeds, 'onEnd'>,
  now: () => number,
): Sessions {
  const sessionEnds = createSessionEnds()
  return {
    sessions: platform.createSessions({ ...needs, onEnd: sessionEnds.announce }),
    revocations: undefined,
    sessionEnds,
    checkStore: () => undefined,
    latestUsers: createLatestUsers(now),
  }
}

/** Returns the clients of an application, whose users get their tokens from a platform. */
export function withPlatform(platform: Platform, clients: TokenClients): TokenClients {
  const { client, userTokens } = clients.main
  return {
    ...clients,
    main: { client, userTokens: platform.createUserTokens(client, userTokens) },
  }
}
