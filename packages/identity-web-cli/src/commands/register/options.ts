import type { Values } from '../../command/parse-options.js'

export const options = {
  name: { type: 'string' },
  'app-id': { type: 'string' },
  api: { type: 'boolean' },
  mcp: { type: 'boolean' },
  daemon: { type: 'boolean' },
  url: { type: 'string', multiple: true },
  'redirect-uri': { type: 'string', multiple: true },
  'sign-out-url': { type: 'string' },
  'id-uri': { type: 'string', multiple: true },
  scope: { type: 'string', multiple: true },
  role: { type: 'string', multiple: true },
  'app-permission': { type: 'string', multiple: true },
  permission: { type: 'string', multiple: true },
  'admin-consent': { type: 'boolean' },
  client: { type: 'string', multiple: true },
  accounts: { type: 'string' },
  secret: { type: 'boolean' },
  'secret-days': { type: 'string' },
  certificate: { type: 'string' },
  github: { type: 'string', multiple: true },
  kubernetes: { type: 'string' },
  'service-account': { type: 'string' },
  'managed-identity': { type: 'string' },
  issuer: { type: 'string' },
  subject: { type: 'string' },
  'no-credential': { type: 'boolean' },
  env: { type: 'string' },
  graph: { type: 'string' },
  'token-file': { type: 'string' },
  'dry-run': { type: 'boolean' },
  bicep: { type: 'string' },
  'az-script': { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

/** The values of the options of `register`. */
export type RegisterValues = Values<typeof options>

export const HELP = `identity-web-cli register creates or changes an app registration at Entra ID

Usage: identity-web-cli register --name <name> [options]

A second run with the same name adds only what is missing. It does not remove anything.

The app:
  --name <name>               The name. If this command created an app of this kind with this name
                              before, the command changes that app
  --app-id <client ID>        Change this app registration, even if this command did not create it
  --api                       An API. The default is a web app
  --mcp                       An MCP server, whose URL is --url
  --daemon                    A daemon or a job, which does not have users
  --url <url>                 The URL of the app. Default for a web app: http://localhost:3000, or
                              the redirect URI in the file of --env
  --accounts <who>            tenant (default), organizations or all (with personal accounts)

Web app:
  --redirect-uri <url>        Another redirect URI. --url adds <url>/redirect and <url>/
  --sign-out-url <url>        The front-channel logout URL.
                              Default: <url>/front-channel-logout of an https URL
  --role <name>               A role of users, such as Orders.Approver

Permissions at other APIs, for every kind of app:
  --permission <name>         A permission that the app lists. User.Read belongs to Microsoft Graph.
                              Your API: api://<client ID of the API>/Todos.Read.
                              It is a scope, and with --daemon an app permission
  --admin-consent             Consent to them for all users. You must be an administrator

API and MCP server:
  --scope <name[=text]>       A scope, with the text for users. Default of --mcp: Tools.Use
  --app-permission <name>     A role of apps that act without a user
  --id-uri <uri>              An Application ID URI.
                              Default: api://<client ID>, or the URL of an MCP server
  --client <name|client ID>   A client whose users see no consent page. Default of --mcp: vscode

How the app authenticates. The default of a web app and of a daemon is a secret:
  --secret                    A secret, if the app has no valid one
  --secret-days <days>        The time until the secret ends. Default: 180
  --certificate <file>        The certificate in a PEM file
  --github <owner/repo[:…]>   GitHub Actions. Default: branch main.
                              Also <owner/repo>:environment:<name>
  --kubernetes <issuer>       The URL of the issuer of a cluster, with --service-account
  --service-account <name>    The service account: <namespace>/<name>
  --managed-identity <id>     The object ID of a managed identity
  --issuer <url>              Another issuer, with --subject
  --subject <claim>           The sub claim of its tokens
  --no-credential             None

Output:
  --env <file>                Write the settings and the secrets to this file, for only your user.
                              A web app also gets a session secret
  --dry-run                   Show the changes without making them
  --bicep <file>              Only write a Bicep file. It does not need a token
  --az-script <file>          Only write a script for the Azure CLI. It does not need a token
  --json                      Print JSON. A secret then needs --env

Connection:
  --token-file <file>         A file with a token of Microsoft Graph.
                              Default: a token of the Azure CLI ("az login")
  --graph <url>               Microsoft Graph of another cloud, or of the development provider
  --help                      Show this help

Example:
  npx --no-install identity-web-cli register --name Shop --url https://shop.contoso.com --env .env`
