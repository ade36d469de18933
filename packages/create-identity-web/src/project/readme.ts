import { FRAMEWORKS, redirectUriOf } from '../frameworks.js'
import { programCommand, runCommand } from '../package-manager.js'
import { STORES } from '../stores.js'
import { TENANTS } from '../tenants.js'
import type { Choice } from './choice.js'
import { describeFiles } from './file-descriptions.js'

const OTHER_API =
  'To call an API with the access token of the user, add `{ scopes: […] }` as the first argument of its guard.'
/** The sentence of the README about APIs. */
const API_TEXTS = {
  graph: 'The page `/call_api` calls Microsoft Graph with the access token of the user.',
  'user-info': `The page \`/user_info\` reads the current claims of the user from the provider. ${OTHER_API}`,
  none: OTHER_API,
} as const

/**
 * Returns the README of a project.
 *
 * @param paths - The files of the project.
 */
export function readme(choice: Choice, paths: readonly string[]): string {
  const framework = FRAMEWORKS[choice.framework]
  const tenant = TENANTS[choice.tenant]
  const { packageManager } = choice
  const redirectUri = redirectUriOf(choice.framework)
  const run = (script: string): string => runCommand(packageManager, script)
  const issuer = Object.entries(tenant.issuer).map(([name, example]) => `${name}=${example}`)
  const optional = Object.entries(tenant.optional ?? {}).map(
    ([name, example]) => `${name}=${example} # not required`,
  )
  return `# ${choice.name}

An application with sign-in: ${framework.title}, ${tenant.title} and [identity-web](https://www.npmjs.com/package/identity-web).

## Run it

\`\`\`sh
${packageManager} install
${run('dev')}
\`\`\`

Open <http://localhost:3000>, choose **Sign in**, and choose ${tenant.account.name}. If a page asks for permissions, accept them. You do not
need a password or a cloud account, because the command also starts a development provider. It simulates ${tenant.title}.
The terminal shows its URL, where you see its accounts, requests and tokens.${
    framework.node === undefined
      ? ''
      : `\n${framework.title} needs Node.js ${framework.node.join(', ')} or later.`
  }

\`${run('dev')}\` does not use the provider and the client of \`.env\`. Only \`${run('start')}\` uses them. Your own variables in
\`.env\` are available with both commands.

## Test it

\`\`\`sh
${run('test')}
${run('typecheck')}
\`\`\`

The tests start the application and the development provider on free ports. They sign users in without a browser.
The guide "Test your application" of identity-web shows how to test roles, scopes and APIs.${
    framework.hasOneDevServer === true
      ? `\n${framework.title} runs only one development server in a folder, so stop \`${run('dev')}\` before you run the tests.`
      : ''
  }

${sessions(choice)}## Files

${table([
  ['file', 'content'],
  ...describeFiles(paths).map(([path, content]) => [`\`${path}\``, content] as const),
  ['`.env`', 'your settings and secrets. Git ignores this file'],
  ['`.env.example`', 'the same settings without secrets'],
])}

The guard \`auth.loginRequired\` protects a page. ${API_TEXTS[tenant.api ?? 'none']}

${roles(choice)}

## Use your own tenant

${choice.tenant === 'entra-id' ? shortcut(choice) : ''}1. Register the application:

${tenant.steps.map((step) => `   - ${step.replace('<redirect URI>', redirectUri)}`).join('\n')}

2. Set these variables in \`.env\`:

   \`\`\`sh
${[...issuer, 'IDENTITY_CLIENT_ID=<client ID>', 'IDENTITY_CLIENT_SECRET=<value of the client secret>', 'IDENTITY_CLIENT_SECRET_EXPIRES=<date, such as 2027-03-31> # not required', ...optional].map((line) => `   ${line}`).join('\n')}
   \`\`\`

3. Start the application with these settings:

   \`\`\`sh
${[...(framework.needsBuild ? [run('build')] : []), run('start')].map((line) => `   ${line}`).join('\n')}
   \`\`\`

If a setting is missing or wrong, the application says what to change, in the terminal or on the page. \`${programCommand(packageManager, 'identity-web-cli doctor')}\` checks
all settings. The guide "The command line" of identity-web says how to add this program to the project. The guide "${tenant.guide}" of identity-web shows each step and the other options.

In production, set the same variables where your application runs, and \`NODE_ENV=production\`. Use an \`https\` URL as
\`IDENTITY_REDIRECT_URI\`, register it too, and use another session secret. The guide "Run in production" of identity-web has a
checklist.${framework.production === undefined ? '' : ` ${framework.production}`}
`
}

/** The sentences about the page that requires a role. */
function roles({ tenant }: Choice): string {
  return `The page \`/admin\` requires the role \`Todos.Admin\`, and other users get the status 403. ${
    tenant === 'entra-id'
      ? `In the development provider, Sam Okafor has this role. In your
own tenant, create an app role with this value, and assign it to users. The guide "Microsoft Entra ID" of identity-web shows how.`
      : 'The guide "Sign users in" of identity-web\nexplains roles.'
  }`
}

/** The section about the store of the sessions. */
function sessions({ framework, packageManager, store: name }: Choice): string {
  const store = STORES[name]
  if (store === undefined) return ''
  const { title, variable, example, setUp, guide } = store
  return `## Keep sessions in ${title}

While \`${variable}\` is empty, \`${runCommand(packageManager, 'dev')}\` keeps the sessions in cookies, so you do not need ${title} on your machine.
To use it, start ${title}, and set its URL in \`.env\`:

\`\`\`sh
${variable}=${example}
\`\`\`

${setUp}
The application prints at its start where the sessions are. In production, it does not start without \`${variable}\`.

\`${FRAMEWORKS[framework].store}\` creates the client. The guide "${guide}" of identity-web explains its settings, and what your users
see during an outage.

`
}

/** The command needs Microsoft Graph, so it is only for Entra ID. */
function shortcut({ name, packageManager }: Choice): string {
  return `If you have the Azure CLI, one command does the first two steps. The guide "The command line" of identity-web says how to add this
program to the project:

\`\`\`sh
${programCommand(packageManager, 'identity-web-cli')} register --name ${name} --env .env
\`\`\`

`
}

function table([head, ...rows]: readonly (readonly [string, string])[]): string {
  const all = [head ?? ['', ''], ...rows]
  const widths = [0, 1].map((column) => Math.max(...all.map((row) => (row[column] ?? '').length)))
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  const rule = widths.map((width) => '-'.repeat(width))
  return [line(head ?? []), line(rule), ...rows.map(line)].join('\n')
}
