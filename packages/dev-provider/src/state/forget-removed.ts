import type { AppConfig, UserConfig } from '../config/config.js'
import { forgetConsents } from './consents.js'
import type { ProviderContext } from './context.js'

/** Removes the sessions, codes, tokens and consents of users and apps that the configuration does not contain anymore. */
export function forgetRemoved({ store, config }: Pick<ProviderContext, 'store' | 'config'>): void {
  const users = new Set(store.users.all())
  const apps = new Set(config.apps)
  const isGone = ({ app, user }: { readonly app: AppConfig; readonly user: UserConfig }): boolean =>
    !apps.has(app) || !users.has(user)
  store.codes.deleteWhere(({ authorization }) => isGone(authorization))
  store.refreshTokens.deleteWhere(({ authorization }) => isGone(authorization))
  store.tokenOrigins.deleteWhere(isGone)
  store.devices.deleteWhere(
    ({ app, state }) => !apps.has(app) || (typeof state === 'object' && isGone(state)),
  )
  store.interactions.deleteWhere(
    ({ app, picked }) => !apps.has(app) || (picked !== undefined && !users.has(picked.user)),
  )
  for (const session of store.sessions.values()) {
    session.accounts = session.accounts.filter(({ user }) => users.has(user))
  }
  store.sessions.deleteWhere(({ accounts }) => accounts.length === 0)
  forgetConsents({ store, config })
}
