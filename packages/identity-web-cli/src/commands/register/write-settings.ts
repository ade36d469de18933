import { resolve } from 'node:path'
import type { CommandContext } from '../../command/command.js'
import type { NewSecret } from '../../credentials/secrets.js'
import { editEnvFile } from '../../env-file/edit-env-file.js'
import type { Application } from '../../graph/application.js'
import type { GraphPlace } from '../../graph/graph-url.js'
import type { Wish } from '../../registration/wish.js'
import type { RegisterValues } from './options.js'

/** The variables of an app, by name. */
export type Settings = Readonly<Record<string, string>>

/** Returns the variables of an app. With `--env`, the file gets them, and the secret. */
export async function writeSettings(
  {
    values,
    wish,
    place,
    tenantId,
    app,
    secret,
    isNew,
  }: {
    readonly values: RegisterValues
    readonly wish: Wish
    readonly place: GraphPlace
    readonly tenantId: string
    readonly app: Application
    readonly secret: NewSecret | undefined
    readonly isNew: boolean
  },
  { folder }: CommandContext,
): Promise<Settings> {
  const [redirectUri] = [...wish.redirectUris, ...(isNew ? wish.newRedirectUris : [])]
  const [resource] = wish.identifierUris
  const settings: Settings = {
    IDENTITY_AUTHORITY: `${place.login}/${authorityPath(app.signInAudience, tenantId)}`,
    IDENTITY_CLIENT_ID: app.appId,
    ...(wish.kind === 'web' && redirectUri !== undefined && { IDENTITY_REDIRECT_URI: redirectUri }),
    ...(wish.kind === 'mcp' && resource !== undefined && { IDENTITY_RESOURCE: resource }),
  }
  if (values.env === undefined) return settings
  await editEnvFile(resolve(folder, values.env), {
    ...settings,
    ...(secret !== undefined && {
      IDENTITY_CLIENT_SECRET: secret.secret,
      IDENTITY_CLIENT_SECRET_ID: secret.keyId,
    }),
  })
  return settings
}

function authorityPath(audience: string, tenantId: string): string {
  if (audience === 'AzureADMultipleOrgs') return 'organizations'
  return audience === 'AzureADandPersonalMicrosoftAccount' ? 'common' : tenantId
}
