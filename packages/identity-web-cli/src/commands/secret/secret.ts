import { parseEnv } from 'node:util'
import { defineCommand, EXIT, type Command, type CommandContext } from '../../command/command.js'
import { describeReplaced, editEnvFile, readEnvText } from '../../env-file/edit-env-file.js'
import { findFile } from '../../env-file/find-file.js'
import { createSessionSecret, SESSION_SECRET as CURRENT } from '../../env-file/session-secret.js'

const BEFORE = 'IDENTITY_SESSION_SECRET_BEFORE'

const HELP = `identity-web-cli secret makes a session secret, which encrypts the cookies of your app

Usage: identity-web-cli secret [--env <file>]

  --env <file>  Write the secret to this file as ${CURRENT} instead of printing it.
                Only your user can then read the file. If the file already contains a secret, the
                command keeps the old secret as ${BEFORE}
  --help        Show this help

The secret contains 256 random bits. Use the same secret on all servers of your app.

Example: npx --no-install identity-web-cli secret --env .env`

/** Creates a session secret. */
export const secret: Command = defineCommand({
  name: 'secret',
  summary: 'makes a session secret',
  help: HELP,
  options: {
    env: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  },
  async run({ env: file }, context) {
    const value = createSessionSecret()
    if (file === undefined) context.output.reveal(value)
    else await writeSecret(file, value, context)
    return EXIT.ok
  },
})

async function writeSecret(
  file: string,
  value: string,
  { folder, output }: CommandContext,
): Promise<void> {
  const path = await findFile(folder, file)
  const { [CURRENT]: old = '' } = parseEnv((await readEnvText(path)) ?? '')
  if (old === '') {
    await editEnvFile(path, { [CURRENT]: value })
    output.print(`${file} contains a new ${CURRENT}. Do not commit the file.`)
    return
  }
  const replaced = await editEnvFile(path, { [CURRENT]: value, [BEFORE]: old })
  output.print(`${file} contains a new ${CURRENT}. The old secret is now ${BEFORE}.
Your users stay signed in only if your app reads both secrets:
  session: { secret: [process.env.${CURRENT}, process.env.${BEFORE}] }
If several servers run your app, follow the steps of docs/credentials.md.`)
  const note = describeReplaced(file, replaced)
  if (note !== undefined) output.print(note)
}
