import type { Report } from './check-shape.js'
import { EXAMPLE_ID } from './check-tenants.js'
import type { GroupConfig } from './config.js'
import { isGuid, isNonEmptyString } from './value-checks.js'

/** Checks a group's values, whose types may be wrong. */
export function checkGroup(group: GroupConfig, at: string, report: Report): void {
  if (!isGuid(group.id)) report(`${at}.id`, `must be a GUID, for example ${EXAMPLE_ID}`)
  if (!isNonEmptyString(group.name)) report(`${at}.name`, 'must be a non-empty string')
  if (group.description !== undefined && !isNonEmptyString(group.description)) {
    report(`${at}.description`, 'must be a non-empty string')
  }
}
