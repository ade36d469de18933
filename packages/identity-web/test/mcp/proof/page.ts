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

This page lists the MCP clients and the conformance tests that we ran against \`McpAuth\`. \`npm run interop:mcp\` runs them and writes the
page. It starts the development provider and the server of \`examples/mcp\`. It signs in with Chromium, and consents to the scopes that a
client requests.

## Clients

| client | ${STEPS.map(({ name }) => name).join(' | ')} |
| --- | ${STEPS.map(() => '---').join(' | ')} |
${rows.join('\n')}

Each client uses a client ID that we registered before, because Entra ID does not support dynamic client registration.

We did not test the Python client FastMCP, because the Python registry is not available where we run the tests.

## Conformance suite

We ran all scenarios for servers of \`@modelcontextprotocol/conformance\` ${version}, for the revision 2026-07-28. The server is the
official TypeScript SDK behind \`mcp.authorizationRequired()\`. The suite cannot send a token, so a small proxy adds it. The proxy does not
change \`Host\` and \`Origin\`, so the scenario \`dns-rebinding-protection\` tests the guard. The other scenarios show that the SDK works behind
the guard.

| scenario | result |
| --- | --- |
${checks.join('\n')}

The suite also has scenarios for clients and for authorization servers. They do not apply to \`McpAuth\`, because it protects a server.

## If a client cannot connect

See [If a client cannot connect](mcp.md#if-a-client-cannot-connect), and [the steps for each
client](mcp-registration.md#register-the-clients).
`
}
