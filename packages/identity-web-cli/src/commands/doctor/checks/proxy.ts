import { explainError } from '../explain-error.js'
import { openTunnel, proxyFor, usesEnvProxy } from '../network/proxy.js'
import { error, ok, skipped, warning } from '../report/finding.js'
import type { Check } from './check.js'

/** Checks the proxy of `HTTPS_PROXY` between this computer and the provider. */
export const proxy: Check = {
  name: 'proxy',
  looksAt: 'whether the proxy of HTTPS_PROXY accepts connections, and the app uses it',
  async run(evidence) {
    const { variables, options } = evidence.subject
    const { url: target } = (await evidence.provider()) ?? {}
    if (target === undefined) return skipped('The settings do not contain a provider.')
    const found = proxyFor(target, variables.all)
    if (found === undefined) return ok(`${target.host} is reached without a proxy.`)
    const { variable, url } = found
    if (url === undefined)
      return error(
        `${variable} is not the URL of a proxy.`,
        `Set ${variable} to a URL, for example http://proxy.contoso.com:3128.`,
      )
    const name = `The proxy ${url.host} of ${variable}`
    let status: number
    try {
      const tunnel = await openTunnel(url, target, evidence.choices.timeoutSeconds * 800)
      tunnel.socket.destroy()
      status = tunnel.status
    } catch (cause) {
      return error(
        `${name} cannot be reached: ${explainError(cause, '').found}`,
        `Check the host and the port in ${variable}.`,
      )
    }
    if (status === 407)
      return error(
        `${name} requires a user name and a password.`,
        `Set ${variable} to http://<user>:<password>@${url.host}. Percent-encode the user name and the password.`,
      )
    if (status !== 200)
      return error(
        `${name} does not connect to ${target.host}. Its status is ${status}.`,
        `Ask the operator of the proxy to allow ${target.host}, port 443.`,
      )
    if (options.fetch === undefined && !usesEnvProxy(variables.all))
      return warning(
        `${name} works, but the app does not use it, because Node.js does not use proxies by default.`,
        'Set NODE_USE_ENV_PROXY=1 (Node.js 22.21, 24.0 or later), or pass a function to Auth({ fetch }). The guide docs/operate.md shows both.',
      )
    return ok(`${name} connects to ${target.host}.`)
  },
}
