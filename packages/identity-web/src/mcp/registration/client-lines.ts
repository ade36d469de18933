import { knownMcpClients } from '../known-clients.ts'

/** Returns the known clients, with the values that each registration needs. */
export function clientLines({ hasMirror }: { readonly hasMirror: boolean }): string[] {
  return knownMcpClients.flatMap(
    ({ name, entraClientId, redirectUris, platform, steps, needsMirror }) => [
      `${name}${entraClientId === undefined ? '' : ` (${entraClientId})`}`,
      `  ${steps}`,
      ...(entraClientId === undefined
        ? [`  Redirect URIs (${platform}): ${redirectUris.join(', ')}`]
        : []),
      ...(needsMirror && !hasMirror ? ['  Set McpAuth({ mirrorMetadata: true }).'] : []),
    ],
  )
}
