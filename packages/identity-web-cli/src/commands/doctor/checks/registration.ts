import { createApp } from '../subject/probe.js'
import { error, ok, skipped, type Finding } from '../report/finding.js'
import type { Check } from './check.js'

/** The app registration of an MCP server, with `checkRegistration()` of the library. */
export const registration: Check = {
  name: 'registration',
  looksAt: 'whether the app registration of an MCP server has what MCP clients need',
  async run(evidence) {
    const { kind, options, variables, object } = evidence.subject
    if (kind !== 'mcp') return skipped('The app is not an MCP server.')
    if (evidence.settings().problems.length > 0)
      return skipped('Settings are missing, see "settings".')
    const mcp = object ?? createApp('mcp', options, variables.all)
    const report = await mcp.checkRegistration?.()
    if (object === undefined) mcp.close()
    return (report?.checks ?? []).map(({ name, result, change, code }): Finding => {
      const suffix = code === undefined ? '' : ` (${code})`
      if (result === 'failed') return error(`${name} is wrong.${suffix}`, change)
      return result === 'ok' ? ok(`${name} is right.`) : skipped(`${name}: ${change}`)
    })
  },
}
