import type { ConformanceReport } from './conformance.ts'
import { STEPS, type ClientReport } from './proof.ts'

/** Writes the tables of docs/mcp-clients.md. */
export function formatProof(
  clients: readonly ClientReport[],
  { scenarios, version }: ConformanceReport,
): string {
  const mark = (problem: string | undefined): string => (problem === undefined ? 'yes' : '**no**')
  const rows = clients.map(
    ({ client, results, version: of }) =>
      `| \`${client}\` ${of} | ${results.map(({ problem }) => mark(problem)).join(' | ')} |`,
  )
  const checks = scenarios.map(
    ({ name, note, result }) =>
      `| \`${name}\` | ${result === 'passed' ? 'passed' : `**failed**: ${note ?? ''}`} |`,
  )
  return `# MCP clients and the conformance suite

\`npm run interop:mcp\` writes this page. It starts the development provider and the server of \`examples/mcp\`, and lets
programs of other people use them. The test signs in with Chromium, and allows what a client asks for.

## Clients

| client | ${STEPS.map(({ name }) => name).join(' | ')} |
| --- | ${STEPS.map(() => '---').join(' | ')} |
${rows.join('\n')}

Each client has a client ID that an administrator registered, because Entra ID does not support dynamic client registration.

We could not install the Python client FastMCP here, because its registry is not available in our tests.

## Conformance suite

These are the scenarios for servers of \`@modelcontextprotocol/conformance\` ${version}, for the revision 2026-07-28. The server
is the official TypeScript SDK behind \`mcp.authorizationRequired()\`. The suite cannot send a token, so a small proxy adds it. The
proxy does not change \`Host\` and \`Origin\`. The scenario \`dns-rebinding-protection\` therefore tests the guard, and the others show that
the guard changes nothing for the SDK.

| scenario | result |
| --- | --- |
${checks.join('\n')}

The suite also has scenarios for clients and for authorization servers. They do not apply to \`McpAuth\`, which is neither.
`
}
