import type { ProviderResponse } from '../../protocol/http.js'
import type { UserCall } from '../call.js'
import { badRequest } from '../errors.js'
import type { Entity } from '../odata/entity.js'
import { respondWithCollection } from '../odata/respond.js'
import { isAllowed, permissions } from '../permissions.js'
import { eventType } from './entity-types.js'
import { eventTemplates, type EventTemplate } from './event-templates.js'
import { itemHandlers, type ItemHandlers } from './items.js'
import {
  colleaguesOf,
  itemId,
  requireMailbox,
  startOfDay,
  toBody,
  toDateTime,
  toRecipient,
  type Correspondent,
} from './mailbox.js'

const MINUTE_MS = 60 * 1000
const HOUR_MS = 60 * MINUTE_MS

/** The handlers of `/me/events`. */
export const events: ItemHandlers = itemHandlers('event', eventType, eventsOf)

/** Handles `/me/calendarView`, the events between two times. */
export function listCalendarView(call: UserCall): ProviderResponse {
  const { searchParams } = call.request.url
  const from = toTime(searchParams.get('startDateTime'))
  const until = toTime(searchParams.get('endDateTime'))
  if (Number.isNaN(from) || Number.isNaN(until)) {
    throw badRequest(
      'This request requires a time window specified by the query string parameters StartDateTime and EndDateTime.',
      'ErrorInvalidParameter',
    )
  }
  const inView = eventsOf(call).filter(
    (event) => timeOf(event['start']) < until && timeOf(event['end']) > from,
  )
  return respondWithCollection(call, eventType, inView)
}

/** Returns the events of a calendar in the order of their start. */
function eventsOf(call: UserCall): Entity[] {
  const owner = requireMailbox(call)
  const colleagues = colleaguesOf(call.context, call.account)
  const isBasic = !isAllowed(call.caller, permissions.fullEvents, call.isOwn)
  return eventTemplates.map((template, index) => {
    const organizer = template.isOwn === true ? owner : (colleagues[0] ?? owner)
    const event = toEvent(call, template, { key: `event ${index}`, owner, organizer, colleagues })
    if (!isBasic) return event
    const { body: _body, bodyPreview: _preview, ...rest } = event
    return rest
  })
}

interface People {
  readonly key: string
  readonly owner: Correspondent
  readonly organizer: Correspondent
  readonly colleagues: readonly Correspondent[]
}

function toEvent(call: UserCall, template: EventTemplate, people: People): Entity {
  const { key, owner, organizer, colleagues } = people
  const id = itemId(call.account, key)
  const today = startOfDay(call.context)
  const startMs = today + template.day * 24 * HOUR_MS + template.hour * HOUR_MS
  const created = toDateTime(today - 72 * HOUR_MS)
  const location = { displayName: template.location, locationType: 'default' }
  const attendees = template.isAllDay === true ? [] : [owner, ...colleagues]
  return {
    '@odata.etag': `W/"${id.slice(7, 27)}"`,
    id,
    createdDateTime: created,
    lastModifiedDateTime: created,
    changeKey: id.slice(7, 27),
    categories: [],
    originalStartTimeZone: 'UTC',
    originalEndTimeZone: 'UTC',
    iCalUId: id.slice(7, 47),
    reminderMinutesBeforeStart: 15,
    isReminderOn: true,
    hasAttachments: false,
    subject: template.subject,
    bodyPreview: template.text,
    importance: 'normal',
    sensitivity: 'normal',
    isAllDay: template.isAllDay ?? false,
    isCancelled: false,
    isOrganizer: organizer === owner,
    responseRequested: true,
    seriesMasterId: null,
    showAs: template.isAllDay === true ? 'free' : 'busy',
    type: 'singleInstance',
    webLink: `https://outlook.office365.com/owa/?itemid=${encodeURIComponent(id)}`,
    onlineMeetingUrl: null,
    isOnlineMeeting: false,
    onlineMeetingProvider: 'unknown',
    allowNewTimeProposals: true,
    isDraft: false,
    hideAttendees: false,
    recurrence: null,
    onlineMeeting: null,
    responseStatus: {
      response: organizer === owner ? 'organizer' : 'accepted',
      time: created,
    },
    body: toBody(call, template.text),
    start: toZoned(startMs),
    end: toZoned(startMs + template.minutes * MINUTE_MS),
    location,
    locations: template.location === '' ? [] : [location],
    attendees: attendees
      .filter((person) => person !== organizer)
      .map((person) => ({
        type: 'required',
        status: { response: 'accepted', time: created },
        ...toRecipient(person),
      })),
    organizer: toRecipient(organizer),
  }
}

function toZoned(ms: number): Entity {
  return { dateTime: new Date(ms).toISOString().replace('Z', '0000'), timeZone: 'UTC' }
}

// A time without a zone is in UTC, as at Graph.
function toTime(value: string | null): number {
  if (value === null) return Number.NaN
  const hasZone = /(Z|[+-]\d{2}:\d{2})$/i.test(value)
  return Date.parse(hasZone || value.length === 10 ? value : `${value}Z`)
}

function timeOf(value: unknown): number {
  const { dateTime } = value as { readonly dateTime: string }
  return Date.parse(`${dateTime.slice(0, 23)}Z`)
}
