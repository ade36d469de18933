import { ISSUER_KINDS } from '../config/app-variables.js'
import { parseOptions, type OptionValues } from './parse-options.js'

/** The output of `identity-web-dev --help`. */
export const HELP: string = `identity-web-dev starts a local identity provider that simulates Microsoft Entra ID

Usage: identity-web-dev [options]
       identity-web-dev [options] -- <command>   also starts your app, with its settings
       identity-web-dev token --as <user>   prints an access token (see token --help)
       identity-web-dev easy-auth --target <url>   simulates App Service authentication
                                            (see easy-auth --help)

  --port <number>       Port to listen on, or 0 for any free port (default 5100)
  --config <file>       JSON file with tenants, users, apps and other settings. If you change
                        the file, the provider uses the changes at once. Without a file, set
                        the variable IDENTITY_DEV_CONFIG to the JSON
  --write-config [file] Write the default configuration to a new file (default
                        identity-dev.json), and exit
  --write-env [file]    Write the settings for your app to a file (default .env)
  --env <file>          Pass the other variables of this file, if it exists, to the app after --
  --env-for <kind>      The issuer of these settings: ${ISSUER_KINDS.join(', ')} (default entra)
  --keys <file>         File that keeps the signing keys, so that tokens stay valid after a
                        restart. A missing file is created
  --redirect-uri <uri>  The redirect URI of these settings, or its path (default
                        http://localhost:3000/redirect)
  --verbose             Print one line per request, and not only the errors that you can fix
  --version             Print the version of identity-web-dev
  --help                Show this help

https:
  --https               Use https with a certificate that the command creates and keeps
  --ca-file <file>      The file for the certificate to trust
  --cert <file>         Your own certificate, with --key
  --key <file>          The private key of --cert

Containers:
  --host <host>         Host to listen on, for example 0.0.0.0 (default localhost)
  --allow-host <name>   Another host name for requests, with or without a port. You can repeat it
  --origin <url>        The origin of all URLs, for example http://idp.localhost:5100
  --allow-production    Start even if NODE_ENV is production

Use it only for development. It does not check passwords. Without --host, only this machine can
reach it.`

const OPTIONS = {
  port: { type: 'string' },
  host: { type: 'string' },
  'allow-host': { type: 'string', multiple: true },
  origin: { type: 'string' },
  config: { type: 'string' },
  'write-config': { type: 'string' },
  'write-env': { type: 'string' },
  env: { type: 'string' },
  'env-for': { type: 'string' },
  'redirect-uri': { type: 'string' },
  https: { type: 'boolean' },
  'ca-file': { type: 'string' },
  cert: { type: 'string' },
  key: { type: 'string' },
  keys: { type: 'string' },
  verbose: { type: 'boolean', default: false },
  'allow-production': { type: 'boolean', default: false },
  version: { type: 'boolean', short: 'v', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const

/** The values of the options. */
export type StartOptions = OptionValues<typeof OPTIONS> & {
  /** The command after `--`, which starts the app of the user. */
  readonly command?: readonly string[]
}

/**
 * Returns the values of the options of `identity-web-dev`.
 *
 * @throws TypeError for an unknown option, and for options that do not fit together.
 */
export function parseStartOptions(args: readonly string[]): StartOptions {
  const { own, command } = splitAtCommand(args)
  const values = parseOptions(own, {
    options: OPTIONS,
    optionalValues: { 'write-env': '.env', 'write-config': 'identity-dev.json' },
    subcommands: ['token', 'easy-auth'],
  })
  if ((values.cert === undefined) !== (values.key === undefined)) {
    throw new TypeError('--cert and --key belong together. Set both, or remove both.')
  }
  if (values.cert !== undefined && values['ca-file'] !== undefined) {
    throw new TypeError(
      '--ca-file is for a certificate that --https creates. Remove --ca-file or --cert.',
    )
  }
  if (command === undefined) {
    if (values.env === undefined) return values
    throw new TypeError(
      '--env is for the command of your app after --. To write the settings to a file, use --write-env.',
    )
  }
  if (values['write-env'] !== undefined) {
    throw new TypeError(
      'Remove --write-env. The command after -- gets the settings as environment variables.',
    )
  }
  return { ...values, command }
}

/** Separates the options from the command of the app, which starts after `--`. */
function splitAtCommand(args: readonly string[]) {
  const end = args.indexOf('--')
  if (end < 0) return { own: args, command: undefined }
  const command = args.slice(end + 1)
  if (command.length > 0) return { own: args.slice(0, end), command }
  throw new TypeError('Write the command of your app after --, for example: -- node app.mjs')
}

/**
 * Returns a port number.
 *
 * @throws TypeError when the value is not a port.
 */
export function parsePort(value: string, option = '--port'): number {
  const port = Number(value)
  if (/^\d+$/.test(value) && port <= 65_535) return port
  throw new TypeError(`${option} is '${value}'. Set it to a number from 0 to 65535.`)
}
