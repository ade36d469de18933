import { UsageError } from '../../command/usage-error.js'
import type { Application } from '../../graph/application.js'
import { findApplication, readApplication } from '../../graph/applications.js'
import type { GraphClient } from '../../graph/graph-client.js'
import { markedKindOf } from '../../registration/mark.js'
import { describeKind, type Wish } from '../../registration/wish.js'
import type { RegisterValues } from './options.js'

/**
 * Returns the app registration that the command changes, or `undefined` when it creates one.
 *
 * Names are not unique, so a name alone must not be enough to change the app of somebody else.
 *
 * @throws UsageError when the name belongs to an app of somebody else, or to an app of another kind.
 */
export async function findCurrent(
  graph: GraphClient,
  values: RegisterValues,
  wish: Wish,
): Promise<Application | undefined> {
  if (values['app-id'] !== undefined) return readApplication(graph, values['app-id'])
  if (wish.name === undefined) return undefined
  const found = await findApplication(graph, wish.name)
  if (found !== undefined) assertOwn(found, wish)
  return found
}

function assertOwn(app: Application, wish: Wish): void {
  const kind = markedKindOf(app.tags)
  if (kind === wish.kind) return
  const created = app.createdDateTime?.slice(0, 10) ?? 'an unknown day'
  const name = `The app registration "${app.displayName}" (client ID ${app.appId}, created on ${created})`
  const reason =
    kind === undefined
      ? 'was not created by this command'
      : `is ${withArticle(kind)} and not ${withArticle(wish.kind)}`
  throw new UsageError(
    `${name} ${reason}, so the command did not change it. To change this app registration, add --app-id ${app.appId}. To create a new app registration, choose another --name.`,
  )
}

function withArticle(kind: Wish['kind']): string {
  return `${kind === 'api' || kind === 'mcp' ? 'an' : 'a'} ${describeKind({ kind })}`
}
