import { sha256 } from '../../encryption/index.ts'
import { knownMcpClients } from '../known-clients.ts'

/** The characters of the hash that stand in a redirect URI. */
const HASH_LENGTH = 12

/** Returns the known clients, with the values that each registration needs. */
export async function clientLines({
  resource,
  hasMirror,
}: {
  readonly resource: string
  readonly hasMirror: boolean
}): Promise<string[]> {
  const hash = (await sha256(resource)).slice(0, HASH_LENGTH)
  return knownMcpClients.flatMap(
    ({ name, entraClientId, redirectUris, platform, steps, needsMirror }) => [
      `${name}${entraClientId === undefined ? '' : ` (${entraClientId})`}`,
      `  ${steps}`,
      ...(entraClientId === undefined
        ? [`  Redirect URIs (${platform}): ${redirectUris.join(', ').replaceAll('{server}', hash)}`]
        : []),
      ...(needsMirror && !hasMirror ? ['  Set McpAuth({ mirrorMetadata: true }).'] : []),
    ],
  )
}
