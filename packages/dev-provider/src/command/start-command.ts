import { resolve } from 'node:path'
import { givenOnly } from '../config/value-checks.js'
import type { DevProvider } from '../dev-provider.js'
import { startDevProvider } from '../provider.js'
import { certificateNames, isLoopbackHost, type NetworkOptions } from '../server/network.js'
import { readVersion } from '../server/read-version.js'
import {
  defaultCertificate,
  readCertificate,
  storedCertificate,
  type StoredCertificate,
} from './certificate-files.js'
import { appAddress } from './app-address.js'
import { closeWith } from './close-with.js'
import { findConfig, type ConfigFile } from './config-file.js'
import { envVariables, parseEnvChoice } from './env-variables.js'
import { freePort } from './free-port.js'
import type { CommandIo } from './io.js'
import { HELP, parsePort, parseStartOptions, type StartOptions } from './start-options.js'
import { recordProvider } from './project-provider.js'
import { readEnv } from './read-env.js'
import { runApp } from './run-app.js'
import { describeAppStart, describeMemory, describeStart } from './start-output.js'
import { watchConfig } from './watch-config.js'
import { writeConfig } from './write-config.js'
import { printReplaced, writeEnv } from './write-env.js'

const DEFAULT_PORT = 5100

/** Runs `identity-web-dev` without a subcommand. */
export async function startCommand(
  args: readonly string[],
  io: CommandIo,
): Promise<DevProvider | number> {
  const options = parseStartOptions(args)
  const { 'write-config': newConfigFile } = options
  if (options.help) {
    io.out(HELP)
    return 0
  }
  if (options.version) {
    io.out(await readVersion())
    return 0
  }
  if (newConfigFile !== undefined) {
    await writeConfig(newConfigFile)
    io.out(
      `Wrote ${newConfigFile}. Start with: npx --no-install identity-web-dev --config ${newConfigFile}`,
    )
    return 0
  }
  return startProvider(options, io)
}

async function startProvider(options: StartOptions, io: CommandIo): Promise<DevProvider> {
  const { config: configFile, 'write-env': envFile, command } = options
  const app = command === undefined ? undefined : await appAddress(options['redirect-uri'])
  const choice = parseEnvChoice(options['env-for'], app?.redirectUri ?? options['redirect-uri'])
  const port = options.port === undefined ? undefined : parsePort(options.port)
  const loaded = await findConfig(configFile)
  const network = toNetwork(options, loaded)
  const certificate = await toCertificate(options, network, loaded)
  const provider = await startDevProvider({
    ...network,
    port: port ?? loaded?.settings.port ?? (await defaultPort(options)),
    allowProduction: options['allow-production'],
    ...givenOnly({
      config: loaded?.config,
      behaviour: loaded?.settings.behaviour,
      tls: certificate?.certificate,
      keysFile: options.keys,
    }),
    ...(options.verbose ? { logger: io.out } : { errorLogger: io.out }),
  })
  try {
    await recordProvider(provider)
    const variables = envVariables(provider, choice)
    if (envFile !== undefined) printReplaced(envFile, await writeEnv(envFile, variables), io)
    if (app === undefined || command === undefined) {
      io.out(describeStart({ provider, variables, envFile, certificate }))
    } else {
      const fromFile = options.env === undefined ? {} : await readEnv(options.env)
      io.out(describeAppStart(provider, app.origin, choice.kind))
      runApp({
        provider,
        command,
        fromFile,
        variables: { ...variables, ...app.variables, ...trust(certificate) },
        io,
      })
    }
  } catch (error) {
    await provider.close()
    throw error
  }
  if (!isLoopbackHost(network.host ?? 'localhost')) io.error(WARNING)
  if (certificate?.isInMemory === true) io.error(describeMemory(provider.origin))
  if (configFile !== undefined && loaded !== undefined) {
    closeWith(provider, watchConfig(resolve(configFile), { provider, loaded, io }))
  }
  return provider
}

/**
 * Returns the default port. With a command of the app, any free port works. Without a command, the port is always the
 * same, because programs may read it from a file.
 */
async function defaultPort({ command }: StartOptions): Promise<number> {
  return command === undefined ? DEFAULT_PORT : freePort(DEFAULT_PORT)
}

function trust(certificate: StoredCertificate | undefined): Record<string, string> {
  return certificate?.caFile === undefined ? {} : { NODE_EXTRA_CA_CERTS: certificate.caFile }
}

const WARNING =
  'Warning: other machines can reach this provider, and sign in as any user. Use it only in a network that you trust, for example between containers.'

/** Returns the options for the network. Options of the command replace settings of the file. */
function toNetwork(options: StartOptions, loaded: ConfigFile | undefined): NetworkOptions {
  const settings = loaded?.settings
  return givenOnly({
    host: options.host ?? settings?.host,
    allowHosts: options['allow-host'] ?? settings?.allowHosts,
    origin: options.origin ?? settings?.origin,
  })
}

async function toCertificate(
  options: StartOptions,
  network: NetworkOptions,
  loaded: ConfigFile | undefined,
): Promise<StoredCertificate | undefined> {
  const { cert, key, 'ca-file': caFile } = options
  if (cert !== undefined && key !== undefined) return readCertificate(cert, key)
  const isSecure = options.https ?? (caFile !== undefined || loaded?.settings.https === true)
  if (!isSecure) return undefined
  const names = certificateNames(network)
  return caFile === undefined
    ? defaultCertificate(names)
    : storedCertificate(resolve(caFile), names)
}
