import { UsageError } from '../../command/usage-error.js'
import { assertCredential } from '../../credentials/request-token.js'
import { addSecret, dayOf, removeSecret } from '../../credentials/secrets.js'
import { describeReplaced, editEnvFile } from '../../env-file/edit-env-file.js'
import type { PasswordCredential } from '../../graph/application.js'
import { readApplication } from '../../graph/applications.js'
import type { Rotation, RotationReport } from './rotation.js'

const SECRET = 'IDENTITY_CLIENT_SECRET'
const SECRET_ID = 'IDENTITY_CLIENT_SECRET_ID'
const EXPIRES = 'IDENTITY_CLIENT_SECRET_EXPIRES'
const BEFORE = 'IDENTITY_CLIENT_SECRET_BEFORE'
const BEFORE_ID = 'IDENTITY_CLIENT_SECRET_BEFORE_ID'
const BEFORE_EXPIRES = 'IDENTITY_CLIENT_SECRET_BEFORE_EXPIRES'
/** The number of characters of each secret that Graph returns. */
const HINT = 3

/** Adds a secret, and keeps the old one. */
export async function addNewSecret(rotation: Rotation): Promise<RotationReport> {
  const { graph, app, variables, env, envPath, days, isDryRun, output } = rotation
  if ((variables[BEFORE] ?? '') !== '') {
    throw new UsageError(
      `${env ?? ''} contains ${BEFORE} already, so the last rotation has not ended. Run the command with --end-old first.`,
    )
  }
  const target = env === undefined ? '' : `, in ${env}`
  if (isDryRun) return { changes: [`+ secret for ${days} days${target}`], next: '' }
  const { secret, keyId, end } = await addSecret(graph, app.appId, days)
  output.hide(secret)
  const changes = [`+ secret ${keyId} until ${dayOf(end)}${target}`]
  if (envPath === undefined) {
    const next =
      'This secret is shown only now. The old secret was not removed. Keep the new one in a file that only your app can read:'
    return { changes, next, secret: { secret, end } }
  }
  const old = variables[SECRET] ?? ''
  const oldId = old === '' ? undefined : (checkedId(rotation, old) ?? findByHint(rotation, old))
  const replaced = await editEnvFile(envPath, {
    [SECRET]: secret,
    [SECRET_ID]: keyId,
    [EXPIRES]: end,
    [BEFORE]: old === '' ? undefined : old,
    [BEFORE_ID]: oldId,
    [BEFORE_EXPIRES]: old === '' ? undefined : variables[EXPIRES] || undefined,
  })
  const note = describeReplaced(env ?? '', replaced)
  const suffix = note === undefined ? '' : `\n${note}`
  if (old === '') {
    // The others can belong to other environments, so the command does not ask to remove them.
    const next = `${env ?? ''} contains the new secret as ${SECRET}. Other secrets of the app registration were not removed.${suffix}`
    return { changes, next }
  }
  const next = `${env ?? ''} contains the new secret as ${SECRET}, and the old one as ${BEFORE}. The old one was not removed.
Deploy the new secret to all your servers. Then remove the old one: npx --no-install identity-web-cli rotate --env ${env ?? ''} --end-old${suffix}`
  return { changes, next }
}

/** Removes the old secret, if a token can be requested with the new one. */
export async function endSecret(rotation: Rotation): Promise<RotationReport> {
  const { graph, app, variables, env, envPath, isDryRun } = rotation
  const secret = variables[SECRET] ?? ''
  if (secret === '') throw new UsageError(`${env ?? ''} does not contain ${SECRET}.`)
  if (secret === variables[BEFORE]) {
    throw new UsageError(`${SECRET} and ${BEFORE} are the same. Set ${SECRET} to the new secret.`)
  }
  const old = findOld(rotation, secret)
  const line = `- secret ${old.keyId} (${old.displayName ?? 'without a name'}, until ${dayOf(old.endDateTime)})`
  if (isDryRun) return { changes: [line], next: '' }
  await assertCredential(rotation.token, { secret })
  await removeSecret(graph, app.appId, old.keyId)
  const before = variables[BEFORE] ?? ''
  // With --key-id, the file can contain another secret, which still works.
  const isOld = before !== '' && before.slice(0, HINT) === (old.hint ?? before.slice(0, HINT))
  if (envPath !== undefined && isOld)
    await editEnvFile(envPath, {
      [BEFORE]: undefined,
      [BEFORE_ID]: undefined,
      [BEFORE_EXPIRES]: undefined,
    })
  const removed = isOld ? ` ${BEFORE} was removed from ${env ?? ''}.` : ''
  const { passwordCredentials } = await readApplication(graph, app.appId)
  const others = passwordCredentials.filter(({ keyId }) => keyId !== variables[SECRET_ID])
  const rest =
    others.length === 0 ? '' : ` The app registration has ${others.length} other secrets.`
  return { changes: [line], next: `The old secret does not work anymore.${removed}${rest}` }
}

function findOld({ app, variables, keyId, env }: Rotation, secret: string): PasswordCredential {
  const old = variables[BEFORE]
  const id =
    keyId ??
    variables[BEFORE_ID] ??
    (old === undefined ? undefined : findByHint({ app, variables }, old))
  const found = app.passwordCredentials.find((each) => each.keyId === id)
  if (found === undefined) {
    const all = app.passwordCredentials.map(
      (each) => `${each.keyId} (${each.displayName ?? 'without a name'})`,
    )
    throw new UsageError(
      `The ID of the old secret is not known. Choose a secret with --key-id: ${all.join(', ')}. The secrets of the app registration are under "Certificates & secrets".`,
    )
  }
  const isCurrent =
    found.keyId === variables[SECRET_ID] ||
    // The ID of the current secret is not known, and both secrets start with the same characters.
    (variables[SECRET_ID] === undefined && found.hint === secret.slice(0, HINT))
  if (!isCurrent) return found
  throw new UsageError(
    `${env ?? ''} contains the secret ${found.keyId} as ${SECRET}, so this secret is not removed. Set ${SECRET} and ${SECRET_ID} to the new secret first.`,
  )
}

/**
 * Returns the ID in the file, unless the ID belongs to another secret. This happens if somebody replaced only the
 * secret.
 */
function checkedId(
  { app, variables }: Pick<Rotation, 'app' | 'variables'>,
  secret: string,
): string | undefined {
  const found = app.passwordCredentials.find(({ keyId }) => keyId === variables[SECRET_ID])
  const hint = found?.hint ?? secret.slice(0, HINT)
  return hint === secret.slice(0, HINT) ? found?.keyId : undefined
}

/** Returns the ID of the only secret with the first three characters of a secret. */
function findByHint(
  { app, variables }: Pick<Rotation, 'app' | 'variables'>,
  secret: string,
): string | undefined {
  const others = app.passwordCredentials.filter(({ keyId }) => {
    return variables[BEFORE] === undefined || keyId !== variables[SECRET_ID]
  })
  const found = others.filter(({ hint }) => hint === secret.slice(0, HINT))
  return found.length === 1 ? found[0]?.keyId : undefined
}
