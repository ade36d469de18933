import type { DevProvider } from '../dev-provider.js'
import {
  UNAUTHENTICATED_ACTIONS,
  type EasyAuth,
  type UnauthenticatedAction,
} from '../easy-auth/options.js'
import { startEasyAuth } from '../easy-auth/start-easy-auth.js'
import { startDevProvider } from '../provider.js'
import { closeWith } from './close-with.js'
import { findConfig } from './config-file.js'
import type { CommandIo } from './io.js'
import { parseOptions } from './parse-options.js'
import { parsePort } from './start-options.js'
import { describeSettings } from './start-output.js'
import { printReplaced, writeEnv } from './write-env.js'

/** The output of `identity-web-dev easy-auth --help`. */
const EASY_AUTH_HELP = `identity-web-dev easy-auth simulates the authentication of Azure App Service in front of your app

Usage: identity-web-dev easy-auth --target <url> [options]

  --target <url>           Your app, for example http://localhost:3000
  --port <number>          Port to open in the browser, or 0 for any free port (default 4280)
  --unauthenticated <how>  The response to a request without a user (default RedirectToLoginPage):
                           ${UNAUTHENTICATED_ACTIONS.join(', ')}
  --scope <scope>          A scope that the platform requests. Repeat the option for several scopes
  --no-token-store         Do not send tokens to the app
  --write-env [file]       Write the settings for your app to a file (default .env)
  --provider-port <number> Port of the identity provider that the command starts (default 5100)
  --config <file>          JSON file with tenants, users and apps
  --help                   Show this help

The command starts an identity provider and a reverse proxy. Use it only for development.`

const OPTIONS = {
  target: { type: 'string' },
  port: { type: 'string', default: '4280' },
  unauthenticated: { type: 'string', default: 'RedirectToLoginPage' },
  scope: { type: 'string', multiple: true },
  'no-token-store': { type: 'boolean', default: false },
  'write-env': { type: 'string' },
  'provider-port': { type: 'string', default: '5100' },
  config: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const

/**
 * Runs `identity-web-dev easy-auth`.
 *
 * @returns The running provider, which also stops the platform, or an exit code.
 * @throws TypeError when an option is not valid.
 */
export async function easyAuthCommand(
  args: readonly string[],
  io: CommandIo,
): Promise<DevProvider | number> {
  const values = parseOptions(args, { options: OPTIONS, optionalValues: { 'write-env': '.env' } })
  if (values.help) {
    io.out(EASY_AUTH_HELP)
    return 0
  }
  const target = parseTarget(values.target)
  const unauthenticated = parseAction(values.unauthenticated)
  const port = parsePort(values.port)
  const { 'write-env': envFile, scope = [] } = values
  const loaded = await findConfig(values.config)
  const provider = await startDevProvider({
    port: parsePort(values['provider-port'], '--provider-port'),
    errorLogger: io.out,
    ...(loaded !== undefined && { config: loaded.config }),
  })
  try {
    const platform = await startEasyAuth({
      target,
      provider,
      port,
      unauthenticated,
      // One option can contain several scopes, like a `scope` parameter.
      scopes: scope.flatMap((value) => value.split(' ')),
      tokenStore: !values['no-token-store'],
    })
    closeWith(provider, () => platform.close())
    if (envFile !== undefined)
      printReplaced(envFile, await writeEnv(envFile, platform.variables), io)
    io.out(describePlatform(platform, { target, envFile }))
    return provider
  } catch (error) {
    await provider.close()
    throw error
  }
}

function parseTarget(target: string | undefined): string {
  if (target === undefined) {
    throw new TypeError(
      'The app is missing. Set --target <url>, for example http://localhost:3000.',
    )
  }
  if (/^https?:\/\//.test(target) && URL.canParse(target)) return new URL(target).origin
  throw new TypeError(
    `--target is '${target}'. Set it to the URL of your app, for example http://localhost:3000.`,
  )
}

function parseAction(given: string): UnauthenticatedAction {
  const action = UNAUTHENTICATED_ACTIONS.find((each) => each.toLowerCase() === given.toLowerCase())
  if (action !== undefined) return action
  throw new TypeError(
    `--unauthenticated is '${given}'. Set it to ${UNAUTHENTICATED_ACTIONS.join(', ')}.`,
  )
}

function describePlatform(
  { origin, provider, variables }: EasyAuth,
  { target, envFile }: { readonly target: string; readonly envFile: string | undefined },
): string {
  return [
    `App Service authentication at ${origin}, in front of ${target}`,
    '',
    ...describeSettings(variables, envFile),
    `Open ${origin}/ instead of ${target}. The users are at ${provider.origin}/`,
    'Only for development, because it does not check passwords. Press Ctrl+C to stop it.',
  ].join('\n')
}
