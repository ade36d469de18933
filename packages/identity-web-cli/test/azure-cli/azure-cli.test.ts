// The real Azure CLI. `npm run -C maintain interop:azure-cli` installs it and runs this file.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseEnv } from 'node:util'
import { describe, expect, test as base } from 'vitest'
import { createSelfSigned } from '../../src/credentials/self-signed.js'
import { DEPLOYER, startAzureNetwork } from './azure-network.js'

const CLI = fileURLToPath(new URL('../../bin/identity-web-cli.mjs', import.meta.url))
const VS_CODE = 'aebc6443-996d-45c2-90f0-388ff96faa56'

const test = base
  /** The network of this file, in which the Azure CLI is signed in. */
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('azure', { scope: 'file' }, async ({}, { onCleanup }) => {
    const azure = await startAzureNetwork()
    onCleanup(() => azure.close())
    const [tenant] = azure.provider.config.tenants
    const { code, error } = await azure.run('az', [
      ...'login --service-principal --allow-no-subscriptions --output none --username'.split(' '),
      DEPLOYER.clientId,
      '--password',
      DEPLOYER.clientSecret ?? '',
      '--tenant',
      tenant?.id ?? '',
    ])
    if (code !== 0) throw new Error(`az login failed: ${error}`)
    return azure
  })
  /** Writes a script with `register --az-script` and runs it. @returns Its output and the new app. */
  .extend('deploy', ({ azure }) => async (options: string, ...args: readonly string[]) => {
    const command = ['register', ...options.split(' '), ...args, '--az-script', 'app.sh']
    const written = await azure.run(process.execPath, [CLI, ...command])
    if (written.code !== 0) throw new Error(written.error)
    const { code, out, error } = await azure.run('sh', ['app.sh'])
    if (code !== 0) throw new Error(error)
    const clientId = /IDENTITY_CLIENT_ID=(\S+)/.exec(out)?.[1]
    return { out, app: azure.provider.config.apps.find((app) => app.clientId === clientId) }
  })

describe('the script of register --az-script', () => {
  test('creates a web app with all its credentials, and a name with special characters', async ({
    azure,
    deploy,
  }) => {
    const { key, cert } = await createSelfSigned('shop', 30)
    writeFileSync(join(azure.folder, 'shop.pem'), key + cert)
    const name = `Bob's "$HOME" \${x} shop`
    const { app, out } = await deploy(
      '--url https://shop.contoso.com --permission User.Read --secret --certificate shop.pem',
      '--github',
      'contoso/shop',
      '--name',
      name,
    )

    expect(app).toMatchObject({
      name,
      redirectUris: ['https://shop.contoso.com/redirect', 'https://shop.contoso.com/'],
      frontChannelLogoutUri: 'https://shop.contoso.com/front-channel-logout',
      optionalClaims: expect.arrayContaining(['login_hint', 'sid']) as unknown,
      permissions: ['User.Read'],
      certificates: [cert],
      federatedCredentials: [{ subject: 'repo:contoso/shop:ref:refs/heads/main' }],
    })
    expect(out).toMatch(/^dev~\S+$/m)
  })

  test('creates an MCP server, with version 2 before the https URI', async ({ deploy }) => {
    const resource = 'https://tools.unverified.example/mcp'
    const { app } = await deploy('--mcp --name Tools --url', resource)

    expect(app).toMatchObject({
      idUri: resource,
      accessTokenVersion: 2,
      scopes: [{ value: 'Tools.Use' }],
      authorizedClients: [{ clientId: VS_CODE, scopes: ['Tools.Use'] }],
    })
  })

  test('creates an API with an app permission', async ({ deploy }) => {
    const { app } = await deploy(
      '--api --name Todos --app-permission Todos.Read.All --scope',
      "Todos.Read=Read the user's to-dos",
    )

    expect(app).toMatchObject({
      idUri: `api://${app?.clientId ?? ''}`,
      scopes: [{ value: 'Todos.Read', description: "Read the user's to-dos" }],
      appRoles: ['Todos.Read.All'],
    })
  })
})

describe('the permissions in the script', () => {
  test('are those of Microsoft Graph and of your own API', async ({ azure, deploy }) => {
    const { app: api } = await deploy(
      '--api --name Expenses --scope Expenses.Read --app-permission Expenses.Read.All',
    )
    const id = api?.clientId ?? ''
    const { app: web } = await deploy(
      `--name Web --permission User.Read --permission api://${id}/Expenses.Read`,
    )
    const daemon = `--daemon --name Nightly --permission api://${id}/Expenses.Read.All`
    await deploy(daemon)
    const args = [CLI, 'register', ...daemon.split(' '), '--dry-run', '--graph', azure.localGraph]
    const { out } = await azure.run(process.execPath, args)

    expect(web?.permissions).toEqual(['User.Read', `api://${id}/Expenses.Read`])
    // The daemon has its app permission, and register knows it by its name.
    expect(out).toContain('"Nightly" (daemon)')
    expect(out).toContain('Everything is as it should be.')
  })

  test('must exist, and otherwise no app is created', async ({ azure, deploy }) => {
    const count = azure.provider.config.apps.length
    await expect(deploy('--name Web --permission Nothing.Read')).rejects.toThrow(
      'Nothing.Read does not exist',
    )
    expect(azure.provider.config.apps).toHaveLength(count)
  })
})

test('register, rotate and doctor use the token of the Azure CLI', async ({ azure }) => {
  const cli = async (...args: readonly string[]): Promise<string> => {
    const all = [CLI, ...args, '--graph', azure.localGraph, '--env', '.env']
    const { code, out, error } = await azure.run(process.execPath, all)
    expect([code, error]).toEqual([0, ''])
    return out
  }
  await cli('register', '--name', 'Shop')
  await cli('rotate')
  expect(await cli('doctor', '--only', 'expiry', '--azure-cli')).toMatch(
    /^ok .*"identity-web-cli" \(\w{8}\) ends on/m,
  )
  const env = parseEnv(readFileSync(join(azure.folder, '.env'), 'utf8'))

  expect(env).toHaveProperty('IDENTITY_CLIENT_SECRET_BEFORE')
  expect(
    azure.provider.config.apps.some(({ clientId }) => clientId === env['IDENTITY_CLIENT_ID']),
  ).toBe(true)
})
