import { readFileSync } from 'node:fs'
import { knownMcpClients } from 'identity-web'
import { expect, test } from 'vitest'
import { azureCliLines, bicepLines } from '../../src/mcp/registration/commands.ts'

const page = readFileSync(new URL('../../../../docs/mcp-registration.md', import.meta.url), 'utf8')

const VALUES = {
  clientId: '11111111-2222-3333-4444-555555555555',
  resource: 'https://tools.contoso.com/mcp',
  scopeNames: ['Tools.Use'],
  graph: 'https://graph.microsoft.com/v1.0',
}

const blocksOf = (language: string): string[] =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)\\n\`\`\``, 'gms'))].map(
    ([, code = '']) => code,
  )

test('the page contains the commands of the report', () => {
  expect(blocksOf('sh')).toContain(azureCliLines(VALUES).join('\n'))
})

test('the page contains the Bicep file of the report', () => {
  expect(blocksOf('bicep')).toEqual([bicepLines(VALUES).join('\n')])
})

test('the page lists the known clients', () => {
  const rows = page
    .split('\n')
    .filter((line) => line.startsWith('| [') && line.includes('://'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )

  expect(rows).toEqual(
    knownMcpClients.map(
      ({ name, source, sourceDate, redirectUris, platform, entraClientId, needsMirror, steps }) => [
        `[${name}](${source}), ${sourceDate}`,
        entraClientId === undefined
          ? redirectUris.map((uri) => `\`${uri}\``).join(', ')
          : `client ID \`${entraClientId}\``,
        platform,
        needsMirror ? `${steps} It needs \`mirrorMetadata\`.` : steps,
      ],
    ),
  )
})
